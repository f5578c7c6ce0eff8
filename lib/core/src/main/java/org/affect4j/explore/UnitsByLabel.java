package org.affect4j.explore;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Which action units come with which label: {@code P(AU | label)} = rows of the label in which the
 * unit is active / rows of the label in which the unit is annotated. Rows without the label, and
 * units that are not annotated, do not count at all. Immutable.
 *
 * <p>From the fractions of the expressions follows a relatedness table of the user's own, the third
 * kind that FaceBehaviorNet (2019, section 3) speaks of beside the psychological study and the
 * table inferred from Aff-Wild2: {@link #relatedness}.
 */
public final class UnitsByLabel implements MetricResult {
  private final String labelColumn;
  private final double threshold;
  private final Map<String, long[]> active;
  private final Map<String, long[]> annotated;
  private final long unlabelled;

  private UnitsByLabel(
      String labelColumn,
      double threshold,
      Map<String, long[]> active,
      Map<String, long[]> annotated,
      long unlabelled) {
    this.labelColumn = labelColumn;
    this.threshold = threshold;
    this.active = active;
    this.annotated = annotated;
    this.unlabelled = unlabelled;
  }

  /**
   * Counts a dataset's labels of units by its labels of expressions.
   *
   * @param table has the column of labels and {@code au01 … au26}, such as {@link
   *     org.affect4j.dataset.AffectDataset#table()}
   * @param label column of labels, such as {@code "expression"} or {@code "compound"}
   * @param threshold least value of an active unit, above 0 and at most 1; any where units are
   *     labelled 0 and 1
   * @return the counts
   * @throws IllegalArgumentException if a column is absent, the threshold outside its range, or no
   *     row has a label
   */
  public static UnitsByLabel of(FaceTable table, String label, double threshold) {
    return of(table, label, table, threshold);
  }

  /**
   * Counts units that a network reads, by a dataset's labels.
   *
   * @param table has the column of labels
   * @param label its name
   * @param units has {@code au01 … au26} of the same rows in the same order
   * @param threshold as above
   * @return the counts
   * @throws IllegalArgumentException as above, or if the tables differ in length
   */
  public static UnitsByLabel of(FaceTable table, String label, FaceTable units, double threshold) {
    checkThreshold(threshold);
    if (table.size() != units.size()) {
      throw new IllegalArgumentException(
          "lengths differ: %d rows of labels, %d rows of units; both must be of the same faces"
              .formatted(table.size(), units.size()));
    }
    List<String> labels = LabelCounts.labels(table, label);
    Map<String, long[]> active = new TreeMap<>(LabelCounts.USUAL);
    Map<String, long[]> annotated = new TreeMap<>(LabelCounts.USUAL);
    labels.stream()
        .distinct()
        .filter(name -> !name.isEmpty())
        .forEach(
            name -> {
              active.put(name, new long[ActionUnit.COUNT]);
              annotated.put(name, new long[ActionUnit.COUNT]);
            });
    if (active.isEmpty()) {
      throw new IllegalArgumentException(
          "no row has a label in column '%s': there is nothing to count".formatted(label));
    }
    for (ActionUnit unit : ActionUnit.ALL) {
      double[] values = units.numbers(unit.column());
      for (int i = 0; i < labels.size(); i++) {
        if (!labels.get(i).isEmpty() && !Double.isNaN(values[i])) {
          annotated.get(labels.get(i))[unit.ordinal()]++;
          if (values[i] >= threshold) {
            active.get(labels.get(i))[unit.ordinal()]++;
          }
        }
      }
    }
    long unlabelled = labels.stream().filter(String::isEmpty).count();
    return new UnitsByLabel(label, threshold, active, annotated, unlabelled);
  }

  static void checkThreshold(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "a unit is active from a threshold above 0 and at most 1, got " + threshold);
    }
  }

  /**
   * Returns the labels.
   *
   * @return those that occur, expressions in their usual order
   */
  public List<String> labels() {
    return List.copyOf(active.keySet());
  }

  /**
   * Returns in how many rows of a label a unit is annotated.
   *
   * @param label one of {@link #labels}
   * @param unit any unit
   * @return rows
   */
  public long annotated(String label, ActionUnit unit) {
    return row(annotated, label)[unit.ordinal()];
  }

  /**
   * Returns in how many rows of a label a unit is active.
   *
   * @param label one of {@link #labels}
   * @param unit any unit
   * @return rows, at most {@link #annotated}
   */
  public long active(String label, ActionUnit unit) {
    return row(active, label)[unit.ordinal()];
  }

  /**
   * Returns the fraction of a label's rows in which a unit is active.
   *
   * @param label one of {@link #labels}
   * @param unit any unit
   * @return {@code P(unit | label)}, 0 to 1; NaN where the unit is annotated in none of them
   */
  public double probability(String label, ActionUnit unit) {
    long all = annotated(label, unit);
    return all == 0 ? Double.NaN : (double) active(label, unit) / all;
  }

  /**
   * Returns how many rows were left out for want of a label.
   *
   * @return rows
   */
  public long unlabelled() {
    return unlabelled;
  }

  private long[] row(Map<String, long[]> of, String label) {
    long[] row = of.get(label);
    if (row == null) {
      throw new IllegalArgumentException(
          "no row has the label '%s'; expected one of %s".formatted(label, labels()));
    }
    return row;
  }

  /**
   * Returns the fractions as a relatedness table. Labels that are no category of {@link
   * CompoundExpression}, such as neutral, contempt or other, are left out.
   *
   * @param name where the rows come from
   * @return a table whose weight is {@link #probability}, and 0 for a unit that is annotated in no
   *     row of the category, which a relatedness table cannot tell from "never active"
   * @throws IllegalStateException if no label is such a category
   */
  public Relatedness relatedness(String name) {
    Relatedness.Estimator estimator = new Relatedness.Estimator();
    for (String label : labels()) {
      category(label)
          .ifPresent(
              category -> {
                Map<ActionUnit, Double> fractions = new EnumMap<>(ActionUnit.class);
                for (ActionUnit unit : ActionUnit.ALL) {
                  if (annotated(label, unit) > 0) {
                    fractions.put(unit, probability(label, unit));
                  }
                }
                estimator.add(category, fractions);
              });
    }
    return estimator.estimate(name);
  }

  private static Optional<CompoundExpression> category(String label) {
    return CompoundExpression.ALL.stream().filter(c -> c.label().equals(label)).findFirst();
  }

  /**
   * {@inheritDoc}
   *
   * <p>One row per label and unit: {@code label, unit, active, annotated, probability}.
   */
  @Override
  public Table table() {
    StringColumn label = StringColumn.create("label");
    StringColumn unitName = StringColumn.create("unit");
    LongColumn activeRows = LongColumn.create("active");
    LongColumn annotatedRows = LongColumn.create("annotated");
    DoubleColumn probability = DoubleColumn.create("probability");
    for (String name : labels()) {
      for (ActionUnit unit : ActionUnit.ALL) {
        label.append(name);
        unitName.append(unit.column());
        activeRows.append(active(name, unit));
        annotatedRows.append(annotated(name, unit));
        probability.append(probability(name, unit));
      }
    }
    return Table.create(
        "units by " + labelColumn, label, unitName, activeRows, annotatedRows, probability);
  }

  @Override
  public String toString() {
    int width = labels().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text =
        new StringBuilder(
            "P(unit | %s), active from %s; %,d rows without a label left out%n"
                .formatted(labelColumn, threshold, unlabelled));
    text.append(" ".repeat(width));
    ActionUnit.ALL.forEach(unit -> text.append(" %5s".formatted(unit.label())));
    for (String label : labels()) {
      text.append(("%n%-" + width + "s").formatted(label));
      for (ActionUnit unit : ActionUnit.ALL) {
        double p = probability(label, unit);
        text.append(Double.isNaN(p) ? "     –" : " %5.2f".formatted(p));
      }
    }
    return text.toString();
  }
}
