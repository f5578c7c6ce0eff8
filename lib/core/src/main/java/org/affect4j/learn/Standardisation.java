package org.affect4j.learn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Brings each feature to mean 0 and standard deviation 1 on the faces that were learned from. A
 * feature that was constant there becomes 0 everywhere: nothing was learned about it.
 *
 * <p>Ours rather than Tribuo's {@code MeanStdDevTransformation}, which divides by 0 where a feature
 * is constant, as happens with few faces, and which Tribuo cannot export to ONNX.
 *
 * @param means one per feature
 * @param factors one over the standard deviation, or 0, one per feature
 */
public record Standardisation(double[] means, double[] factors) {
  /** Deviations below this part of the mean are rounding, not information. */
  private static final double RELATIVE_NOISE = 1e-6;

  /** Copies the numbers. */
  public Standardisation {
    means = means.clone();
    factors = factors.clone();
  }

  /**
   * Measures the features of the faces that are learned from.
   *
   * @param rows one row of numbers per face, at least one
   * @return their standardisation
   */
  public static Standardisation of(double[][] rows) {
    int n = rows.length;
    int columns = rows[0].length;
    double[] means = new double[columns];
    double[] factors = new double[columns];
    for (int c = 0; c < columns; c++) {
      int column = c;
      double mean = Arrays.stream(rows).mapToDouble(r -> r[column]).average().orElseThrow();
      double squares =
          Arrays.stream(rows).mapToDouble(r -> (r[column] - mean) * (r[column] - mean)).sum();
      double deviation = Math.sqrt(squares / n);
      means[c] = mean;
      factors[c] = deviation > RELATIVE_NOISE * Math.max(1e-3, Math.abs(mean)) ? 1 / deviation : 0;
    }
    return new Standardisation(means, factors);
  }

  /** Returns a copy. */
  @Override
  public double[] means() {
    return means.clone();
  }

  /** Returns a copy. */
  @Override
  public double[] factors() {
    return factors.clone();
  }

  /**
   * Changes a row into a new one.
   *
   * @param row one number per feature
   * @return {@code (x - mean) factor} of each
   */
  public double[] apply(double[] row) {
    return IntStream.range(0, row.length)
        .mapToDouble(i -> (row[i] - means[i]) * factors[i])
        .toArray();
  }

  /**
   * Takes back what {@link #apply} did.
   *
   * @param row one standardised number per feature
   * @return {@code x / factor + mean} of each; the mean where a feature was constant
   */
  public double[] revert(double[] row) {
    return IntStream.range(0, row.length)
        .mapToDouble(i -> means[i] + (factors[i] == 0 ? 0 : row[i] / factors[i]))
        .toArray();
  }
}
