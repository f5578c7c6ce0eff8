package org.affect4j.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.affect4j.dataset.Fold;
import org.affect4j.dataset.LoadReport;
import org.affect4j.dataset.Splits;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceNames;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Features of faces with what was annotated of each: what is learned. Made by {@link #of} or {@link
 * #join}. Immutable.
 *
 * <p>Each input has one face and stands here once; faces with a number missing, without a label, or
 * labels without a face are left out and listed.
 *
 * @param features the numbers: one row per face, none of whose {@link FaceTable#featureColumns} is
 *     missing
 * @param annotations all that was annotated, as a {@link FeatureProbe} learns it: the row of the
 *     labels that belongs to each face; names alone where labels were set beside features without a
 *     table ({@link #of})
 * @param labels class of each face
 * @param persons person of each face; empty text where unknown
 * @param classes the classes to tell apart, in alphabetical order unless {@link #withClasses} set
 *     another
 * @param leftOut the faces and labels that were left out when they were joined, and why
 */
public record LabelledFeatures(
    FaceTable features,
    FaceTable annotations,
    List<String> labels,
    List<String> persons,
    List<String> classes,
    List<LeftOut> leftOut) {
  /**
   * An input that is not here.
   *
   * @param input its name
   * @param reason why
   */
  public record LeftOut(String input, String reason) {}

  /** Copies the lists and checks their lengths. */
  public LabelledFeatures {
    checkLengths(features, labels, persons);
    labels = List.copyOf(labels);
    persons = List.copyOf(persons);
    classes = List.copyOf(classes);
    leftOut = List.copyOf(leftOut);
  }

  private static void checkLengths(FaceTable faces, List<String> labels, List<String> persons) {
    if (labels.size() != faces.size() || persons.size() != faces.size()) {
      throw new IllegalArgumentException(
          "%d faces need as many labels and persons, got %d and %d"
              .formatted(faces.size(), labels.size(), persons.size()));
    }
  }

  /**
   * Sets labels beside features.
   *
   * @param faces one row per face
   * @param labels class of each row; the empty text where there is none
   * @param persons person of each row; empty where unknown, which counts as a person of its own
   * @return the labelled faces; classes in alphabetical order
   * @throws IllegalArgumentException if the lengths differ, an input has several faces, there are
   *     no features, or no face has a label
   */
  public static LabelledFeatures of(FaceTable faces, List<String> labels, List<String> persons) {
    checkLengths(faces, labels, persons);
    return of(faces, faces.selectColumns(c -> false), labels, persons, List.of());
  }

  private static LabelledFeatures of(
      FaceTable faces,
      FaceTable annotations,
      List<String> labels,
      List<String> persons,
      List<LeftOut> before) {
    List<String> columns = faces.featureColumns();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "the table holds no features: expected columns such as e000 (affect4j analyze"
              + " --embeddings), au01, hog0000 or numbers of your own; it has "
              + faces.columns());
    }
    List<String> inputs = faces.texts(FaceColumns.INPUT);
    double[][] values = faces.values(columns);
    Set<String> seen = new HashSet<>();
    List<LeftOut> leftOut = new ArrayList<>(before);
    List<Integer> kept = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      double[] numbers = values[row];
      String gap =
          IntStream.range(0, numbers.length)
              .filter(c -> !Double.isFinite(numbers[c]))
              .mapToObj(columns::get)
              .findFirst()
              .orElse("");
      if (!gap.isEmpty()) {
        leftOut.add(new LeftOut(inputs.get(row), whyEmpty(faces, row, gap)));
      } else if (!seen.add(inputs.get(row))) {
        throw new IllegalArgumentException(
            "input '%s' occurs in several rows, but features need one face per input: analyse crops, or keep one row of each"
                .formatted(inputs.get(row)));
      } else if (labels.get(row).isEmpty()) {
        leftOut.add(new LeftOut(inputs.get(row), "its label is missing"));
      } else {
        kept.add(row);
      }
    }
    int[] rows = kept.stream().mapToInt(Integer::intValue).toArray();
    List<String> keptLabels = kept.stream().map(labels::get).toList();
    return new LabelledFeatures(
        faces.rows(rows),
        annotations.rows(rows),
        keptLabels,
        kept.stream().map(persons::get).toList(),
        List.copyOf(new TreeSet<>(keptLabels)),
        leftOut);
  }

  private static String whyEmpty(FaceTable faces, int row, String column) {
    String status = faces.text(row, FaceColumns.STATUS).orElse("ok");
    return status.equals("ok") || status.equals("whole_crop")
        ? "no number in column " + column
        : (status + " " + faces.text(row, FaceColumns.REASON).orElse("")).strip();
  }

  /**
   * Sets labels of another table beside features, by the names of the faces ({@link FaceNames}).
   *
   * @param faces one row per face
   * @param labels has the column {@code input}; a dataset's table, or any other
   * @param labelColumn column of the classes to learn, of any type; empty text to learn numbers
   *     alone, and then all faces are of one class, {@code face}
   * @param personColumn column of the labels that names the person; empty text if there is none,
   *     and then no division can keep persons apart
   * @return the labelled faces; classes in alphabetical order
   * @throws IllegalArgumentException if two rows of labels name the same face, a column does not
   *     exist, or not a single name fits
   */
  public static LabelledFeatures join(
      FaceTable faces, FaceTable labels, String labelColumn, String personColumn) {
    List<String> classes = texts(labels, labelColumn, "face");
    List<String> people = texts(labels, personColumn, "");
    List<String> names = labels.texts(FaceColumns.INPUT);
    List<OptionalInt> places = FaceNames.of(faces).find(labels);
    Map<Integer, Integer> labelOfFace = new HashMap<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (int row = 0; row < labels.size(); row++) {
      if (places.get(row).isEmpty()) {
        leftOut.add(new LeftOut(names.get(row), "labelled, but without features"));
      } else {
        Integer other = labelOfFace.putIfAbsent(places.get(row).getAsInt(), row);
        if (other != null) {
          throw new IllegalArgumentException(
              "'%s' and '%s' of the labels are one face; keep one row of each"
                  .formatted(names.get(other), names.get(row)));
        }
      }
    }
    if (labelOfFace.isEmpty()) {
      throw new IllegalArgumentException(
          "no face is among the labels: %d faces are named such as %s; %d labels name such as %s"
              .formatted(
                  faces.size(),
                  faces.texts(FaceColumns.INPUT).stream().limit(3).toList(),
                  labels.size(),
                  names.stream().limit(3).toList()));
    }
    List<String> inputs = faces.texts(FaceColumns.INPUT);
    IntStream.range(0, faces.size())
        .filter(face -> !labelOfFace.containsKey(face))
        .forEach(face -> leftOut.add(new LeftOut(inputs.get(face), "not among the labels")));
    int[] named = labelOfFace.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    int[] rows = Arrays.stream(named).map(labelOfFace::get).toArray();
    return of(
        faces.rows(named), labels.rows(rows), pick(classes, rows), pick(people, rows), leftOut);
  }

  private static List<String> texts(FaceTable table, String column, String otherwise) {
    return column.isEmpty() ? Collections.nCopies(table.size(), otherwise) : table.texts(column);
  }

  private static List<String> pick(List<String> texts, int[] rows) {
    return Arrays.stream(rows).mapToObj(texts::get).toList();
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
        kept.features, kept.annotations, kept.labels, kept.persons, List.copyOf(wanted), leftOut);
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
        features.rows(rows),
        annotations.rows(rows),
        pick(labels, rows),
        pick(persons, rows),
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
    return new LabelledFeatures(
        features.select(groups), annotations, labels, persons, classes, leftOut);
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
    Fold fold = Splits.holdOut(FaceTable.of(table), testShare, "label", seed);
    return new Division(rows(fold.training().rowNumbers()), rows(fold.test().rowNumbers()));
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

  /**
   * Returns the names of the numbers.
   *
   * @return columns in order, unmodifiable
   */
  public List<String> columns() {
    return features.featureColumns();
  }

  /**
   * Returns the numbers alone.
   *
   * @return one row per face, in the order of {@link #columns()}; a copy
   */
  public double[][] values() {
    return features.values(columns());
  }

  /** Persons, where who is unknown is a person of their own. */
  List<String> personsToldApart() {
    return IntStream.range(0, size())
        .mapToObj(i -> persons.get(i).isEmpty() ? "\0" + i : persons.get(i))
        .toList();
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
    Map<String, Integer> counts = new LinkedHashMap<>();
    classes.forEach(c -> counts.put(c, Collections.frequency(labels, c)));
    return counts;
  }

  /**
   * Returns what was left out, counted by the reason, with a few names each.
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
            columns().size(),
            leftOut.isEmpty() ? "" : ", " + leftOut.size() + " left out");
  }
}
