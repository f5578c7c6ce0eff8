package org.affect4j.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

  private final String what;
  private final String by;
  private final List<String> labels;
  private final List<String> groups;
  private final long[][] counts;
  private final long[][] annotated;
  private final long[] sizes;

  private LabelCounts(String what, String by, List<String> labels, List<String> groups) {
    this.what = what;
    this.by = by;
    this.labels = List.copyOf(labels);
    this.groups = List.copyOf(groups);
    this.sizes = new long[groups.size()];
    this.counts = new long[groups.size()][labels.size()];
    this.annotated = new long[groups.size()][labels.size()];
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
    return count(label, "", labels(table, label), everybody(table));
  }

  /**
   * Counts the labels in each group of rows.
   *
   * @param table table of a dataset, or a part of it
   * @param label column of labels, such as {@code "expression"} or {@code "compound"}
   * @param by column whose values divide the rows, such as {@code "split"}, {@code "gender"}; rows
   *     without a value are the group {@link #UNKNOWN}
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
    TreeSet<String> labels = new TreeSet<>(USUAL);
    labels.addAll(values);
    labels.remove("");
    LabelCounts result = empty(label, by, List.copyOf(labels), groupOf);
    Map<String, Integer> columns = indices(result.labels);
    int[] groups = result.groupIndices(groupOf);
    for (int i = 0; i < values.size(); i++) {
      Integer column = columns.get(values.get(i));
      if (column != null) {
        result.counts[groups[i]][column]++;
      }
    }
    // A row with one label is annotated for all of them: they exclude each other.
    for (int g = 0; g < result.counts.length; g++) {
      Arrays.fill(result.annotated[g], Arrays.stream(result.counts[g]).sum());
    }
    return result;
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
    UnitsByLabel.checkThreshold(threshold);
    List<String> groupOf = by.isEmpty() ? everybody(table) : groupsOf(table, by);
    LabelCounts result =
        empty("action unit", by, ActionUnit.ALL.stream().map(ActionUnit::label).toList(), groupOf);
    int[] groups = result.groupIndices(groupOf);
    for (ActionUnit unit : ActionUnit.ALL) {
      double[] values = table.numbers(unit.column());
      for (int i = 0; i < values.length; i++) {
        if (!Double.isNaN(values[i])) {
          result.annotated[groups[i]][unit.ordinal()]++;
          if (values[i] >= threshold) {
            result.counts[groups[i]][unit.ordinal()]++;
          }
        }
      }
    }
    return result;
  }

  private static LabelCounts empty(
      String what, String by, List<String> labels, List<String> groupOf) {
    TreeSet<String> groups = new TreeSet<>(USUAL);
    groups.addAll(groupOf);
    List<String> inOrder = new ArrayList<>(groups);
    if (inOrder.remove(UNKNOWN)) {
      inOrder.add(UNKNOWN);
    }
    LabelCounts result = new LabelCounts(what, by, labels, inOrder);
    for (int group : result.groupIndices(groupOf)) {
      result.sizes[group]++;
    }
    return result;
  }

  private int[] groupIndices(List<String> groupOf) {
    Map<String, Integer> indices = indices(groups);
    return groupOf.stream().mapToInt(indices::get).toArray();
  }

  private static Map<String, Integer> indices(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    return indices;
  }

  private static List<String> everybody(FaceTable table) {
    return Collections.nCopies(table.size(), ALL);
  }

  private static List<String> groupsOf(FaceTable table, String by) {
    return labels(table, by).stream().map(g -> g.isEmpty() ? UNKNOWN : g).toList();
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
    return groups;
  }

  /**
   * Returns how many rows of a group carry a label.
   *
   * @param group one of {@link #groups}
   * @param label one of {@link #labels}
   * @return rows
   */
  public long count(String group, String label) {
    return counts[index("group", groups, group)][index("label", labels, label)];
  }

  /**
   * Returns how many rows of a group could carry a label, being annotated for it.
   *
   * @param group one of {@link #groups}
   * @param label one of {@link #labels}
   * @return rows
   */
  public long annotated(String group, String label) {
    return annotated[index("group", groups, group)][index("label", labels, label)];
  }

  /**
   * Returns the size of a group.
   *
   * @param group one of {@link #groups}
   * @return rows, those without a label included
   */
  public long size(String group) {
    return sizes[index("group", groups, group)];
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

  private static int index(String what, List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no %s '%s'; expected one of %s".formatted(what, name, names));
    }
    return index;
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
    for (String g : groups) {
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
    for (int g = 0; g < groups.size(); g++) {
      long most = Arrays.stream(annotated[g]).max().orElse(0);
      text.append(
          "%n%s: %,d rows, %,d not annotated".formatted(groups.get(g), sizes[g], sizes[g] - most));
      for (int l = 0; l < labels.size(); l++) {
        text.append(
            ("%n  %-" + Math.max(1, width) + "s %,9d").formatted(labels.get(l), counts[g][l]));
        if (annotated[g][l] > 0) {
          text.append(" (%.3f)".formatted((double) counts[g][l] / annotated[g][l]));
        }
      }
    }
    return text.toString();
  }
}
