package org.affect4j.analysis;

import java.io.InterruptedIOException;

/**
 * How much of Java's heap the photos in work may take together, by what their headers announce.
 *
 * <p>A photo waits until those before it leave it room. One that is larger than the whole budget is
 * decoded too, alone. Thread-safe.
 */
final class MemoryBudget {
  private final long bytes;
  private long used;

  /**
   * Makes a budget.
   *
   * @param bytes positive; all of them are free
   */
  MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /** Waits until there is room for a photo, or no other in work. */
  Lease lease(long wanted) throws InterruptedIOException {
    synchronized (this) {
      while (used > 0 && used + wanted > bytes) {
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while waiting for memory");
        }
      }
      used += wanted;
    }
    return new Lease(wanted);
  }

  private synchronized void giveBack(long part) {
    used -= part;
    notifyAll();
  }

  /** The part of one photo. */
  final class Lease implements AutoCloseable {
    private long held;

    private Lease(long held) {
      this.held = held;
    }

    /** Gives back what was needed for decoding only. */
    void shrinkTo(long left) {
      giveBack(Math.max(0, held - left));
      held = Math.min(held, left);
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }
}
