package org.affect4j.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.affect4j.analysis.FeatureTable;
import org.affect4j.analysis.FeatureTable.LeftOut;
import org.affect4j.dataset.Fold;
import org.affect4j.dataset.LoadReport;
import org.affect4j.dataset.Splits;
import org.affect4j.table.FeatureGroup;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Features of faces with the class and the person of each: what a prototype learns. Immutable. */
public final class LabelledFeatures {
  private final FeatureTable features;
  private final List<String> labels;
  private final List<String> persons;
  private final List<String> classes;
  private final List<LeftOut> leftOut;

  private LabelledFeatures(
      FeatureTable features,
      List<String> labels,
      List<String> persons,
      List<String> classes,
      List<LeftOut> leftOut) {
    this.features = features;
    this.labels = List.copyOf(labels);
    this.persons = List.copyOf(persons);
    this.classes = List.copyOf(classes);
    this.leftOut = List.copyOf(leftOut);
  }

  /**
   * Sets labels beside features.
   *
   * @param features one row per face
   * @param labels class of each row, not empty
   * @param persons person of each row; empty where unknown, which counts as a person of its own
   * @return the labelled faces; classes in alphabetical order
   * @throws IllegalArgumentException if the lengths differ or a class is empty
   */
  public static LabelledFeatures of(
      FeatureTable features, List<String> labels, List<String> persons) {
    if (labels.size() != features.rowCount() || persons.size() != features.rowCount()) {
      throw new IllegalArgumentException(
          "%d faces need as many labels and persons, got %d and %d"
              .formatted(features.rowCount(), labels.size(), persons.size()));
    }
    if (labels.contains("")) {
      throw new IllegalArgumentException(
          "face '%s' has no label; leave it out"
              .formatted(features.inputs().get(labels.indexOf(""))));
    }
    return new LabelledFeatures(
        features, labels, persons, List.copyOf(new TreeSet<>(labels)), features.leftOut());
  }

