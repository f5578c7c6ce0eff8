package org.affect4j.explore;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How often each label occurs in each group of a dataset, such as each expression in each split.
 * Immutable.
 */
public final class LabelCounts implements MetricResult {
  /** Name of the only group where the rows are not divided. */
  public static final String ALL = "all";

  /** Name of the group of rows whose attribute is missing. */
  public static final String UNKNOWN = "unknown";

  private static final List<String> KNOWN =
      Stream.concat(
              Arrays.stream(AnnotatedExpression.values()).map(AnnotatedExpression::label),
              CompoundExpression.ALL.stream().map(CompoundExpression::label))
          .distinct()
          .toList();

  /** Expressions in their usual order, then compound ones, then the rest by the alphabet. */
  static final Comparator<String> USUAL =
      Comparator.comparingInt(
              (String label) -> KNOWN.contains(label) ? KNOWN.indexOf(label) : KNOWN.size())
          .thenComparing(Comparator.naturalOrder());

  private static final Comparator<String> UNKNOWN_LAST =
      Comparator.<String, Boolean>comparing(UNKNOWN::equals).thenComparing(USUAL);

  private final String what;
  private final String by;
  private final List<String> labels;
  private final Map<String, Group> groups;

  private LabelCounts(String what, String by, List<String> labels, Map<String, Group> counted) {
    this.what = what;
    this.by = by;
    this.labels = List.copyOf(labels);
    this.groups = new TreeMap<>(UNKNOWN_LAST);
    groups.putAll(counted);
  }

  /** What is counted of the rows of one group, by the places of the labels. */
  private static final class Group {
    private final long[] counts;
    private final long[] annotated;
    private long size;

    Group(int labels) {
      counts = new long[labels];
      annotated = new long[labels];
    }
  }

  /**
   * Counts the labels of all rows together.
   *
   * @param table table of a dataset, or a part of it
   * @param label column of labels, such as {@code "expression"} or {@code "compound"}
   * @return counts in one group, {@link #ALL}
   * @throws IllegalArgumentException if there is no such column, or it holds numbers
   */
  public static LabelCounts of(FaceTable table, String label) {
    return of(table, label, "");
  }

  /**
   * Counts the labels in each group of rows.
   *
   * @param table table of a dataset, or a part of it
   * @param label column of labels, such as {@code "expression"} or {@code "compound"}
   * @param by column whose values divide the rows, such as {@code "split"}, {@code "gender"}; rows
   *     without a value are the group {@link #UNKNOWN}. The empty text for all rows together
   * @return counts per group
   * @throws IllegalArgumentException if there is no such column, or it holds numbers
   */
  public static LabelCounts of(FaceTable table, String label, String by) {
    return count(label, by, labels(table, label), groupsOf(table, by));
  }

  /** The texts of a column that does not measure. */
  static List<String> labels(FaceTable table, String column) {
    if (FaceColumns.find(column).filter(c -> c.type().equals(ColumnType.DOUBLE)).isPresent()) {
      throw new IllegalArgumentException(
          "column '%s' holds numbers; expected a column of labels, such as expression or split"
              .formatted(column));
    }
    return table.texts(column);
  }

  private static LabelCounts count(
      String label, String by, List<String> values, List<String> groupOf) {
    List<String> labels =
        values.stream().distinct().filter(value -> !value.isEmpty()).sorted(USUAL).toList();
    Map<String, Integer> places = new HashMap<>();
    labels.forEach(value -> places.put(value, places.size()));
    Map<String, Group> groups = new HashMap<>();
    for (int row = 0; row < values.size(); row++) {
      Group group = groups.computeIfAbsent(groupOf.get(row), g -> new Group(labels.size()));
      group.size++;
      if (!values.get(row).isEmpty()) {
        group.counts[places.get(values.get(row))]++;
      }
    }
    // A row with one label is annotated for all of them: they exclude each other.
    groups.values().forEach(g -> Arrays.fill(g.annotated, Arrays.stream(g.counts).sum()));
    return new LabelCounts(label, by, labels, groups);
  }

  /**
   * Counts in how many rows each action unit is active.
   *
   * @param table table of a dataset, or a part of it
   * @param by column whose values divide the rows, or the empty text for all rows together
   * @param threshold least value of an active unit, above 0 and at most 1; any where labels are 0
   *     and 1
   * @return counts per group over the 17 units; {@link #annotated} differs from unit to unit
   * @throws IllegalArgumentException if a column is absent or the threshold outside its range
   */
  public static LabelCounts ofUnits(FaceTable table, String by, double threshold) {
    return ofUnits(table, by, groupsOf(table, by), threshold);
  }

