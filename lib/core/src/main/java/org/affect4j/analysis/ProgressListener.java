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
   * Called after each frame of a video, which is one piece of work; does nothing unless it is
   * overridden.
   *
   * @param name of the video
   * @param frames frames read so far
   * @param total an estimate of its frames; 0 if there is none
   * @param seconds how long the part that was read lasts when played; 0 if that is unknown
   */
  default void video(String name, long frames, long total, double seconds) {}

  /**
   * Returns a listener that does nothing.
   *
   * @return the silent listener
   */
  static ProgressListener silent() {
    return (done, total) -> {};
  }
}
