package org.affect4j.training.behaviour;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.quantise.PlattScaling;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.MathArrays;

/**
 * One slope for the logits of all expressions and an offset for each, after which a network that
 * speaks with even odds says what raters say where the prior is theirs: {@code p_k ~ exp(a z_k +
 * b_k) pi_k} (temperature scaling with offsets; Guo et al. 2017, sections 4.2 and 4.3, where a
 * matrix and a vector scaling stand beside the one temperature).
 *
 * @param slope a, above 0; above 1 where probabilities were too careful
 * @param offsets b of each expression, which sum to 0
 */
public record ExpressionCalibration(double slope, List<Double> offsets) {
  private static final int COUNT = Expression.COUNT;
  private static final int STEPS = 50;
  private static final double FLAT = 1e-10;

  /** Keeps logits finite: single precision holds no smaller probability. */
  private static final double LEAST = 1e-7;

  /** A little weight that all have: the sum of the offsets, which changes nothing, stays 0. */
  private static final double RIDGE = 1e-6;

  /** Copies the offsets. */
  public ExpressionCalibration {
    offsets = List.copyOf(offsets);
    if (offsets.size() != COUNT || !(slope > 0)) {
      throw new IllegalArgumentException(
          "a calibration has a slope above 0 and %d offsets, got %s and %s"
              .formatted(COUNT, slope, offsets));
    }
  }

  /**
   * Fits a network.
   *
   * @param network read with even odds
   * @param faces faces that it has not learned from
   * @param said distributions of the raters over the expressions for the same faces
   * @param prior how likely each expression is among these faces
   * @param progress hears of the faces read
   * @return slope and offsets
   */
  public static ExpressionCalibration fit(
      BehaviourModel network,
      CropSet faces,
      double[][] said,
      ExpressionPrior prior,
      ProgressListener progress) {
    return fit(Predictions.of(network, faces, progress).expressions(), said, prior);
  }