  /** Counts active units in groups of rows; those of the empty name are left out. */
  static LabelCounts ofUnits(FaceTable table, String by, List<String> groupOf, double threshold) {
    checkThreshold(threshold);
    double[][] values = table.values(ActionUnit.ALL.stream().map(ActionUnit::column).toList());
    Map<String, Group> groups = new HashMap<>();
    for (int row = 0; row < values.length; row++) {
      if (!groupOf.get(row).isEmpty()) {
        Group group = groups.computeIfAbsent(groupOf.get(row), g -> new Group(ActionUnit.COUNT));
        group.size++;
        for (int unit = 0; unit < ActionUnit.COUNT; unit++) {
          group.annotated[unit] += Double.isNaN(values[row][unit]) ? 0 : 1;
          group.counts[unit] += values[row][unit] >= threshold ? 1 : 0;
        }
      }
    }
    List<String> units = ActionUnit.ALL.stream().map(ActionUnit::label).toList();
    return new LabelCounts("action unit", by, units, groups);
  }

  static void checkThreshold(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "a unit is active from a threshold above 0 and at most 1, got " + threshold);
    }
  }

  private static List<String> groupsOf(FaceTable table, String by) {
    return by.isEmpty()
        ? Collections.nCopies(table.size(), ALL)
        : labels(table, by).stream().map(g -> g.isEmpty() ? UNKNOWN : g).toList();
  }

  /**
   * Returns what was counted.
   *
   * @return the column of labels, or {@code "action unit"}
   */
  public String what() {
    return what;
  }

  /**
   * Returns what divides the rows.
   *
   * @return a column, or the empty text where all rows are one group
   */
  public String by() {
    return by;
  }

  /**
   * Returns the labels.
   *
   * @return those that occur, expressions in their usual order; or the 17 units
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns the groups.
   *
   * @return in the order of the alphabet, {@link #UNKNOWN} last
   */
  public List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  /**
   * Returns how many rows of a group carry a label.
   *
   * @param group one of {@link #groups}
   * @param label one of {@link #labels}
   * @return rows
   */
  public long count(String group, String label) {
    return group(group).counts[place(label)];
  }

  /**
   * Returns how many rows of a group could carry a label, being annotated for it.
   *
   * @param group one of {@link #groups}
   * @param label one of {@link #labels}
   * @return rows
   */
  public long annotated(String group, String label) {
    return group(group).annotated[place(label)];
  }

  /**
   * Returns the size of a group.
   *
   * @param group one of {@link #groups}
   * @return rows, those without a label included
   */
  public long size(String group) {
    return group(group).size;
  }

  /**
   * Returns the share of a label among the annotated rows of a group.
   *
   * @param group one of {@link #groups}
   * @param label one of {@link #labels}
   * @return 0 to 1; NaN where no row of the group is annotated
   */
  public double share(String group, String label) {
    long all = annotated(group, label);
    return all == 0 ? Double.NaN : (double) count(group, label) / all;
  }

  private Group group(String name) {
    return Optional.ofNullable(groups.get(name))
        .orElseThrow(() -> unknown(by.isEmpty() ? "group" : by, name, groups()));
  }

  private int place(String label) {
    if (!labels.contains(label)) {
      throw unknown("label", label, labels);
    }
    return labels.indexOf(label);
  }

  private static IllegalArgumentException unknown(String what, String name, List<String> there) {
    return new IllegalArgumentException(
        "there is no %s '%s'; expected one of %s".formatted(what, name, there));
  }

  /**
   * {@inheritDoc}
   *
   * <p>One row per group and label: {@code group, label, count, annotated, not_annotated, share}.
   */
  @Override
  public Table table() {
    StringColumn group = StringColumn.create("group");
    StringColumn label = StringColumn.create("label");
    LongColumn count = LongColumn.create("count");
    LongColumn known = LongColumn.create("annotated");
    LongColumn unknown = LongColumn.create("not_annotated");
    DoubleColumn share = DoubleColumn.create("share");
    for (String g : groups()) {
      for (String l : labels) {
        group.append(g);
        label.append(l);
        count.append(count(g, l));
        known.append(annotated(g, l));
        unknown.append(size(g) - annotated(g, l));
        share.append(share(g, l));
      }
    }
    return Table.create(what, group, label, count, known, unknown, share);
  }

  @Override
  public String toString() {
    int width = labels.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text =
        new StringBuilder(what + (by.isEmpty() ? "" : " by " + by) + ", rows (share)");
    groups.forEach(
        (name, group) -> {
          long most = Arrays.stream(group.annotated).max().orElse(0);
          text.append(
              "%n%s: %,d rows, %,d not annotated".formatted(name, group.size, group.size - most));
          for (String label : labels) {
            text.append(
                ("%n  %-" + Math.max(1, width) + "s %,9d").formatted(label, count(name, label)));
            if (annotated(name, label) > 0) {
              text.append(" (%.3f)".formatted(share(name, label)));
            }
          }
        });
    return text.toString();
  }
}
