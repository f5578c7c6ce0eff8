package org.affect4j.behaviour;

import org.affect4j.face.ExpressionPrior;

/**
 * How the behaviour network is run.
 *
 * @param flipAveraging whether each face is also read in the mirror and the two readings averaged:
 *     twice the time for a little more accuracy
 * @param maximumBatch most crops in one run of the network, 1 or more
 * @param prior how likely each expression is beforehand; without effect on a network whose own
 *     prior is not known ({@link BehaviourModel#prior})
 */
public record BehaviourOptions(boolean flipAveraging, int maximumBatch, ExpressionPrior prior) {
  /** Checks the batch. */
  public BehaviourOptions {
    if (maximumBatch < 1) {
      throw new IllegalArgumentException("a batch has 1 crop or more, got " + maximumBatch);
    }
  }

  /**
   * Returns the defaults: a single view, batches of up to 32, expressions as likely as in
   * photographs.
   *
   * @return the defaults
   */
  public static BehaviourOptions defaults() {
    return new BehaviourOptions(false, 32, ExpressionPrior.IN_THE_WILD);
  }

  /**
   * Returns these options with or without flip averaging.
   *
   * @param value whether to average with the mirror image
   * @return changed copy
   */
  public BehaviourOptions withFlipAveraging(boolean value) {
    return new BehaviourOptions(value, maximumBatch, prior);
  }

  /**
   * Returns these options with another prior.
   *
   * @param value how likely each expression is beforehand
   * @return changed copy
   */
  public BehaviourOptions withPrior(ExpressionPrior value) {
    return new BehaviourOptions(flipAveraging, maximumBatch, value);
  }
}
