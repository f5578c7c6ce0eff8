package org.affect4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.affect4j.face.ActionUnit;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
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
   * @param annotated samples on which the unit is annotated
   * @param positives annotated samples on which it is active
   * @param truePositives active and found
   * @param falsePositives found but not active
   * @param areaUnderCurve area under the receiver operating characteristic: the probability that an
   *     active sample scores above an inactive one, ties counting one half (Hanley and McNeil
   *     1982), 0 to 1; NaN unless both kinds of sample occur
   */
  public record Unit(
      ActionUnit unit,
      double threshold,
      long annotated,
      long positives,
      long truePositives,
      long falsePositives,
      double areaUnderCurve) {

    /**
     * Returns {@code 2 TP / (2 TP + FP + FN)}.
     *
     * @return 0 to 1; 0 if the unit is neither active nor found anywhere, NaN without annotation
     */
    public double f1() {
      return annotated == 0
          ? Double.NaN
          : Check.ratio(2 * truePositives, positives + truePositives + falsePositives);
    }

    /**
     * Returns the true-positive rate {@code TP / (TP + FN)}.
     *
     * @return 0 to 1; NaN if the unit is nowhere active
     */
    public double recall() {
      return (double) truePositives / positives;
    }

    /**
     * Returns {@code TP / (TP + FP)}.
     *
     * @return 0 to 1; NaN if the unit was nowhere found
     */
    public double precision() {
      return (double) truePositives / (truePositives + falsePositives);
    }

    /**
     * Returns the fraction of annotated samples that are judged rightly.
     *
     * @return 0 to 1; NaN without annotation
     */
    public double accuracy() {
      long trueNegatives = annotated - positives - falsePositives;
      return (double) (truePositives + trueNegatives) / annotated;
    }
  }

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
    checkShape(units, labels, scores);
    List<Unit> result = new ArrayList<>();
    for (int u = 0; u < units.size(); u++) {
      result.add(score(units.get(u), thresholds.of(units.get(u)), labels, scores, u));
    }
    return new ActionUnitScores(result);
  }

  static void checkShape(List<ActionUnit> units, double[][] labels, double[][] scores) {
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
    }
  }

  private static Unit score(
      ActionUnit unit, double threshold, double[][] labels, double[][] scores, int column) {
    double[] annotatedScores = new double[labels.length];
    boolean[] active = new boolean[labels.length];
    int annotated = 0;
    long positives = 0;
    long truePositives = 0;
    long falsePositives = 0;
    for (int row = 0; row < labels.length; row++) {
      if (Check.annotated(labels[row][column], row, unit.label())) {
        double score = Check.unitScore(scores[row][column], row, unit.label());
        boolean isActive = labels[row][column] == 1;
        boolean isFound = score >= threshold;
        positives += isActive ? 1 : 0;
        truePositives += isActive && isFound ? 1 : 0;
        falsePositives += !isActive && isFound ? 1 : 0;
        annotatedScores[annotated] = score;
        active[annotated++] = isActive;
      }
    }
    double auc = areaUnderCurve(Arrays.copyOf(annotatedScores, annotated), active, positives);
    return new Unit(unit, threshold, annotated, positives, truePositives, falsePositives, auc);
  }

  /** Mann-Whitney: (R - P (P + 1) / 2) / (P N), with R the sum of the positives' ranks. */
  private static double areaUnderCurve(double[] scores, boolean[] active, long positives) {
    long negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(scores);
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += active[i] ? ranks[i] : 0;
    }
    return (sum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
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
    return mean(Unit::f1);
  }

  /**
   * Returns the mean accuracy over the units that are annotated anywhere.
   *
   * @return 0 to 1, NaN if none is
   */
  public double meanAccuracy() {
    return mean(Unit::accuracy);
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
        StringColumn.create("unit", units.stream().map(u -> u.unit().label()).toList()),
        column("threshold", Unit::threshold),
        LongColumn.create("annotated", units.stream().mapToLong(Unit::annotated).toArray()),
        LongColumn.create("positives", units.stream().mapToLong(Unit::positives).toArray()),
        column("precision", Unit::precision),
        column("recall", Unit::recall),
        column("f1", Unit::f1),
        column("accuracy", Unit::accuracy),
        column("auc", Unit::areaUnderCurve));
  }

  private DoubleColumn column(String name, ToDoubleFunction<Unit> figure) {
    return DoubleColumn.create(name, units.stream().mapToDouble(figure).toArray());
  }

  @Override
  public String toString() {
    return "mean F1 %.3f, mean accuracy %.3f, mean AUC %.3f%n"
            .formatted(meanF1(), meanAccuracy(), meanAreaUnderCurve())
        + Check.text("per unit", table());
  }
}
