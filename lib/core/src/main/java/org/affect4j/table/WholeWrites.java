package org.affect4j.table;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets a write that has begun end, and no other begin, before the process ends by a signal. */
final class WholeWrites implements AutoCloseable {
  /** A reader that has stopped reading must not keep the process from ending. */
  private static final long PATIENCE_SECONDS = 2;

  private final ReentrantLock writing = new ReentrantLock();
  private final Thread hook = new Thread(this::stop, "affect4j-whole-rows");
  private volatile boolean stopped;

  /** Something that writes. */
  interface Write {
    void run() throws IOException;
  }

  WholeWrites() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    stopped = true;
    try {
      // Never given back: the process ends.
      writing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Writes.
   *
   * @throws IOException if the write fails, or the process is ending
   */
  void run(Write write) throws IOException {
    writing.lock();
    try {
      if (stopped) {
        throw new IOException("ended by a signal; rows that were written stay");
      }
      write.run();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook does what it is for.
    }
  }
}
