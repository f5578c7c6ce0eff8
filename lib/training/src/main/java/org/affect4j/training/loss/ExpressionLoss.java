package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.affect4j.face.Expression;

/**
 * Cross-entropy of the seven expressions (Behaviour4All, equation 1, L_expr), with weights per
 * class as in the paper on EfficientNets (section 2) and label smoothing (Szegedy et al. 2016,
 * section 7): with {@code t = (1 - s) onehot(y) + s / 7}, the loss is {@code sum_b sum_c -w_c t_bc
 * log p_bc / sum_b w_y(b)}.
 *
 * @param classWeights weight of each expression, 0 or more
 * @param smoothing part of the target that is spread over all classes, 0 to below 1
 */
public record ExpressionLoss(List<Double> classWeights, double smoothing) {
  /** Copies and checks the weights. */
  public ExpressionLoss {
    classWeights = List.copyOf(classWeights);
    if (classWeights.size() != Expression.COUNT
        || classWeights.stream().anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw new IllegalArgumentException(
          "expected %d weights of 0 or more, got %s".formatted(Expression.COUNT, classWeights));
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException("smoothing is 0 to below 1, got " + smoothing);
    }
  }

  /** Equal weights and no smoothing. */
  public ExpressionLoss() {
    this(Collections.nCopies(Expression.COUNT, 1.0), 0);
  }

  /**
   * Weights that grow with the rarity of a class: {@code (mean count / count)^power}, such as a
   * power of .5.
   *
   * @param counts how often each expression occurs, 1 or more
   * @param power 0 for equal weights, 1 for classes of equal importance
   * @param smoothing part of the target that is spread over all classes
   * @return the loss
   */
  public static ExpressionLoss balanced(List<Long> counts, double power, double smoothing) {
    if (counts.stream().anyMatch(c -> c < 1)) {
      throw new IllegalArgumentException(
          "every expression must occur to be weighted by its rarity, got counts " + counts);
    }
    double mean = counts.stream().mapToLong(c -> c).average().orElse(0);
    return new ExpressionLoss(
        counts.stream().map(c -> Math.pow(mean / c, power)).toList(), smoothing);
  }

  /**
   * Computes the loss.
   *
   * @param logits {@code [batch, 7]}
   * @param labels {@code [batch]}, number of the expression or -1
   * @return scalar
   */
  public NDArray of(NDArray logits, NDArray labels) {
    long batch = Masked.rows(logits, "expression logits", Expression.COUNT);
    Masked.require(labels, "expression labels", batch);
    NDArray hot = Masked.oneHot(labels, logits);
    NDArray weights =
        logits
            .getManager()
            .create(
                classWeights.stream().mapToDouble(w -> w).toArray(), new Shape(1, Expression.COUNT))
            .toType(logits.getDataType(), false);
    NDArray target = hot.mul((float) (1 - smoothing)).add((float) (smoothing / Expression.COUNT));
    NDArray each = logits.logSoftmax(1).neg().mul(target).mul(weights).sum(new int[] {1});
    NDArray known = Masked.known(labels, logits);
    NDArray scale = hot.mul(weights).sum(new int[] {1}).mul(known);
    return each.mul(known).sum().div(scale.sum().maximum(1e-12f));
  }
}
