package org.affect4j.analysis;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * How much of Java's heap the photos in work may take together, by what their headers announce.
 *
 * <p>A photo waits until those before it leave it room. One that is larger than the whole budget is
 * decoded too, alone. Thread-safe.
 */
final class MemoryBudget {
  /** Bytes per permit: there are at most as many permits as an int counts. */
  private final long unit;

  private final int permits;
  private final Semaphore free;

  /**
   * Makes a budget.
   *
   * @param bytes positive; all of them are free
   */
  MemoryBudget(long bytes) {
    unit = 1 + bytes / Integer.MAX_VALUE;
    permits = (int) (bytes / unit);
    free = new Semaphore(permits, true);
  }

  /** Waits until there is room for a photo, or no other in work. */
  Lease lease(long wanted) throws InterruptedIOException {
    Lease lease = new Lease(permits(wanted));
    try {
      free.acquire(lease.held);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for memory");
    }
    return lease;
  }

  /** Those of a photo; one above the budget needs all there are, and is thus alone. */
  private int permits(long part) {
    return (int) Math.min(permits, (part + unit - 1) / unit);
  }

  /** The part of one photo. */
  final class Lease implements AutoCloseable {
    private int held;

    private Lease(int held) {
      this.held = held;
    }

    /** Gives back what was needed for decoding only. */
    void shrinkTo(long left) {
      int kept = Math.min(held, permits(left));
      free.release(held - kept);
      held = kept;
    }

    @Override
    public void close() {
      shrinkTo(0);
    }
  }
}
