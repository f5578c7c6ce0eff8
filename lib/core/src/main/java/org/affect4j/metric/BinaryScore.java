package org.affect4j.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Answers to one yes-or-no question, such as whether an action unit is active, against the truth.
 *
 * @param annotated samples whose answer is known
 * @param positives annotated samples that are active
 * @param truePositives active and found
 * @param falsePositives found but not active
 */
public record BinaryScore(long annotated, long positives, long truePositives, long falsePositives) {
  /**
   * Counts answers.
   *
   * @param labels 0, 1, or NaN where not annotated
   * @param scores of the same samples; not looked at where not annotated
   * @param threshold score from which on a sample counts as found
   * @return the counts
   * @throws IllegalArgumentException if the lengths differ
   */
  public static BinaryScore of(double[] labels, double[] scores, double threshold) {
    Check.sameLength("labels", labels.length, "scores", scores.length);
    long annotated = 0;
    long positives = 0;
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = 0; i < labels.length; i++) {
      if (!Double.isNaN(labels[i])) {
        boolean active = labels[i] == 1;
        boolean found = scores[i] >= threshold;
        annotated++;
        positives += active ? 1 : 0;
        truePositives += active && found ? 1 : 0;
        falsePositives += !active && found ? 1 : 0;
      }
    }
    return new BinaryScore(annotated, positives, truePositives, falsePositives);
  }

  /**
   * Returns {@code 2 TP / (2 TP + FP + FN)}.
   *
   * @return 0 to 1; 0 if nothing is active or found anywhere, NaN without annotation
   */
  public double f1() {
    return annotated == 0
        ? Double.NaN
        : Check.ratio(2 * truePositives, positives + truePositives + falsePositives);
  }

  /**
   * Returns the true-positive rate {@code TP / (TP + FN)}.
   *
   * @return 0 to 1; NaN if nothing is active
   */
  public double recall() {
    return (double) truePositives / positives;
  }

  /**
   * Returns {@code TP / (TP + FP)}.
   *
   * @return 0 to 1; NaN if nothing was found
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

  /**
   * Returns the area under the receiver operating characteristic: the probability that an active
   * sample scores above an inactive one, ties counting one half (Hanley and McNeil 1982). By Mann
   * and Whitney it is {@code (R - P (P + 1) / 2) / (P N)}, with R the sum of the positives' ranks.
   *
   * @param labels 0, 1, or NaN where not annotated
   * @param scores of the same samples
   * @return 0 to 1; NaN unless both kinds of sample occur
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double areaUnderCurve(double[] labels, double[] scores) {
    Check.sameLength("labels", labels.length, "scores", scores.length);
    int[] known = IntStream.range(0, labels.length).filter(i -> !Double.isNaN(labels[i])).toArray();
    long positives = Arrays.stream(known).filter(i -> labels[i] == 1).count();
    long negatives = known.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(Concordance.pick(scores, known));
    double sum = 0;
    for (int i = 0; i < ranks.length; i++) {
      sum += labels[known[i]] == 1 ? ranks[i] : 0;
    }
    return (sum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }

  /**
   * Returns the mean over classes of the area under the curve of each class against the rest, which
   * no prior of the classes can move much.
   *
   * @param classes the class of each sample, 0 or more
   * @param scores a score of each class for the same samples
   * @return 0 to 1, of the classes that some samples have and some have not; NaN if there is none
   */
  public static double meanAreaUnderCurve(int[] classes, double[][] scores) {
    Check.sameLength("classes", classes.length, "scores", scores.length);
    return IntStream.range(0, scores.length == 0 ? 0 : scores[0].length)
        .mapToDouble(
            c ->
                areaUnderCurve(
                    Arrays.stream(classes).mapToDouble(t -> t == c ? 1 : 0).toArray(),
                    Arrays.stream(scores).mapToDouble(row -> row[c]).toArray()))
        .filter(area -> !Double.isNaN(area))
        .average()
        .orElse(Double.NaN);
  }
}
