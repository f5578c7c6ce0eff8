package org.affect4j.training.quantise;

/**
 * The range of an activation that its 256 steps cover; what lies outside is clipped.
 *
 * @param low 0 or less
 * @param high 0 or more
 */
public record ValueRange(float low, float high) {
  private static final int STEPS = 255;

  /** Checks that the range is finite and holds zero, which must be represented exactly. */
  public ValueRange {
    if (!Float.isFinite(low) || !Float.isFinite(high) || low > 0 || high < 0) {
      throw new IllegalArgumentException(
          "a range is finite and holds zero, got %s to %s".formatted(low, high));
    }
  }

  /**
   * Returns the distance of two steps.
   *
   * @return positive; 1 if the range is only zero
   */
  public float scale() {
    float scale = (high - low) / STEPS;
    return scale > 0 ? scale : 1;
  }

  /**
   * Returns the step that stands for zero.
   *
   * @return 0 to 255
   */
  public int zeroPoint() {
    return Math.max(0, Math.min(STEPS, Math.round(-low / scale())));
  }
}
