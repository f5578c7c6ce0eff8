package org.affect4j.training.quantise;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A straight line through the logits of a probability, after which it means what it says: {@code
 * logit p' = slope * logit p + intercept} (Platt 1999, Probabilistic Outputs for Support Vector
 * Machines, section 2; with intercept 0 the temperature scaling of Guo et al. 2017, section 4.2,
 * slope being the inverse temperature). The order of samples stays as it was.
 *
 * @param slope above 0; above 1 where probabilities were too careful
 * @param intercept any finite number; below 0 where they were too high
 */
public record PlattScaling(double slope, double intercept) {
  /** Leaves probabilities as they are. */
  public static final PlattScaling NONE = new PlattScaling(1, 0);

  /** Keeps the logits of 0 and 1 finite; single precision holds no probability nearer to 1. */
  private static final double LEAST = 1e-7;

  private static final int MOST_STEPS = 100;
  private static final double SMALLEST_STEP = 1e-10;
  private static final double FLAT = 1e-8;
  private static final double SUFFICIENT = 1e-4;

  /** Checks the ranges. */
  public PlattScaling {
    if (!(slope > 0) || Double.isInfinite(slope) || !Double.isFinite(intercept)) {
      throw new IllegalArgumentException(
          "a scaling needs a slope above 0 and a finite intercept, got %s and %s"
              .formatted(slope, intercept));
    }
  }

  /**
   * Fits the line to labels: the maximum of likelihood, found by Newton's method with a line search
   * (Lin, Lin and Weng 2007, A Note on Platt's Probabilistic Outputs, algorithm 1). The targets are
   * Platt's, {@code (n1 + 1) / (n1 + 2)} for each of n1 active samples and {@code 1 / (n0 + 2)} for
   * each of n0 others, so that few samples cannot ask for certainty.
   *
   * @param labels 0, 1, or NaN where not annotated
   * @param probabilities of the same samples, 0 to 1; not looked at where not annotated
   * @return the line; empty if the labels are all the same, or if a higher probability does not
   *     mean that the label is more often 1
   * @throws IllegalArgumentException if lengths differ or a value is out of range
   */
  public static Optional<PlattScaling> fit(double[] labels, double[] probabilities) {
    int positives = 0;
    int negatives = 0;
    for (int i = 0; i < labels.length; i++) {
      if (!Double.isNaN(labels[i]) && labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException(
            "label %d is %s, expected 0, 1, or NaN where it is not annotated"
                .formatted(i, labels[i]));
      }
      positives += labels[i] == 1 ? 1 : 0;
      negatives += labels[i] == 0 ? 1 : 0;
    }
    double active = (positives + 1.0) / (positives + 2);
    double inactive = 1.0 / (negatives + 2);
    return fit(
        Arrays.stream(labels)
            .map(label -> Double.isNaN(label) ? label : label == 1 ? active : inactive)
            .toArray(),
        Arrays.stream(labels).map(label -> 1).toArray(),
        probabilities);
  }

