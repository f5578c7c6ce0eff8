package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.face.Expression;

/**
 * Cross-entropy of C classes, such as the seven expressions (Behaviour4All, equation 1, L_expr),
 * with weights per class as in the paper on EfficientNets (section 2) and label smoothing (Szegedy
 * et al. 2016, section 7): with {@code t = (1 - s) onehot(y) + s / C}, the loss is {@code sum_b
 * sum_c -w_c t_bc log p_bc / sum_b w_y(b)}.
 *
 * <p>Of labels with frequencies f the network learns even odds if the loss is taken of {@code
 * logits + log(w f)} (Menon et al. 2021, Long-tail learning via logit adjustment, equation 10).
 *
 * @param classWeights weight of each class, 0 or more; as many as there are classes, at least two
 * @param smoothing part of the target that is spread over all classes, 0 to below 1
 * @param adjustment what is added to the logit of each class; none, or one for each class
 */
public record ExpressionLoss(List<Double> classWeights, double smoothing, List<Double> adjustment) {
  /** Copies and checks the weights. */
  public ExpressionLoss {
    classWeights = List.copyOf(classWeights);
    adjustment = List.copyOf(adjustment);
    if (!adjustment.isEmpty() && adjustment.size() != classWeights.size()) {
      throw new IllegalArgumentException(
          "expected an adjustment for each of %d classes, got %s"
              .formatted(classWeights.size(), adjustment));
    }
    if (classWeights.size() < 2
        || classWeights.stream().anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw new IllegalArgumentException(
          "expected a weight of 0 or more for each of two or more classes, got " + classWeights);
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing is 0 to below 1, got " + smoothing);
    }
  }

  /**
   * A loss whose logits are taken as they are.
   *
   * @param classWeights weight of each class
   * @param smoothing part of the target that is spread over all classes
   */
  public ExpressionLoss(List<Double> classWeights, double smoothing) {
    this(classWeights, smoothing, List.of());
  }

  /**
   * Returns the loss by which a network learns even odds.
   *
   * @param frequencies how often each class occurs in what is learned, above 0; in any unit
   * @return changed copy
   */
  public ExpressionLoss withEvenOdds(List<Double> frequencies) {
    if (frequencies.size() != classWeights.size() || frequencies.stream().anyMatch(f -> !(f > 0))) {
      throw new IllegalArgumentException(
          "expected a frequency above 0 for each of %d classes, got %s"
              .formatted(classWeights.size(), frequencies));
    }
    double sum =
        IntStream.range(0, frequencies.size())
            .mapToDouble(c -> classWeights.get(c) * frequencies.get(c))
            .sum();
    return new ExpressionLoss(
        classWeights,
        smoothing,
        IntStream.range(0, frequencies.size())
            .mapToObj(c -> Math.log(classWeights.get(c) * frequencies.get(c) / sum))
            .toList());
  }

  /** The seven expressions, with equal weights and no smoothing. */
  public ExpressionLoss() {
    this(Collections.nCopies(Expression.COUNT, 1.0), 0);
  }

  /**
   * Weights that grow with the rarity of a class: {@code (mean count / count)^power}, such as a
   * power of .5.
   *
   * @param counts how often each class occurs, 1 or more
   * @param power 0 for equal weights, 1 for classes of equal importance
   * @param smoothing part of the target that is spread over all classes
   * @return the loss
   */
  public static ExpressionLoss balanced(List<Long> counts, double power, double smoothing) {
    if (counts.stream().anyMatch(c -> c < 1)) {
      throw new IllegalArgumentException(
          "every class must occur to be weighted by its rarity, got counts " + counts);
    }
    double mean = counts.stream().mapToLong(c -> c).average().orElse(0);
    return new ExpressionLoss(
        counts.stream().map(c -> Math.pow(mean / c, power)).toList(), smoothing);
  }

  /**
   * Computes the loss.
   *
   * @param logits {@code [batch, C]}
   * @param labels {@code [batch]}, number of the class or -1
   * @return scalar
   */
  public NDArray of(NDArray logits, NDArray labels) {
    long batch = Masked.rows(logits, "expression logits", classWeights.size());
    Masked.require(labels, "expression labels", batch);
    return ofShares(
        logits, Masked.oneHot(labels, logits).mul(Masked.known(labels, logits).reshape(-1, 1)));
  }

  /**
   * Computes the loss from labels that are shared out between expressions, as in mixed faces, or
   * that count less than others: with shares y_bc, {@code t_bc = (1 - s) y_bc + s / C sum_k y_bk},
   * the loss is {@code sum_b sum_c -w_c t_bc log p_bc / sum_b sum_c w_c y_bc}.
   *
   * @param logits {@code [batch, C]}
   * @param shares {@code [batch, C]}, 0 or more; rows sum to 1 for full weight, to 0 for no label
   * @return scalar
   */
  public NDArray ofShares(NDArray logits, NDArray shares) {
    long batch = Masked.rows(logits, "expression logits", classWeights.size());
    Masked.require(shares, "shares of expressions", batch, classWeights.size());
    NDArray weights = row(classWeights, logits);
    NDArray spread = shares.sum(new int[] {1}, true).mul((float) (smoothing / classWeights.size()));
    NDArray target = shares.mul((float) (1 - smoothing)).add(spread);
    NDArray adjusted = adjustment.isEmpty() ? logits : logits.add(row(adjustment, logits));
    NDArray all = adjusted.logSoftmax(1).neg().mul(target).mul(weights).sum();
    return all.div(shares.mul(weights).sum().maximum(1e-12f));
  }

  private static NDArray row(List<Double> values, NDArray logits) {
    return logits
        .getManager()
        .create(values.stream().mapToDouble(v -> v).toArray(), new Shape(1, values.size()))
        .toType(logits.getDataType(), false);
  }
}
