package org.affect4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * Whether probabilities mean what they say: of all faces called happy with 0.8, 80 % should be.
 *
 * @param bins the reliability diagram, bins of equal width from 0 to 1, empty ones included
 */
public record Calibration(List<Bin> bins) implements MetricResult {
  private static final double TOLERANCE = 1e-3;

  /** Copies the list. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * One bin of the reliability diagram.
   *
   * @param low lower end of the bin's probabilities; belongs to the bin below, save 0
   * @param high upper end, belongs to this bin
   * @param count samples in the bin
   * @param meanProbability mean predicted probability, 0 to 1; NaN in an empty bin
   * @param fraction how many of them came true, 0 to 1; NaN in an empty bin
   */
  public record Bin(double low, double high, long count, double meanProbability, double fraction) {}

  /**
   * Bins class predictions by the probability of the predicted class; what comes true is that the
   * class is right.
   *
   * @param truth true class of each sample, an index into each row of probabilities
   * @param probabilities one row per sample, each adding up to 1; of equals the first is predicted
   * @param binCount bins, 15 in the literature
   * @return the calibration
   * @throws IllegalArgumentException if lengths differ, an index or a probability is out of range
   */
  public static Calibration ofClasses(int[] truth, double[][] probabilities, int binCount) {
    Check.sameLength("truth", truth.length, "prediction", probabilities.length);
    double[] stated = new double[truth.length];
    double[] right = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      double[] row = probabilities[i];
      Check.index("truth", truth[i], i, row.length);
      double sum = Arrays.stream(row).sum();
      if (!(Math.abs(sum - 1) <= TOLERANCE)) {
        throw new IllegalArgumentException(
            "probabilities of sample %d add up to %s, expected 1; apply softmax to logits first"
                .formatted(i, sum));
      }
      int best = LabelScorer.best(row);
      stated[i] = row[best];
      right[i] = best == truth[i] ? 1 : 0;
    }
    return ofBinary(right, stated, binCount);
  }

  /**
   * Bins the probabilities of one yes-or-no question, such as an action unit.
   *
   * @param labels 0, 1, or NaN where not annotated
   * @param scores probabilities of the same samples, 0 to 1
   * @param binCount bins, 15 in the literature
   * @return the calibration over the annotated samples
   * @throws IllegalArgumentException if lengths differ or a value is out of range
   */
  public static Calibration ofBinary(double[] labels, double[] scores, int binCount) {
    Check.sameLength("labels", labels.length, "scores", scores.length);
    if (binCount < 1) {
      throw new IllegalArgumentException("at least one bin is needed, got " + binCount);
    }
    long[] counts = new long[binCount];
    double[] sums = new double[binCount];
    double[] hits = new double[binCount];
    for (int i = 0; i < labels.length; i++) {
      if (Check.annotated(labels[i], i, "the question")) {
        Check.unitScore(scores[i], i, "the prediction");
        int bin = Math.max(0, (int) Math.ceil(scores[i] * binCount) - 1);
        counts[bin]++;
        sums[bin] += scores[i];
        hits[bin] += labels[i];
      }
    }
    double n = binCount;
    return new Calibration(
        IntStream.range(0, binCount)
            .mapToObj(
                b ->
                    new Bin(
                        b / n, (b + 1) / n, counts[b], sums[b] / counts[b], hits[b] / counts[b]))
            .toList());
  }

  /**
   * Returns how many samples were binned.
   *
   * @return samples
   */
  public long count() {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /**
   * Returns the expected calibration error (Guo et al. 2017): {@code sum_b n_b / n |fraction_b -
   * meanProbability_b|}.
   *
   * @return 0 (calibrated) to 1; NaN without samples
   */
  public double expectedError() {
    double n = count();
    return n == 0
        ? Double.NaN
        : bins.stream()
            .filter(b -> b.count > 0)
            .mapToDouble(b -> b.count / n * Math.abs(b.fraction - b.meanProbability))
            .sum();
  }

  @Override
  public Table table() {
    return Table.create(
        "calibration",
        MetricResult.numbers("low", bins, Bin::low),
        MetricResult.numbers("high", bins, Bin::high),
        LongColumn.create("count", bins.stream().mapToLong(Bin::count).toArray()),
        MetricResult.numbers("mean_probability", bins, Bin::meanProbability),
        MetricResult.numbers("fraction", bins, Bin::fraction));
  }

  @Override
  public String toString() {
    return "expected calibration error %.3f (%d samples)%n".formatted(expectedError(), count())
        + MetricResult.text("reliability", table());
  }
}
