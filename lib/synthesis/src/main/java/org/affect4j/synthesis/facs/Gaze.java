package org.affect4j.synthesis.facs;

/**
 * Where the eyes look, relative to the head.
 *
 * @param leftward -1 (far to the person's right) to 1 (far to the person's left)
 * @param upward -1 (far down) to 1 (far up)
 */
public record Gaze(double leftward, double upward) {
  /** Straight ahead. */
  public static final Gaze AHEAD = new Gaze(0, 0);

  /** Checks the ranges. */
  public Gaze {
    if (!(Math.abs(leftward) <= 1 && Math.abs(upward) <= 1)) {
      throw new IllegalArgumentException(
          "gaze lies between -1 and 1, got leftward " + leftward + ", upward " + upward);
    }
  }
}