  /**
   * Fits the line to targets that are probabilities themselves.
   *
   * @param targets 0 to 1, or NaN where nothing is known
   * @param weights how much each sample counts, 0 or more
   * @param probabilities of the same samples, 0 to 1; not looked at where nothing is known
   * @return the line; empty if no weight is left, the targets are all the same, or a higher
   *     probability does not mean a higher target
   * @throws IllegalArgumentException if lengths differ or a value is out of range
   */
  public static Optional<PlattScaling> fit(
      double[] targets, double[] weights, double[] probabilities) {
    if (weights.length != targets.length || probabilities.length != targets.length) {
      throw new IllegalArgumentException(
          "%d targets, %d weights and %d probabilities; they must be of the same samples"
              .formatted(targets.length, weights.length, probabilities.length));
    }
    for (int i = 0; i < targets.length; i++) {
      boolean fits = Double.isNaN(targets[i]) || (isShare(targets[i]) && isShare(probabilities[i]));
      if (!fits || !(weights[i] >= 0)) {
        throw new IllegalArgumentException(
            "sample %d has target %s, weight %s and probability %s; expected 0 to 1, 0 or more, and 0 to 1"
                .formatted(i, targets[i], weights[i], probabilities[i]));
      }
    }
    int[] known =
        IntStream.range(0, targets.length).filter(i -> !Double.isNaN(targets[i])).toArray();
    double all = IntStream.of(known).mapToDouble(i -> weights[i]).sum();
    double mean = IntStream.of(known).mapToDouble(i -> weights[i] * targets[i]).sum() / all;
    if (!(all > 0) || IntStream.of(known).allMatch(i -> targets[i] == targets[known[0]])) {
      return Optional.empty();
    }
    double[] line =
        new Fit(
                IntStream.of(known).mapToDouble(i -> logit(probabilities[i])).toArray(),
                IntStream.of(known).mapToDouble(i -> targets[i]).toArray(),
                IntStream.of(known).mapToDouble(i -> weights[i]).toArray(),
                logit(mean))
            .line();
    return line[0] > 0 ? Optional.of(new PlattScaling(line[0], line[1])) : Optional.empty();
  }

  /** One search for a line. */
  private static final class Fit {
    private final double[] logits;
    private final double[] targets;
    private final double[] weights;
    private final double[] line;

    Fit(double[] logits, double[] targets, double[] weights, double intercept) {
      this.logits = logits;
      this.targets = targets;
      this.weights = weights;
      this.line = new double[] {0, intercept};
    }

    double[] line() {
      double loss = loss(line[0], line[1]);
      for (int step = 0; step < MOST_STEPS; step++) {
        double g0 = 0;
        double g1 = 0;
        double h00 = 1e-12;
        double h11 = 1e-12;
        double h01 = 0;
        for (int i = 0; i < logits.length; i++) {
          double p = sigmoid(line[0] * logits[i] + line[1]);
          double error = weights[i] * (p - targets[i]);
          double curvature = weights[i] * p * (1 - p);
          g0 += error * logits[i];
          g1 += error;
          h00 += curvature * logits[i] * logits[i];
          h01 += curvature * logits[i];
          h11 += curvature;
        }
        if (Math.abs(g0) < FLAT && Math.abs(g1) < FLAT) {
          break;
        }
        double determinant = h00 * h11 - h01 * h01;
        double d0 = -(h11 * g0 - h01 * g1) / determinant;
        double d1 = -(h00 * g1 - h01 * g0) / determinant;
        double descent = g0 * d0 + g1 * d1;
        double length = 1;
        double next = loss(line[0] + d0, line[1] + d1);
        while (!(next < loss + SUFFICIENT * length * descent) && length > SMALLEST_STEP) {
          length /= 2;
          next = loss(line[0] + length * d0, line[1] + length * d1);
        }
        if (length <= SMALLEST_STEP) {
          break;
        }
        line[0] += length * d0;
        line[1] += length * d1;
        loss = next;
      }
      return line;
    }

    private double loss(double slope, double intercept) {
      double sum = 0;
      for (int i = 0; i < logits.length; i++) {
        double z = slope * logits[i] + intercept;
        // -t log p - (1 - t) log(1 - p), written so that large logits do not overflow.
        sum += weights[i] * (Math.max(z, 0) - targets[i] * z + Math.log1p(Math.exp(-Math.abs(z))));
      }
      return sum;
    }
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }

  private static double logit(double probability) {
    if (!isShare(probability)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, got " + probability);
    }
    double p = Math.max(LEAST, Math.min(1 - LEAST, probability));
    return Math.log(p / (1 - p));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }

  /**
   * Applies the line.
   *
   * @param probability 0 to 1; within 1e-7 of 0 and 1 it is taken for that
   * @return the new probability, 0 to 1
   * @throws IllegalArgumentException if it is outside that range
   */
  public double probability(double probability) {
    return sigmoid(slope * logit(probability) + intercept);
  }
}
