package org.affect4j.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Percentile bootstrap (Efron 1979): the figure is computed again on resamples of the same size,
 * drawn with replacement, and the interval runs between their quantiles.
 *
 * <p>Frames of one video are no independent samples: draw whole persons or videos with the {@code
 * Clusters} methods, or the interval comes out far too narrow. The same seed gives the same
 * interval.
 *
 * @param draws resamples, at least 100
 * @param level between 0 and 1, such as 0.95
 * @param seed of the random numbers
 */
public record Bootstrap(int draws, double level, long seed) {
  /** Bootstrap with 1,000 draws, level 0.95 and seed 1. */
  public static final Bootstrap STANDARD = new Bootstrap(1000, .95, 1);

  private static final int FEWEST_DRAWS = 100;

  /** Checks the ranges. */
  public Bootstrap {
    if (draws < FEWEST_DRAWS) {
      throw new IllegalArgumentException(
          "percentiles need at least %d draws, got %d".formatted(FEWEST_DRAWS, draws));
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("the level lies between 0 and 1, got " + level);
    }
  }

  /**
   * Computes the interval of a figure over independent samples.
   *
   * @param count samples, at least one
   * @param figure computes the figure from the indices (0 to count - 1) of the samples to use, with
   *     repetitions; NaN where it is not defined. It must not change the array
   * @return the figure and its interval
   */
  public Interval interval(int count, ToDoubleFunction<int[]> figure) {
    return intervals(count, single(figure)).get(0);
  }

  /**
   * Computes the intervals of several figures on the same resamples, in the time of one.
   *
   * @param count samples, at least one
   * @param figures computes all figures from indices as in {@link #interval}; always as many of
   *     them, at least one
   * @return each figure and its interval, in their order; unmodifiable
   */
  public List<Interval> intervals(int count, Function<int[], double[]> figures) {
    return resample(
        IntStream.range(0, count).mapToObj(i -> new int[] {i}).toArray(int[][]::new),
        figures,
        figures);
  }

  /**
   * Computes the interval of a figure over samples that come in clusters.
   *
   * @param clusters name of the person or video of each sample, at least one sample
   * @param figure as in {@link #interval}
   * @return the figure and its interval
   */
  public Interval intervalOverClusters(List<String> clusters, ToDoubleFunction<int[]> figure) {
    return intervalsOverClusters(clusters, single(figure)).get(0);
  }

  /**
   * Computes the intervals of several figures on the same resamples of clusters.
   *
   * @param clusters name of the person or video of each sample, at least one sample
   * @param figures as in {@link #intervals}
   * @return each figure and its interval, in their order; unmodifiable
   */
  public List<Interval> intervalsOverClusters(
      List<String> clusters, Function<int[], double[]> figures) {
    return resample(byName(clusters), figures, figures);
  }

  private static Function<int[], double[]> single(ToDoubleFunction<int[]> figure) {
    return indices -> new double[] {figure.applyAsDouble(indices)};
  }

  /**
   * Computes the interval of the difference of two figures on the same resamples of clusters, such
   * as those of two models on one test set: {@code first - second}. If the interval leaves out 0,
   * the difference is significant at the level.
   *
   * @param clusters name of the person or video of each sample, at least one sample
   * @param first figure of the first model
   * @param second figure of the second model
   * @return the difference and its interval
   */
  public Interval pairedOverClusters(
      List<String> clusters, ToDoubleFunction<int[]> first, ToDoubleFunction<int[]> second) {
    return intervalOverClusters(
        clusters, indices -> first.applyAsDouble(indices) - second.applyAsDouble(indices));
  }

  /**
   * Computes the interval of a figure that depends on two kinds of chance at once: which samples
   * were tested, and which of several repetitions (such as draws of training faces) were made. Both
   * are drawn with replacement, independently (the pigeonhole bootstrap of Owen 2007, The Annals of
   * Applied Statistics 1(2), section 3, which is a little too wide rather than too narrow). With a
   * single repetition it is {@link #intervalOverClusters}.
   *
   * @param repetitions how many there are, at least one
   * @param clusters name of the person or video of each sample, at least one sample
   * @param figure computes the figure from the indices of the repetitions and of the samples to
   *     use, both with repetitions; NaN where it is not defined. It must not change the arrays
   * @return the figure and its interval
   */
  public Interval crossed(
      int repetitions, List<String> clusters, ToDoubleBiFunction<int[], int[]> figure) {
    if (repetitions < 1) {
      throw new IllegalArgumentException(
          "an interval needs at least one repetition, got " + repetitions);
    }
    int[] all = IntStream.range(0, repetitions).toArray();
    SplittableRandom random = new SplittableRandom(~seed);
    return resample(
            byName(clusters),
            single(
                samples ->
                    figure.applyAsDouble(
                        random.ints(repetitions, 0, repetitions).toArray(), samples)),
            single(samples -> figure.applyAsDouble(all, samples)))
        .get(0);
  }

  private static int[][] byName(List<String> clusters) {
    return IntStream.range(0, clusters.size())
        .boxed()
        .collect(Collectors.groupingBy(clusters::get, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private List<Interval> resample(
      int[][] clusters, Function<int[], double[]> figures, Function<int[], double[]> wholeFigures) {
    if (clusters.length == 0) {
      throw new IllegalArgumentException("an interval needs at least one sample, got none");
    }
    double[] estimates = wholeFigures.apply(flatten(clusters));
    SplittableRandom random = new SplittableRandom(seed);
    double[][] values = new double[estimates.length][draws];
    int[] defined = new int[estimates.length];
    int[][] drawn = new int[clusters.length][];
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = clusters[random.nextInt(clusters.length)];
      }
      double[] resampled = figures.apply(flatten(drawn));
      for (int f = 0; f < estimates.length; f++) {
        if (!Double.isNaN(resampled[f])) {
          values[f][defined[f]++] = resampled[f];
        }
      }
    }
    return IntStream.range(0, estimates.length)
        .mapToObj(f -> interval(estimates[f], values[f], defined[f]))
        .toList();
  }

  Interval interval(double estimate, double[] values, int defined) {
    double low = Double.NaN;
    double high = Double.NaN;
    if (2 * defined > draws) {
      Percentile quantile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
      quantile.setData(values, 0, defined);
      low = quantile.evaluate(50 * (1 - level));
      high = quantile.evaluate(50 * (1 + level));
    }
    return new Interval(estimate, low, high, level, draws, draws - defined);
  }

  private static int[] flatten(int[][] clusters) {
    return Arrays.stream(clusters).flatMapToInt(Arrays::stream).toArray();
  }
}
