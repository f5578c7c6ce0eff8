package org.affect4j.analysis;

import java.io.InterruptedIOException;

/**
 * How much of Java's heap the photos in work may take together, by what their headers announce.
 *
 * <p>A photo waits until those before it leave it room. One that is larger than the whole budget is
 * decoded too, alone. Thread-safe.
 */
public final class MemoryBudget {
  private static final int SHARE_OF_HEAP = 3;

  private final long bytes;
  private long used;

  private MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /**
   * Makes a budget.
   *
   * @param bytes positive
   * @return the budget, all of it free
   */
  public static MemoryBudget ofBytes(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("a memory budget is positive, got " + bytes + " bytes");
    }
    return new MemoryBudget(bytes);
  }

  /**
   * Makes the default: a third of the heap's maximum size.
   *
   * @return the budget, all of it free
   */
  public static MemoryBudget ofHeap() {
    return ofBytes(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
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
