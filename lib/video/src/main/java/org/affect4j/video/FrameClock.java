package org.affect4j.video;

/** Makes times that rise strictly of stamps that may be missing, equal, late, or begin again. */
final class FrameClock {
  /** Beyond it a stamp is damage: additions must not overflow. */
  private static final long LATEST = 1L << 60;

  /** Of so many frames the stamps of AVI are late, which knows when frames are decoded only. */
  private static final int LATE = 3;

  private final long usual;
  private long before;
  private long step;
  private long shift;
  private boolean stamped;
  private boolean leapt;

  /**
   * Prepares.
   *
   * @param start time of the first frame if it has no stamp
   * @param usual duration of a frame that does not say its own, 1 or more
   */
  FrameClock(long start, long usual) {
    this.usual = usual;
    before = start > -LATEST && start < LATEST ? start : 0;
  }

  /**
   * Returns the time of the next frame.
   *
   * @param stamp as the file has it, or {@link Ffmpeg#NO_STAMP}
   * @param duration of this frame; 0 or less if it is not known
   */
  long next(long stamp, long duration) {
    boolean begun = step > 0;
    long goesOn = before + step;
    long time = goesOn;
    if (stamp > -LATEST && stamp < LATEST) {
      boolean late = begun && !stamped && Math.abs(stamp - goesOn) <= LATE * step;
      shift = late ? goesOn - stamp : shift;
      stamped = true;
      time = stamp + shift;
      if (begun && time <= before - step) {
        // The file's clock began again: it goes on from here.
        shift += goesOn - time;
        time = goesOn;
      } else if (begun && time <= before) {
        // Two times were rounded to one.
        time = before + 1;
      }
    }
    leapt = begun && time - goesOn >= step;
    before = time;
    step = duration > 0 && duration < LATEST ? duration : usual;
    return time;
  }

  /** Whether there is room for a frame between the last two. */
  boolean leapt() {
    return leapt;
  }
}
