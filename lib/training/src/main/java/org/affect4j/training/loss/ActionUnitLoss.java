package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import org.affect4j.face.ActionUnit;

/**
 * Binary cross-entropy of the action units, for each sample the mean over the units that it is
 * annotated with (FaceBehaviorNet, equation 1), then the mean over the samples that have any:
 * {@code sum_i m_i [-v_i y_i log p_i - (1 - y_i) log (1 - p_i)] / sum_i m_i}.
 *
 * @param positiveWeights weight v of a unit where it is active, as in the paper on EfficientNets
 *     (section 2), 0 or more
 */
public record ActionUnitLoss(List<Double> positiveWeights) {
  /** Copies and checks the weights. */
  public ActionUnitLoss {
    positiveWeights = List.copyOf(positiveWeights);
    if (positiveWeights.size() != ActionUnit.COUNT
        || positiveWeights.stream().anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw new IllegalArgumentException(
          "expected %d weights of 0 or more, got %s".formatted(ActionUnit.COUNT, positiveWeights));
    }
  }

  /** Weight 1 for every unit. */
  public ActionUnitLoss() {
    this(Collections.nCopies(ActionUnit.COUNT, 1.0));
  }

  /**
   * Computes the loss.
   *
   * @param logits {@code [batch, 17]}
   * @param labels {@code [batch, 17]}, 0 to 1; any finite value where the mask is 0
   * @param mask {@code [batch, 17]}, which labels count
   * @return scalar
   */
  public NDArray of(NDArray logits, NDArray labels, NDArray mask) {
    long batch = Masked.rows(logits, "action unit logits", ActionUnit.COUNT);
    Masked.require(labels, "action unit labels", batch, ActionUnit.COUNT);
    Masked.require(mask, "mask of action units", batch, ActionUnit.COUNT);
    NDArray weights =
        logits
            .getManager()
            .create(
                positiveWeights.stream().mapToDouble(w -> w).toArray(),
                new Shape(1, ActionUnit.COUNT))
            .toType(logits.getDataType(), false);
    NDArray positive = Masked.minusLogSigmoid(logits).mul(labels).mul(weights);
    NDArray negative = Masked.minusLogSigmoid(logits.neg()).mul(labels.neg().add(1));
    return Masked.mean(Masked.rowMeans(positive.add(negative), mask), Masked.anyInRow(mask));
  }
}
