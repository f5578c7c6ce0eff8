package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import org.affect4j.training.loss.internal.Scalars;

/**
 * One minus the mean concordance of valence and arousal over the batch (Behaviour4All, L_va):
 * {@code CCC(x, y) = 2 cov(x, y) / (var x + var y + (mean x - mean y)^2)} with population moments
 * (the unified framework, equation 1).
 */
public final class ConcordanceLoss {
  /** Keeps the quotient finite where both sides are constant and equal. */
  private static final float EPSILON = 1e-8f;

  /**
   * Computes the loss. A column without labels adds nothing; with one label there is no covariance,
   * and the loss of the column is 1 without a gradient.
   *
   * @param prediction {@code [batch, 2]}, valence and arousal
   * @param truth {@code [batch, 2]}; any finite value where the mask is 0
   * @param mask {@code [batch, 2]}, which labels count
   * @return scalar, 0 to 2
   */
  public NDArray of(NDArray prediction, NDArray truth, NDArray mask) {
    long batch = Masked.rows(prediction, "valence and arousal", 2);
    Masked.require(truth, "labels of valence and arousal", batch, 2);
    Masked.require(mask, "mask of valence and arousal", batch, 2);
    int[] rows = {0};
    NDArray count = mask.sum(rows).maximum(1e-12f);
    NDArray meanX = prediction.mul(mask).sum(rows).div(count);
    NDArray meanY = truth.mul(mask).sum(rows).div(count);
    NDArray x = prediction.sub(meanX);
    NDArray y = truth.sub(meanY);
    NDArray covariance = x.mul(y).mul(mask).sum(rows).div(count);
    NDArray spread = x.square().add(y.square()).mul(mask).sum(rows).div(count);
    NDArray concordance =
        Scalars.times(covariance, 2).div(spread.add(meanX.sub(meanY).square()).add(EPSILON));
    NDArray present = mask.sum(rows).gt(0).toType(prediction.getDataType(), false);
    return Masked.mean(concordance.neg().add(1), present);
  }
}
