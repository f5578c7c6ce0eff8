package org.affect4j.explore;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceTable;
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
  private final LabelCounts counts;
  private final double threshold;
  private final long unlabelled;

  private UnitsByLabel(LabelCounts counts, double threshold, long unlabelled) {
    this.counts = counts;
    this.threshold = threshold;
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
    if (table.size() != units.size()) {
      throw new IllegalArgumentException(
          "lengths differ: %d rows of labels, %d rows of units; both must be of the same faces"
              .formatted(table.size(), units.size()));
    }
    List<String> labels = LabelCounts.labels(table, label);
    LabelCounts counts = LabelCounts.ofUnits(units, label, labels, threshold);
    if (counts.groups().isEmpty()) {
      throw new IllegalArgumentException(
          "no row has a label in column '%s': there is nothing to count".formatted(label));
    }
    long unlabelled = labels.stream().filter(String::isEmpty).count();
    return new UnitsByLabel(counts, threshold, unlabelled);
  }

  /**
   * Returns the labels.
   *
   * @return those that occur, expressions in their usual order
   */
  public List<String> labels() {
    return counts.groups();
  }

  /**
   * Returns in how many rows of a label a unit is annotated.
   *
   * @param label one of {@link #labels}
   * @param unit any unit
   * @return rows
   */
  public long annotated(String label, ActionUnit unit) {
    return counts.annotated(label, unit.label());
  }

  /**
   * Returns in how many rows of a label a unit is active.
   *
   * @param label one of {@link #labels}
   * @param unit any unit
   * @return rows, at most {@link #annotated}
   */
  public long active(String label, ActionUnit unit) {
    return counts.count(label, unit.label());
  }

  /**
   * Returns the fraction of a label's rows in which a unit is active.
   *
   * @param label one of {@link #labels}
   * @param unit any unit
   * @return {@code P(unit | label)}, 0 to 1; NaN where the unit is annotated in none of them
   */
  public double probability(String label, ActionUnit unit) {
    return counts.share(label, unit.label());
  }

  /**
   * Returns how many rows were left out for want of a label.
   *
   * @return rows
   */
  public long unlabelled() {
    return unlabelled;
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
    for (CompoundExpression category : CompoundExpression.ALL) {
      if (labels().contains(category.label())) {
        Map<ActionUnit, Double> fractions = new EnumMap<>(ActionUnit.class);
        ActionUnit.ALL.stream()
            .filter(unit -> annotated(category.label(), unit) > 0)
            .forEach(unit -> fractions.put(unit, probability(category.label(), unit)));
        estimator.add(category, fractions);
      }
    }
    return estimator.estimate(name);
  }

  /**
   * {@inheritDoc}
   *
   * <p>One row per label and unit: {@code label, unit, active, annotated, probability}.
   */
  @Override
  public Table table() {
    Table all = counts.table();
    return Table.create(
        "units by " + counts.by(),
        all.column("group").setName("label"),
        StringColumn.create(
            "unit",
            labels().stream()
                .flatMap(label -> ActionUnit.ALL.stream().map(ActionUnit::column))
                .toList()),
        all.column("count").setName("active"),
        all.column("annotated"),
        all.column("share").setName("probability"));
  }

  @Override
  public String toString() {
    int width = labels().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text =
        new StringBuilder(
            "P(unit | %s), active from %s; %,d rows without a label left out%n"
                .formatted(counts.by(), threshold, unlabelled));
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
