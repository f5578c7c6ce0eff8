package org.affect4j.analysis;

/** Hears how far a long run has come. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Called after each piece of work, by the thread that started the run.
   *
   * @param done pieces done so far, those of an earlier, interrupted run included
   * @param total pieces in all
   */
  void at(long done, long total);

  /**
   * Returns a listener that does nothing.
   *
   * @return the silent listener
   */
  static ProgressListener silent() {
    return (done, total) -> {};
  }
}
