package org.affect4j.behaviour;

/**
 * How the behaviour network is run.
 *
 * @param flipAveraging whether each face is also read in the mirror and the two readings averaged:
 *     twice the time for a little more accuracy
 * @param maximumBatch most crops in one run of the network, 1 or more
 */
public record BehaviourOptions(boolean flipAveraging, int maximumBatch) {
  /** Checks the batch. */
  public BehaviourOptions {
    if (maximumBatch < 1) {
      throw new IllegalArgumentException("a batch has 1 crop or more, got " + maximumBatch);
    }
  }

  /**
   * Returns the defaults: a single view, batches of up to 32.
   *
   * @return the defaults
   */
  public static BehaviourOptions defaults() {
    return new BehaviourOptions(false, 32);
  }

  /**
   * Returns these options with or without flip averaging.
   *
   * @param value whether to average with the mirror image
   * @return changed copy
   */
  public BehaviourOptions withFlipAveraging(boolean value) {
    return new BehaviourOptions(value, maximumBatch);
  }
}