  /**
   * Joins features with any column of a table of labels, by the names of the faces. Faces without a
   * label, and labels without a face, are left out and listed in {@link #leftOut()}.
   *
   * @param features one row per face
   * @param table labels
   * @param inputColumn column with the names that {@link FeatureTable#inputs()} holds
   * @param labelColumn column to learn, of any type
   * @param personColumn column that names the person; empty text if there is none, and then no
   *     division can keep persons apart
   * @return the labelled faces; classes in alphabetical order
   * @throws IllegalArgumentException if a name stands in two rows of labels, a column does not
   *     exist, or not a single name fits
   */
  public static LabelledFeatures join(
      FeatureTable features,
      Table table,
      String inputColumn,
      String labelColumn,
      String personColumn) {
    Column<?> names = column(table, inputColumn);
    Column<?> classes = column(table, labelColumn);
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      if (rows.put(names.getString(row), row) != null) {
        throw new IllegalArgumentException(
            "'%s' stands in more than one row of the labels; keep one of each"
                .formatted(names.getString(row)));
      }
    }
    List<LeftOut> leftOut = new ArrayList<>(features.leftOut());
    List<Integer> kept = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> persons = new ArrayList<>();
    for (int i = 0; i < features.rowCount(); i++) {
      String name = features.inputs().get(i);
      Integer row = rows.remove(name);
      if (row == null) {
        leftOut.add(new LeftOut(name, "not among the labels"));
      } else if (classes.isMissing(row)) {
        leftOut.add(new LeftOut(name, "its " + labelColumn + " is missing"));
      } else {
        kept.add(i);
        labels.add(classes.getString(row));
        persons.add(personColumn.isEmpty() ? "" : column(table, personColumn).getString(row));
      }
    }
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "no face is among the labels: %d faces are named such as %s; %d labels name such as %s (FeatureTable.relativeTo may help)"
              .formatted(
                  features.rowCount(),
                  features.inputs().stream().limit(3).toList(),
                  table.rowCount(),
                  names.asStringColumn().asList().stream().limit(3).toList()));
    }
    Set<String> explained = new HashSet<>();
    features.leftOut().forEach(l -> explained.add(l.input()));
    rows.keySet().stream()
        .filter(name -> !explained.contains(name))
        .forEach(name -> leftOut.add(new LeftOut(name, "labelled, but without features")));
    return new LabelledFeatures(
        features.selectRows(kept.stream().mapToInt(Integer::intValue).toArray()),
        labels,
        persons,
        List.copyOf(new TreeSet<>(labels)),
        leftOut);
  }

  private static Column<?> column(Table table, String name) {
    if (!table.containsColumn(name)) {
      throw new IllegalArgumentException(
          "the labels have no column '%s'; they have %s".formatted(name, table.columnNames()));
    }
    return table.column(name);
  }

  /**
   * Keeps the faces of some classes.
   *
   * @param wanted classes to keep, in the order in which results shall show them
   * @return their faces; a class without any face stays in {@link #classes()}
   * @throws IllegalArgumentException if no face has one of them
   */
  public LabelledFeatures withClasses(Collection<String> wanted) {
    Set<String> set = Set.copyOf(wanted);
    LabelledFeatures kept = where(i -> set.contains(labels.get(i)));
    if (kept.size() == 0) {
      throw new IllegalArgumentException(
          "no face has one of the classes %s: those of the %d faces are %s"
              .formatted(wanted, size(), new TreeSet<>(labels)));
    }
    return new LabelledFeatures(
        kept.features, kept.labels, kept.persons, List.copyOf(wanted), leftOut);
  }

  /**
   * Keeps the faces of some persons.
   *
   * @param wanted tells by the name whether a person stays
   * @return their faces
   */
  public LabelledFeatures withPersons(Predicate<String> wanted) {
    return where(i -> wanted.test(persons.get(i)));
  }

  private LabelledFeatures where(IntPredicate wanted) {
    return rows(IntStream.range(0, size()).filter(wanted).toArray());
  }

  /** Keeps some rows, and all classes. */
  LabelledFeatures rows(int[] rows) {
    return new LabelledFeatures(
        features.selectRows(rows),
        Arrays.stream(rows).mapToObj(labels::get).toList(),
        Arrays.stream(rows).mapToObj(persons::get).toList(),
        classes,
        leftOut);
  }

  /**
   * Keeps the columns of some groups.
   *
   * @param groups at least one
   * @return the same faces with fewer numbers
   */
  public LabelledFeatures select(FeatureGroup... groups) {
    return new LabelledFeatures(features.select(groups), labels, persons, classes, leftOut);
  }

  /**
   * Two parts without a person in common.
   *
   * @param training faces to learn from
   * @param test faces to judge by
   */
  public record Division(LabelledFeatures training, LabelledFeatures test) {}

  /**
   * Divides the faces, persons kept whole and classes spread as evenly as persons allow ({@link
   * Splits#holdOut}).
   *
   * @param testShare part of the faces to judge by, above 0 and below 1
   * @param seed of the random numbers
   * @return the two parts
   * @throws IllegalArgumentException if there are fewer than two persons
   */
  public Division divide(double testShare, long seed) {
    Table table =
        Table.create(
            StringColumn.create("subject", persons),
            StringColumn.create("label", labels),
            IntColumn.create("row", IntStream.range(0, size()).toArray()));
    Fold fold = Splits.holdOut(table, testShare, "label", seed);
    return new Division(rows(fold.training()), rows(fold.test()));
  }

  /**
   * Divides the faces by the persons to judge by.
   *
   * @param testPersons names of persons, or ranges of whole numbers such as {@code "30-39"}, bounds
   *     included; at least one
   * @return the faces of all other persons to learn from, and those of these
   * @throws IllegalArgumentException if a name or range is that of no person here
   */
  public Division divideByPersons(Collection<String> testPersons) {
    for (String wanted : testPersons) {
      if (persons.stream().noneMatch(person -> isNamed(person, wanted))) {
        throw new IllegalArgumentException(
            "no face is of person '%s'; there are %s"
                .formatted(wanted, persons.stream().distinct().sorted().limit(20).toList()));
      }
    }
    Predicate<String> isTest =
        person -> testPersons.stream().anyMatch(wanted -> isNamed(person, wanted));
    return new Division(withPersons(isTest.negate()), withPersons(isTest));
  }

  private static boolean isNamed(String person, String wanted) {
    if (wanted.matches("\\d{1,9}-\\d{1,9}") && person.matches("\\d{1,9}")) {
      int dash = wanted.indexOf('-');
      int number = Integer.parseInt(person);
      return number >= Integer.parseInt(wanted.substring(0, dash))
          && number <= Integer.parseInt(wanted.substring(dash + 1));
    }
    return wanted.equals(person);
  }

  private LabelledFeatures rows(Table part) {
    return rows(part.intColumn("row").asIntArray());
  }

  /**
   * Returns the numbers.
   *
   * @return one row per face
   */
  public FeatureTable features() {
    return features;
  }

  /**
   * Returns the class of each face.
   *
   * @return unmodifiable list in the order of the rows
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns the person of each face.
   *
   * @return unmodifiable list in the order of the rows; empty text where unknown
   */
  public List<String> persons() {
    return persons;
  }

  /**
   * Returns the classes to tell apart.
   *
   * @return unmodifiable list, in alphabetical order unless {@link #withClasses} set another
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Returns how many faces there are.
   *
   * @return faces
   */
  public int size() {
    return labels.size();
  }

  /**
   * Returns how many faces each class has.
   *
   * @return a count for each of {@link #classes()}, in their order; 0 where there is none
   */
  public Map<String, Integer> counts() {
    Map<String, Integer> found = new HashMap<>();
    labels.forEach(l -> found.merge(l, 1, Integer::sum));
    Map<String, Integer> counts = new LinkedHashMap<>();
    classes.forEach(c -> counts.put(c, found.getOrDefault(c, 0)));
    return counts;
  }

  /**
   * Returns the faces and labels that were left out when they were joined, and why.
   *
   * @return unmodifiable list
   */
  public List<LeftOut> leftOut() {
    return leftOut;
  }

  /**
   * Returns the same, counted by the reason, with a few names each.
   *
   * @return the report of the join
   */
  public LoadReport report() {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    leftOut.forEach(
        l -> byReason.computeIfAbsent(l.reason(), r -> new ArrayList<>()).add(l.input()));
    return LoadReport.ofSkipped("labelled faces", size(), byReason);
  }

  @Override
  public String toString() {
    long named = persons.stream().filter(p -> !p.isEmpty()).distinct().count();
    return "%d faces%s in %d classes, %d features%s"
        .formatted(
            size(),
            named == 0 ? ", no persons named," : " of %d persons".formatted(named),
            classes.size(),
            features.columns().size(),
            leftOut.isEmpty() ? "" : ", " + leftOut.size() + " left out");
  }
}
