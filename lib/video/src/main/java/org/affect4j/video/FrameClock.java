package org.affect4j.video;

/** Makes times that rise strictly of stamps that may be missing, equal, or begin again. */
final class FrameClock {
  /** Beyond it a stamp is damage: additions must not overflow. */
  private static final long LATEST = 1L << 60;

  private final long usual;
  private boolean begun;
  private boolean leapt;
  private long before;
  private long step;
  private long shift;

  /**
   * Prepares.
   *
   * @param usual duration of a frame that does not say its own, 1 or more
   */
  FrameClock(long usual) {
    this.usual = usual;
  }

  /**
   * Returns the time of the next frame.
   *
   * @param stamp as the file has it, or {@link Ffmpeg#NO_STAMP}
   * @param duration of this frame; 0 or less if it is not known
   */
  long next(long stamp, long duration) {
    long time = begun ? before + step : 0;
    if (stamp > -LATEST && stamp < LATEST) {
      time = stamp + shift;
      if (begun && time <= before - step) {
        // The file's clock began again: it goes on from here.
        shift += before + step - time;
        time = before + step;
      } else if (begun && time <= before) {
        // Two times were rounded to one.
        time = before + 1;
      }
    }
    leapt = begun && time - before >= 2 * step;
    begun = true;
    before = time;
    step = duration > 0 && duration < LATEST ? duration : usual;
    return time;
  }

  /** Whether there is room for a frame between the last two. */
  boolean leapt() {
    return leapt;
  }
}
