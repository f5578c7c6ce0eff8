package org.affect4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * How well predicted valence or arousal follows its annotation. All moments are population moments.
 *
 * @param count samples that were compared
 * @param ccc concordance correlation coefficient (Lin 1989), -1 to 1: {@code 2 cov(x, y) / (var x +
 *     var y + (mean x - mean y)^2)}; NaN if both sequences are constant and equal, or empty
 * @param pearson correlation, -1 to 1: {@code cov(x, y) / sqrt(var x var y)}; NaN if either
 *     sequence is constant
 * @param mse mean squared error in squared units of the label; NaN if empty
 * @param mae mean absolute error in units of the label; NaN if empty
 * @param signAgreement fraction of samples whose sign is right, 0 to 1; zero is a sign of its own;
 *     NaN if empty
 */
public record Concordance(
    long count, double ccc, double pearson, double mse, double mae, double signAgreement)
    implements MetricResult {

  /**
   * Compares predictions with annotations. The order of the two does not matter to any figure.
   *
   * @param truth annotations, finite
   * @param prediction predictions of the same samples, finite
   * @return the figures
   * @throws IllegalArgumentException if the lengths differ or a value is not finite
   */
  public static Concordance of(double[] truth, double[] prediction) {
    Check.sameLength("truth", truth.length, "prediction", prediction.length);
    for (int i = 0; i < truth.length; i++) {
      if (!Double.isFinite(truth[i]) || !Double.isFinite(prediction[i])) {
        throw new IllegalArgumentException(
            "sample %d has truth %s and prediction %s, expected finite numbers; ofAnnotated leaves out samples without annotation"
                .formatted(i, truth[i], prediction[i]));
      }
    }
    int n = truth.length;
    double meanX = StatUtils.sum(prediction) / n;
    double meanY = StatUtils.sum(truth) / n;
    double varX = 0;
    double varY = 0;
    double cov = 0;
    double squared = 0;
    double absolute = 0;
    long agree = 0;
    for (int i = 0; i < n; i++) {
      double dx = prediction[i] - meanX;
      double dy = truth[i] - meanY;
      varX += dx * dx;
      varY += dy * dy;
      cov += dx * dy;
      double error = prediction[i] - truth[i];
      squared += error * error;
      absolute += Math.abs(error);
      if (Math.signum(prediction[i]) == Math.signum(truth[i])) {
        agree++;
      }
    }
    // Rounding leaves a constant sequence a variance of about 1e-33 where its mean is inexact.
    boolean constantX = isConstant(prediction);
    boolean constantY = isConstant(truth);
    varX = constantX ? 0 : varX / n;
    varY = constantY ? 0 : varY / n;
    cov = constantX || constantY ? 0 : cov / n;
    double shift = constantX && constantY && n > 0 ? prediction[0] - truth[0] : meanX - meanY;
    double ccc = 2 * cov / (varX + varY + shift * shift);
    double pearson = cov / Math.sqrt(varX * varY);
    return new Concordance(
        n, ccc, clampCorrelation(pearson), squared / n, absolute / n, (double) agree / n);
  }

  /**
   * Compares predictions with those annotations that are there.
   *
   * @param truth annotations; NaN where a sample has none
   * @param prediction predictions of the same samples; finite where the sample is annotated
   * @return the figures over the annotated samples
   * @throws IllegalArgumentException if the lengths differ or a used value is not finite
   */
  public static Concordance ofAnnotated(double[] truth, double[] prediction) {
    Check.sameLength("truth", truth.length, "prediction", prediction.length);
    int[] annotated =
        IntStream.range(0, truth.length).filter(i -> !Double.isNaN(truth[i])).toArray();
    return of(pick(truth, annotated), pick(prediction, annotated));
  }

  static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /** Takes back what rounding adds beyond 1; NaN stays NaN. */
  private static double clampCorrelation(double r) {
    return Double.isNaN(r) ? r : Math.max(-1, Math.min(1, r));
  }

  @Override
  public Table table() {
    return Table.create(
        "concordance",
        LongColumn.create("count", count),
        DoubleColumn.create("ccc", ccc),
        DoubleColumn.create("pearson", pearson),
        DoubleColumn.create("mse", mse),
        DoubleColumn.create("mae", mae),
        DoubleColumn.create("sign_agreement", signAgreement));
  }

  @Override
  public String toString() {
    return "CCC %.3f, Pearson %.3f, MSE %.4f, MAE %.4f, sign agreement %.3f (%d samples)"
        .formatted(ccc, pearson, mse, mae, signAgreement, count);
  }
}
