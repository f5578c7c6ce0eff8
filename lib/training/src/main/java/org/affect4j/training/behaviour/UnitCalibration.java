package org.affect4j.training.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.affect4j.metric.MetricResult;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.loss.RelatednessWeights;
import org.affect4j.training.quantise.PlattScaling;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What makes the probabilities of action units mean something: that the unit is there with a given
 * strength or more. A network is trained with strengths themselves as targets, so that its numbers
 * are somewhere between a strength and a probability; one line through the logits of each unit,
 * fitted on faces that were not trained with, moves them.
 *
 * @param activeFrom strength from which on a unit counts as there, above 0 and at most 1
 * @param units the 17 units in the order of {@link ActionUnit#ALL}
 */
public record UnitCalibration(double activeFrom, List<Unit> units) implements MetricResult {
  /** How near to 0 and 1 a probability in single precision still tells its logit well. */
  private static final double WELL_INSIDE = .01;

  /** Copies the list. */
  public UnitCalibration {
    units = List.copyOf(units);
  }

  /**
   * One unit.
   *
   * @param unit the unit
   * @param annotated faces on which it is annotated
   * @param active those on which it is there
   * @param fitted the line; empty if none could be fitted ({@link PlattScaling#fit})
   */
  public record Unit(ActionUnit unit, long annotated, long active, Optional<PlattScaling> fitted) {}

  /**
   * Real faces of which raters say the expressions: a unit is there with the fraction of people who
   * show it with an expression ({@link Relatedness#du}), mean over the expressions that they see.
   *
   * @param faces photos, none of which the network has learned from
   * @param said distributions of the raters over the seven expressions
   */
  public record Photos(CropSet faces, double[][] said) {
    /** Checks that there is a row for each face. */
    public Photos {
      said = Arrays.stream(said).map(double[]::clone).toArray(double[][]::new);
      if (said.length != faces.size()) {
        throw new IllegalArgumentException(
            "%s and %d distributions do not fit together".formatted(faces, said.length));
      }
    }

    /**
     * Returns the distributions.
     *
     * @return a copy
     */
    @Override
    public double[][] said() {
      return Arrays.stream(said).map(double[]::clone).toArray(double[][]::new);
    }

    private double[] expected(ActionUnit unit) {
      RelatednessWeights table = RelatednessWeights.of(Relatedness.du());
      return Arrays.stream(said)
          .mapToDouble(
              shares ->
                  Expression.ALL.stream()
                      .mapToDouble(e -> shares[e.ordinal()] * table.weight(e, unit))
                      .sum())
          // Shares of single precision may sum to a little more than 1.
          .map(part -> Math.min(1, part))
          .toArray();
    }
  }

  /**
   * Fits a line for each unit, to rendered faces and photos as if there were as many of each:
   * rendered ones tell strengths, but a network that learned its units from them may find too much
   * or too little in photos.
   *
   * @param network the network
   * @param faces faces with strengths of units, none of which the network has learned from
   * @param photos real faces; empty to do without
   * @param activeFrom strength from which on a unit counts as there
   * @param progress hears of the faces read
   * @return the lines
   * @throws IllegalArgumentException if the strength is outside its range, or no unit can be fitted
   */
  public static UnitCalibration fit(
      BehaviourModel network,
      CropSet faces,
      Optional<Photos> photos,
      double activeFrom,
      ProgressListener progress) {
    if (!(activeFrom > 0 && activeFrom <= 1)) {
      throw new IllegalArgumentException(
          "a unit is there from a strength above 0 and at most 1 on, got " + activeFrom);
    }
    Predictions read = Predictions.of(network, faces, progress);
    double[][] there = read.unitLabels(activeFrom);
    double[][] said = read.units();
    double[][] ofPhotos =
        photos
            .map(real -> Predictions.of(network, real.faces, progress).units())
            .orElse(new double[0][]);
    List<Unit> units = new ArrayList<>();
    for (ActionUnit unit : ActionUnit.ALL) {
      double[] labels = Predictions.column(there, unit.ordinal());
      units.add(
          new Unit(
              unit,
              Arrays.stream(labels).filter(label -> !Double.isNaN(label)).count(),
              Arrays.stream(labels).filter(label -> label == 1).count(),
              line(
                  labels,
                  Predictions.column(said, unit.ordinal()),
                  photos.map(real -> real.expected(unit)).orElse(new double[0]),
                  Predictions.column(ofPhotos, unit.ordinal()))));
    }
    if (units.stream().allMatch(u -> u.fitted().isEmpty())) {
      throw new IllegalArgumentException(
          "no unit of %s can be calibrated on %s: each needs faces with it and without it, and a network that tells them apart at all"
              .formatted(network.entry().name(), faces));
    }
    return new UnitCalibration(activeFrom, units);
  }

  private static Optional<PlattScaling> line(
      double[] labels, double[] said, double[] expected, double[] saidOfPhotos) {
    if (expected.length == 0) {
      return PlattScaling.fit(labels, said);
    }
    double weight = (double) labels.length / expected.length;
    return PlattScaling.fit(
        DoubleStream.concat(DoubleStream.of(labels), DoubleStream.of(expected)).toArray(),
        DoubleStream.concat(
                DoubleStream.of(labels).map(label -> 1), DoubleStream.of(expected).map(e -> weight))
            .toArray(),
        DoubleStream.concat(DoubleStream.of(said), DoubleStream.of(saidOfPhotos)).toArray());
  }

  /**
   * Returns the line of each unit.
   *
   * @return 17 lines; {@link PlattScaling#NONE} for units that could not be fitted
   */
  public List<PlattScaling> scalings() {
    return units.stream().map(u -> u.fitted().orElse(PlattScaling.NONE)).toList();
  }

  /**
   * Returns the units that stay as they are.
   *
   * @return those that could not be fitted, mostly none
   */
  public List<ActionUnit> unfitted() {
    return units.stream().filter(u -> u.fitted().isEmpty()).map(Unit::unit).toList();
  }

  /**
   * Compares a network into which this was folded with the lines applied to what the network said
   * before. Probabilities within .01 of 0 and 1 are left out: in single precision they no longer
   * tell their logits to five digits.
   *
   * @param before the network as it was fitted to
   * @param after the changed network
   * @param faces any faces
   * @return largest difference of a probability
   */
  public double difference(BehaviourModel before, BehaviourModel after, CropSet faces) {
    double[][] was = Predictions.of(before, faces, ProgressListener.silent()).units();
    double[][] is = Predictions.of(after, faces, ProgressListener.silent()).units();
    List<PlattScaling> lines = scalings();
    double largest = 0;
    for (int i = 0; i < faces.size(); i++) {
      for (int u = 0; u < ActionUnit.COUNT; u++) {
        double p = was[i][u];
        if (p > WELL_INSIDE && p < 1 - WELL_INSIDE) {
          largest = Math.max(largest, Math.abs(lines.get(u).probability(p) - is[i][u]));
        }
      }
    }
    return largest;
  }

  /** Returns one row per unit: {@code unit, annotated, active, slope, intercept}. */
  @Override
  public Table table() {
    double nothing = Double.NaN;
    return Table.create(
        "calibration of action units",
        StringColumn.create("unit", units.stream().map(u -> u.unit().label()).toList()),
        LongColumn.create("annotated", units.stream().mapToLong(Unit::annotated).toArray()),
        LongColumn.create("active", units.stream().mapToLong(Unit::active).toArray()),
        DoubleColumn.create(
            "slope",
            units.stream()
                .mapToDouble(u -> u.fitted().map(PlattScaling::slope).orElse(nothing))
                .toArray()),
        DoubleColumn.create(
            "intercept",
            units.stream()
                .mapToDouble(u -> u.fitted().map(PlattScaling::intercept).orElse(nothing))
                .toArray()));
  }

  @Override
  public String toString() {
    return MetricResult.text(
        "lines through the logits, units there from strength %s".formatted(activeFrom), table());
  }
}
