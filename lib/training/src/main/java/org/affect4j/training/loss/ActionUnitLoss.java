package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.affect4j.face.ActionUnit;

/**
 * Binary cross-entropy of U action units, for each sample the mean over the units that it is
 * annotated with (FaceBehaviorNet, equation 1), then the mean over the samples that have any:
 * {@code sum_i m_i [-v_i y_i log p_i - (1 - y_i) log (1 - p_i)] / sum_i m_i}. As a sum (the unified
 * framework of Kollias and Zafeiriou, equation 5) it is not divided by {@code sum_i m_i}.
 *
 * @param positiveWeights weight v of a unit where it is active, as in the paper on EfficientNets
 *     (section 2), 0 or more; as many as there are units
 * @param summed whether the units of a sample are added up, rather than their mean taken
 */
public record ActionUnitLoss(List<Double> positiveWeights, boolean summed) {
  /** Copies and checks the weights. */
  public ActionUnitLoss {
    positiveWeights = List.copyOf(positiveWeights);
    if (positiveWeights.isEmpty()
        || positiveWeights.stream().anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw new IllegalArgumentException(
          "expected a weight of 0 or more for each unit, got " + positiveWeights);
    }
  }

  /**
   * The mean over the units.
   *
   * @param positiveWeights weight of each unit where it is active
   */
  public ActionUnitLoss(List<Double> positiveWeights) {
    this(positiveWeights, false);
  }

  /** Weight 1 for each of the 17 units. */
  public ActionUnitLoss() {
    this(Collections.nCopies(ActionUnit.COUNT, 1.0));
  }

  /**
   * Computes the loss.
   *
   * @param logits {@code [batch, U]}
   * @param labels {@code [batch, U]}, 0 to 1; any finite value where the mask is 0
   * @param mask {@code [batch, U]}, how much each label counts, 0 for not at all
   * @return scalar
   */
  public NDArray of(NDArray logits, NDArray labels, NDArray mask) {
    int units = positiveWeights.size();
    long batch = Masked.rows(logits, "action unit logits", units);
    Masked.require(labels, "action unit labels", batch, units);
    Masked.require(mask, "mask of action units", batch, units);
    NDArray weights =
        logits
            .getManager()
            .create(positiveWeights.stream().mapToDouble(w -> w).toArray(), new Shape(1, units))
            .toType(logits.getDataType(), false);
    NDArray positive = Masked.minusLogSigmoid(logits).mul(labels).mul(weights);
    NDArray negative = Masked.minusLogSigmoid(logits.neg()).mul(labels.neg().add(1));
    NDArray each = positive.add(negative);
    return Masked.mean(
        summed ? each.mul(mask).sum(new int[] {1}) : Masked.rowMeans(each, mask),
        Masked.anyInRow(mask));
  }
}
