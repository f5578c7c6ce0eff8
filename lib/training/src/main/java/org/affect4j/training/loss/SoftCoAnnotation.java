package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.affect4j.face.AnnotatedExpression;

/**
 * Makes soft expression labels from labels of action units (Behaviour4All, equations 4 to 6,
 * L_sca): {@code I_e = sum_i w_i y_i / sum_i w_i} over the annotated units of e, {@code q =
 * softmax(I)}, and the loss {@code -sum_e q_e log p_e}.
 *
 * <p>The papers define no indicator for neutral, which has no units; ours is {@code 1 - max_e I_e}.
 * An expression without any annotated unit has the indicator 0. Samples without any annotated unit
 * do not count.
 *
 * @param weights the relatedness of U units and C expressions
 */
public record SoftCoAnnotation(RelatednessWeights weights) {
  /**
   * Returns how far each expression's units are active.
   *
   * @param unitLabels {@code [batch, U]}, 0 to 1; any finite value where the mask is 0
   * @param mask {@code [batch, U]}, which labels are known
   * @return {@code [batch, C]}, 0 to 1
   */
  public NDArray indicator(NDArray unitLabels, NDArray mask) {
    int units = weights.units().size();
    long batch = Masked.rows(unitLabels, "action unit labels", units);
    Masked.require(mask, "mask of action units", batch, units);
    NDArray table = weights.beside(unitLabels).transpose();
    NDArray most = mask.matMul(table);
    NDArray active = mask.mul(unitLabels).matMul(table);
    // 0 for neutral, which has no units.
    NDArray others = active.div(most.maximum(1e-12f));
    NDArray neutral = others.max(new int[] {1}, true).neg().add(1);
    return others.add(neutral.mul(isNeutral(unitLabels)));
  }

  private NDArray isNeutral(NDArray like) {
    double[] row =
        weights.classes().stream()
            .mapToDouble(e -> e == AnnotatedExpression.NEUTRAL ? 1 : 0)
            .toArray();
    return like.getManager()
        .create(row, new Shape(1, row.length))
        .toType(like.getDataType(), false);
  }

  /**
   * Returns the soft labels.
   *
   * @param unitLabels {@code [batch, U]}, 0 to 1
   * @param mask {@code [batch, U]}, which labels are known
   * @return {@code [batch, C]}, probabilities
   */
  public NDArray labels(NDArray unitLabels, NDArray mask) {
    return indicator(unitLabels, mask).softmax(1);
  }

  /**
   * Computes the loss.
   *
   * @param expressionLogits {@code [batch, C]}
   * @param unitLabels {@code [batch, U]}, 0 to 1; any finite value where the mask is 0
   * @param mask {@code [batch, U]}, which labels are known
   * @return scalar
   */
  public NDArray of(NDArray expressionLogits, NDArray unitLabels, NDArray mask) {
    long batch = Masked.rows(expressionLogits, "expression logits", weights.classes().size());
    Masked.require(unitLabels, "action unit labels", batch, weights.units().size());
    NDArray each =
        labels(unitLabels, mask).mul(expressionLogits.logSoftmax(1)).sum(new int[] {1}).neg();
    return Masked.mean(each, Masked.anyInRow(mask));
  }
}
