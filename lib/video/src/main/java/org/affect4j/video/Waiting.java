package org.affect4j.video;

/** Waits for other threads to the end: what is interrupted hears of it afterwards. */
final class Waiting {
  private Waiting() {}

  /** Something that waits, and may begin anew. */
  interface Step {
    void run() throws InterruptedException;
  }

  static void until(Step step) {
    boolean interrupted = false;
    while (true) {
      try {
        step.run();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
