package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import org.affect4j.training.loss.internal.Scalars;

/**
 * Couples the two heads on every sample, whatever its labels (Behaviour4All, section 3, L_dm): the
 * predicted expressions say how probable each unit is, {@code q_i = sum_e p(e) p(AU_i | e)},
 * limited to 0 to 1, and the unit head is compared with it, summed over the units.
 *
 * @param form how the two are compared
 * @param weights the relatedness of U units and C expressions
 * @param movesExpressions whether the expression head learns from the comparison too; otherwise q
 *     is taken as given
 */
public record DistributionMatching(
    Form form, RelatednessWeights weights, boolean movesExpressions) {
  /** Keeps the logarithm of q finite. */
  private static final double LEAST_Q = 1e-7;

  /** The three forms. */
  public enum Form {
    /** {@code -q log p} (Behaviour4All, equation 3); it only ever raises units. */
    BEHAVIOUR4ALL,
    /** {@code -p log q}, q from 1e-7 (FaceBehaviorNet, equation 3). */
    FACE_BEHAVIOR_NET,
    /**
     * {@code -q log p - (1 - q) log (1 - p)}: ours, the cross-entropy of two Bernoulli
     * distributions, which lowers units too.
     */
    BERNOULLI
  }

  /**
   * Computes the loss from the predicted expressions.
   *
   * @param expressionLogits {@code [batch, C]}
   * @param unitLogits {@code [batch, U]}
   * @param mask {@code [batch]}, which samples count
   * @return scalar
   */
  public NDArray of(NDArray expressionLogits, NDArray unitLogits, NDArray mask) {
    Masked.rows(expressionLogits, "expression logits", weights.classes().size());
    return ofProbabilities(expressionLogits.softmax(1), unitLogits, mask);
  }

  /**
   * Computes the loss from given probabilities, such as labels, or the mean of labels and
   * predictions.
   *
   * @param expressions {@code [batch, C]}, probabilities
   * @param unitLogits {@code [batch, U]}
   * @param mask {@code [batch]}, which samples count
   * @return scalar
   */
  public NDArray ofProbabilities(NDArray expressions, NDArray unitLogits, NDArray mask) {
    long batch = Masked.rows(expressions, "expression probabilities", weights.classes().size());
    Masked.require(unitLogits, "action unit logits", batch, weights.units().size());
    Masked.require(mask, "mask of samples", batch);
    NDArray given = movesExpressions ? expressions : expressions.stopGradient();
    NDArray q = given.matMul(weights.beside(expressions)).clip(0, 1);
    NDArray each =
        switch (form) {
          case BEHAVIOUR4ALL -> q.mul(Masked.minusLogSigmoid(unitLogits));
          case FACE_BEHAVIOR_NET ->
              ai.djl.nn.Activation.sigmoid(unitLogits).mul(Scalars.atLeast(q, LEAST_Q).log()).neg();
          case BERNOULLI ->
              q.mul(Masked.minusLogSigmoid(unitLogits))
                  .add(q.neg().add(1).mul(Masked.minusLogSigmoid(unitLogits.neg())));
        };
    return Masked.mean(each.sum(new int[] {1}), mask);
  }
}
