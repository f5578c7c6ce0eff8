package org.affect4j.training.batch.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Two direct buffers in turn, so that a batch is made while the one before is computed with, and
 * native memory stays as it is. Not thread-safe.
 */
public final class AlternatingBuffers {
  private static final int SPARE_PART = 8;

  private final ByteBuffer[] buffers = new ByteBuffer[2];
  private int next;

  /** Takes no memory yet. */
  public AlternatingBuffers() {}

  /**
   * Returns the buffer that was not returned last.
   *
   * @param floats values it has room for
   * @return a buffer of exactly this size in native order, to be filled from its start; its content
   *     is lost two calls later
   */
  public ByteBuffer next(int floats) {
    int bytes = Math.multiplyExact(floats, Float.BYTES);
    int current = next;
    next = 1 - next;
    if (buffers[current] == null || buffers[current].capacity() < bytes) {
      // Batches differ a little in size.
      buffers[current] = ByteBuffer.allocateDirect(bytes + bytes / SPARE_PART);
    }
    return buffers[current].slice(0, bytes).order(ByteOrder.nativeOrder());
  }
}
