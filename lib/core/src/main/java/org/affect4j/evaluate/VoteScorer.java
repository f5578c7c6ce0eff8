package org.affect4j.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelScorer;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;

/** Judges expressions by the votes of several raters, and the raters by each other. */
final class VoteScorer {
  /** Where the label is what at least so many raters say, it is called clear. */
  private static final double HALF = .5;

  private static final String CLEAR = "faces with half of the votes or more";

  private final JudgedRows samples;
  private final int[] voted;
  private final Function<int[], LabelScorer> scorer;

  /**
   * Prepares the figures.
   *
   * @param used rows with label and prediction
   * @param scorer the scorer of some rows
   */
  VoteScorer(JudgedRows samples, int[] used, Function<int[], LabelScorer> scorer) {
    this.samples = samples;
    this.voted = Arrays.stream(used).filter(i -> samples.votes(i).isPresent()).toArray();
    this.scorer = scorer;
  }

  /** Adds the figures; none where nobody voted. */
  void addTo(List<Measurement> figures) {
    if (voted.length == 0) {
      return;
    }
    figures.add(mean(LabelMetrics.TOTAL_VARIATION, "", voted, this::distance));
    int[] several =
        Arrays.stream(voted).filter(i -> samples.raterAccuracy(i).isPresent()).toArray();
    figures.add(
        mean(
            LabelMetrics.RATER_ACCURACY, "", several, i -> samples.raterAccuracy(i).orElseThrow()));
    int[] clear =
        Arrays.stream(voted)
            .filter(i -> samples.votes(i).orElseThrow()[samples.expression[i]] >= HALF)
            .toArray();
    if (clear.length > 0) {
      figures.add(
          mean(
              LabelMetrics.ACCURACY,
              CLEAR,
              clear,
              i -> samples.expression[i] == samples.readExpression[i] ? 1 : 0));
    }
  }

  private Measurement mean(LabelMetrics metric, String of, int[] rows, IntToDoubleFunction value) {
    double[] values = Arrays.stream(rows).mapToDouble(value::applyAsDouble).toArray();
    return scorer
        .apply(rows)
        .measure(
            LabelTask.EXPRESSION,
            metric,
            of,
            rows.length,
            drawn -> Arrays.stream(drawn).mapToDouble(i -> values[i]).average().orElse(Double.NaN));
  }

  /** Total variation between what was read and the votes for the seven expressions. */
  private double distance(int i) {
    double[] votes = samples.votes(i).orElseThrow();
    double sum = Arrays.stream(votes).sum();
    double[] read = samples.probabilities[i];
    return IntStream.range(0, read.length)
            .mapToDouble(k -> Math.abs(read[k] - votes[k] / sum))
            .sum()
        / 2;
  }
}
