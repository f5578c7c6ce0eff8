package org.affect4j.metric;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * Detection of action units, each over the samples on which it is annotated. A unit without a
 * single annotation has NaN figures and is left out of the means.
 *
 * @param units figures of each unit, unmodifiable
 */
public record ActionUnitScores(List<Unit> units) implements MetricResult {

  /** Copies the list. */
  public ActionUnitScores {
    units = List.copyOf(units);
  }

  /**
   * The figures of one unit.
   *
   * @param unit the unit
   * @param threshold probability from which on it counts as active
   * @param score how often it is active and found
   * @param areaUnderCurve {@link BinaryScore#areaUnderCurve}; NaN unless active and inactive
   *     samples occur
   */
  public record Unit(ActionUnit unit, double threshold, BinaryScore score, double areaUnderCurve) {}

  /**
   * Scores all 17 units at one threshold.
   *
   * @param labels one row per sample, 17 columns in the order of {@link ActionUnit#ALL}: 0, 1, or
   *     NaN where not annotated
   * @param scores probabilities of the same samples, 0 to 1
   * @param threshold probability from which on a unit counts as active
   * @return the figures
   * @throws IllegalArgumentException if the shapes differ or a value is outside its range
   */
  public static ActionUnitScores of(double[][] labels, double[][] scores, double threshold) {
    return of(ActionUnit.ALL, labels, scores, ActionUnitThresholds.fixed(threshold));
  }

  /**
   * Scores units at a threshold each.
   *
   * @param units unit of each column, all different
   * @param labels one row per sample: 0, 1, or NaN where not annotated
   * @param scores probabilities of the same samples, 0 to 1; not looked at where not annotated
   * @param thresholds chosen on other data than this
   * @return the figures
   * @throws IllegalArgumentException if the shapes differ or a value is outside its range
   */
  public static ActionUnitScores of(
      List<ActionUnit> units,
      double[][] labels,
      double[][] scores,
      ActionUnitThresholds thresholds) {
    check(units, labels, scores);
    return new ActionUnitScores(
        IntStream.range(0, units.size())
            .mapToObj(u -> score(units.get(u), thresholds.of(units.get(u)), labels, scores, u))
            .toList());
  }

  static void check(List<ActionUnit> units, double[][] labels, double[][] scores) {
    if (new HashSet<>(units).size() != units.size()) {
      throw new IllegalArgumentException("a unit occurs twice in " + units);
    }
    Check.sameLength("labels", labels.length, "scores", scores.length);
    for (int row = 0; row < labels.length; row++) {
      if (labels[row].length != units.size() || scores[row].length != units.size()) {
        throw new IllegalArgumentException(
            "row %d has %d labels and %d scores, expected one of each for %d units"
                .formatted(row, labels[row].length, scores[row].length, units.size()));
      }
      for (int u = 0; u < units.size(); u++) {
        String name = units.get(u).label();
        if (Check.annotated(labels[row][u], row, name)) {
          Check.unitScore(scores[row][u], row, name);
        }
      }
    }
  }

  private static Unit score(
      ActionUnit unit, double threshold, double[][] labels, double[][] scores, int column) {
    double[] truth = Concordance.column(labels, column);
    double[] found = Concordance.column(scores, column);
    return new Unit(
        unit,
        threshold,
        BinaryScore.of(truth, found, threshold),
        BinaryScore.areaUnderCurve(truth, found));
  }

  /**
   * Returns the figures of some units only, such as the 12 of a challenge.
   *
   * @param wanted units to keep
   * @return figures of those units, in the order of this
   * @throws IllegalArgumentException if a wanted unit was not scored
   */
  public ActionUnitScores select(Collection<ActionUnit> wanted) {
    List<Unit> kept = units.stream().filter(u -> wanted.contains(u.unit())).toList();
    if (kept.size() != new HashSet<>(wanted).size()) {
      throw new IllegalArgumentException(
          "wanted " + wanted + " but only " + units.stream().map(Unit::unit).toList() + " scored");
    }
    return new ActionUnitScores(kept);
  }

  /**
   * Returns the figures of one unit.
   *
   * @param unit the unit
   * @return its figures
   * @throws IllegalArgumentException if it was not scored
   */
  public Unit of(ActionUnit unit) {
    return select(List.of(unit)).units().get(0);
  }

  /**
   * Returns the mean F1 over the units that are annotated anywhere.
   *
   * @return 0 to 1, NaN if none is
   */
  public double meanF1() {
    return mean(u -> u.score().f1());
  }

  /**
   * Returns the mean accuracy over the units that are annotated anywhere.
   *
   * @return 0 to 1, NaN if none is
   */
  public double meanAccuracy() {
    return mean(u -> u.score().accuracy());
  }

  /**
   * Returns the mean area under the curve over the units for which it is defined.
   *
   * @return 0 to 1, NaN if there is none
   */
  public double meanAreaUnderCurve() {
    return mean(Unit::areaUnderCurve);
  }

  private double mean(ToDoubleFunction<Unit> figure) {
    return units.stream()
        .mapToDouble(figure)
        .filter(v -> !Double.isNaN(v))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Returns one row per unit: {@code unit, threshold, annotated, positives, precision, recall, f1,
   * accuracy, auc}.
   */
  @Override
  public Table table() {
    return Table.create(
        "action units",
        MetricResult.texts("unit", units, u -> u.unit().label()),
        MetricResult.numbers("threshold", units, Unit::threshold),
        counts("annotated", BinaryScore::annotated),
        counts("positives", BinaryScore::positives),
        MetricResult.numbers("precision", units, u -> u.score().precision()),
        MetricResult.numbers("recall", units, u -> u.score().recall()),
        MetricResult.numbers("f1", units, u -> u.score().f1()),
        MetricResult.numbers("accuracy", units, u -> u.score().accuracy()),
        MetricResult.numbers("auc", units, Unit::areaUnderCurve));
  }

  private LongColumn counts(String name, ToLongFunction<BinaryScore> count) {
    return LongColumn.create(name, units.stream().map(Unit::score).mapToLong(count).toArray());
  }

  @Override
  public String toString() {
    return "mean F1 %.3f, mean accuracy %.3f, mean AUC %.3f%n"
            .formatted(meanF1(), meanAccuracy(), meanAreaUnderCurve())
        + MetricResult.text("per unit", table());
  }
}
