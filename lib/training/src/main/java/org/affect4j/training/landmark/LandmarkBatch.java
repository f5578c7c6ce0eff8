package org.affect4j.training.landmark;

import java.nio.ByteBuffer;

/**
 * Faces of one training step. The pixels lie in a buffer that is used again two batches later.
 *
 * @param epoch the epoch they belong to
 * @param step number of the batch in the epoch
 * @param size number of faces
 * @param pixels floats in native order: face, row, column, channel (red, green, blue; -1 to 1)
 * @param offsets what the network should say of each face: ten offsets as in {@code LandmarkFrame},
 *     or x and y of 68 points as in {@code LandmarkNet.sixtyEight}
 */
public record LandmarkBatch(int epoch, int step, int size, ByteBuffer pixels, float[] offsets) {
  /** Copies the offsets. */
  public LandmarkBatch {
    offsets = offsets.clone();
  }

  @Override
  public float[] offsets() {
    return offsets.clone();
  }
}