  /**
   * Fits slope and offsets by maximum likelihood of the raters' distributions, with Newton's
   * method; the function is convex.
   *
   * @param even probabilities at even odds, a row for each face
   * @param said distributions of the raters over the expressions for the same faces, each summing
   *     to 1
   * @param prior how likely each expression is among these faces
   * @return slope and offsets
   * @throws IllegalArgumentException if there are no faces, the rows do not fit together, or a
   *     higher probability does not mean more votes
   */
  static ExpressionCalibration fit(double[][] even, double[][] said, ExpressionPrior prior) {
    if (even.length == 0 || even.length != said.length) {
      throw new IllegalArgumentException(
          "expected votes for each of one or more faces, got %d faces and %d votes"
              .formatted(even.length, said.length));
    }
    double[][] logits =
        Arrays.stream(even)
            .map(row -> Arrays.stream(row).map(p -> Math.log(Math.max(LEAST, p))).toArray())
            .toArray(double[][]::new);
    double[] x = new double[COUNT + 1];
    x[0] = 1;
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[COUNT + 1];
      double[][] hessian = new double[COUNT + 1][COUNT + 1];
      for (int i = 0; i < logits.length; i++) {
        add(logits[i], said[i], prior, x, gradient, hessian);
      }
      for (int k = 0; k <= COUNT; k++) {
        gradient[k] += RIDGE * logits.length * x[k];
        hessian[k][k] += RIDGE * logits.length;
      }
      RealVector move =
          new LUDecomposition(new Array2DRowRealMatrix(hessian))
              .getSolver()
              .solve(new ArrayRealVector(gradient));
      // A whole step may leave for where all probabilities are 0 or 1 and nothing has a slope.
      double[] next = x;
      double loss = loss(logits, said, prior, x);
      do {
        next = new ArrayRealVector(x).subtract(move).toArray();
        move = move.mapMultiply(.5);
      } while (loss(logits, said, prior, next) > loss && move.getNorm() > FLAT);
      x = next;
      if (move.getNorm() < FLAT) {
        break;
      }
    }
    double[] fitted = x;
    double mean = Arrays.stream(x, 1, COUNT + 1).average().orElseThrow();
    return new ExpressionCalibration(
        x[0], IntStream.rangeClosed(1, COUNT).mapToObj(k -> fitted[k] - mean).toList());
  }

  private static double loss(double[][] z, double[][] said, ExpressionPrior prior, double[] x) {
    double sum = RIDGE * z.length * MathArrays.linearCombination(x, x) / 2;
    for (int i = 0; i < z.length; i++) {
      double[] p = probabilities(z[i], prior, x);
      for (int k = 0; k < COUNT; k++) {
        sum -= said[i][k] * Math.log(Math.max(Double.MIN_NORMAL, p[k]));
      }
    }
    return sum;
  }

  /** Adds one face's part: of {@code -sum_k t_k log p_k} with features (z_k, unit vector of k). */
  private static void add(
      double[] z, double[] said, ExpressionPrior prior, double[] x, double[] g, double[][] h) {
    double[] p = probabilities(z, prior, x);
    double mean = IntStream.range(0, COUNT).mapToDouble(k -> p[k] * z[k]).sum();
    for (int k = 0; k < COUNT; k++) {
      double error = p[k] - said[k];
      g[0] += error * z[k];
      g[k + 1] += error;
      h[0][0] += p[k] * (z[k] - mean) * (z[k] - mean);
      h[0][k + 1] += p[k] * (z[k] - mean);
      h[k + 1][0] += p[k] * (z[k] - mean);
      for (int j = 0; j < COUNT; j++) {
        h[k + 1][j + 1] += p[k] * ((j == k ? 1 : 0) - p[j]);
      }
    }
  }

  private static double[] probabilities(double[] z, ExpressionPrior prior, double[] x) {
    double[] scores =
        IntStream.range(0, COUNT)
            .mapToDouble(k -> x[0] * z[k] + x[k + 1] + Math.log(prior.probabilities().get(k)))
            .toArray();
    double most = Arrays.stream(scores).max().orElseThrow();
    double[] powers = Arrays.stream(scores).map(s -> Math.exp(s - most)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(e -> e / sum).toArray();
  }

  /**
   * Returns the line of each expression's logit.
   *
   * @return seven lines with the same slope
   */
  public List<PlattScaling> scalings() {
    return offsets.stream().map(offset -> new PlattScaling(slope, offset)).toList();
  }

  /**
   * Compares a network into which this was folded with this applied to what the network said
   * before.
   *
   * @param before the network as it was fitted to, read with even odds
   * @param after the changed network, read with even odds
   * @param faces any faces
   * @return largest difference of a probability
   */
  public double difference(BehaviourModel before, BehaviourModel after, CropSet faces) {
    double[][] was = Predictions.of(before, faces, ProgressListener.silent()).expressions();
    double[][] is = Predictions.of(after, faces, ProgressListener.silent()).expressions();
    return IntStream.range(0, was.length)
        .mapToDouble(i -> MathArrays.distanceInf(adjust(was[i]), is[i]))
        .max()
        .orElseThrow();
  }

  /**
   * Applies the calibration.
   *
   * @param even probabilities at even odds
   * @return calibrated probabilities at even odds
   */
  double[] adjust(double[] even) {
    double[] x = new double[COUNT + 1];
    x[0] = slope;
    for (int k = 0; k < COUNT; k++) {
      x[k + 1] = offsets.get(k);
    }
    double[] z = Arrays.stream(even).map(p -> Math.log(Math.max(LEAST, p))).toArray();
    return probabilities(z, ExpressionPrior.EVEN, x);
  }

  @Override
  public String toString() {
    return "expressions: slope %.3f, offsets %s"
        .formatted(
            slope,
            Expression.ALL.stream()
                .map(e -> "%s %.3f".formatted(e.label(), offsets.get(e.ordinal())))
                .toList());
  }
}
