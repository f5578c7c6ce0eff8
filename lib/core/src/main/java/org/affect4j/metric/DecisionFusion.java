package org.affect4j.metric;

import java.util.List;

/**
 * Decision-level fusion of several networks: the mean of their answers, each weighted by how well
 * its network did, {@code O = sum_n t_n o_n / sum_n t_n} (Kollias and Zafeiriou, Affect Analysis
 * in-the-wild … and a Unified Framework, section V.B.3, equation 3). Valence and arousal have
 * weights of their own there: the concordance of each network on validation data.
 *
 * @param weights weight t of each network, such as {@link Concordance#ccc()} on validation data,
 *     above 0; at least one
 */
public record DecisionFusion(List<Double> weights) {
  /** Copies and checks the weights. */
  public DecisionFusion {
    weights = List.copyOf(weights);
    if (weights.isEmpty() || weights.stream().anyMatch(t -> !(t > 0) || t.isInfinite())) {
      throw new IllegalArgumentException(
          "networks are weighted by numbers above 0, such as their CCC, got %s; leave out a network that did no better than chance"
              .formatted(weights));
    }
  }

  /**
   * Joins answers.
   *
   * @param answers one series for each weight, all of the same samples; NaN where a network has no
   *     answer, which then has no weight there
   * @return one answer per sample; NaN where no network has one
   * @throws IllegalArgumentException if there are more or fewer series than weights, or their
   *     lengths differ
   */
  public double[] of(List<double[]> answers) {
    if (answers.size() != weights.size()) {
      throw new IllegalArgumentException(
          "%d networks have weights, but %d series were given"
              .formatted(weights.size(), answers.size()));
    }
    double[] sum = new double[answers.get(0).length];
    double[] total = new double[sum.length];
    for (int n = 0; n < weights.size(); n++) {
      double[] series = answers.get(n);
      Check.sameLength("the first network", sum.length, "network " + (n + 1), series.length);
      for (int i = 0; i < sum.length; i++) {
        if (!Double.isNaN(series[i])) {
          sum[i] += weights.get(n) * series[i];
          total[i] += weights.get(n);
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= total[i];
    }
    return sum;
  }
}
