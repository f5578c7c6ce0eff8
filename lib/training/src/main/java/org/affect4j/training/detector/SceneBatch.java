package org.affect4j.training.detector;

import java.nio.ByteBuffer;
import java.util.List;
import org.affect4j.training.loss.internal.PriorTargets;

/**
 * Scenes of one training step. The pixels lie in a buffer that is used again two batches later.
 *
 * @param epoch the epoch they belong to
 * @param first number of the first scene in the epoch
 * @param side side of the scenes in pixels
 * @param pixels floats in native order: scene, row, column, channel (blue, green, red without the
 *     mean)
 * @param targets what a detector should answer, one for each scene
 * @param teacher probability of a face that the teacher gives, for each prior of each scene; empty
 *     without a teacher
 */
public record SceneBatch(
    int epoch,
    int first,
    int side,
    ByteBuffer pixels,
    List<PriorTargets> targets,
    float[] teacher) {
  /** Copies the list. */
  public SceneBatch {
    targets = List.copyOf(targets);
  }

  /**
   * Returns how many scenes there are.
   *
   * @return 1 or more
   */
  public int size() {
    return targets.size();
  }
}
