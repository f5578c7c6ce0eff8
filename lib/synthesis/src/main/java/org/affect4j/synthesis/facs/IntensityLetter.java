package org.affect4j.synthesis.facs;

/**
 * The five intensities of FACS. The renderer's scale is 0 to 1 in equal steps, as DISFA codes A to
 * E as 1 to 5.
 */
public enum IntensityLetter {
  /** Trace. */
  A,
  /** Slight. */
  B,
  /** Marked or pronounced. */
  C,
  /** Severe or extreme. */
  D,
  /** Maximum. */
  E;

  /**
   * Returns the letter nearest to an intensity.
   *
   * @param intensity above 0 to 1
   * @return A for all up to .3, E from .9
   * @throws IllegalArgumentException if the intensity is 0, below, or above 1
   */
  public static IntensityLetter nearest(double intensity) {
    if (!(intensity > 0 && intensity <= 1)) {
      throw new IllegalArgumentException(
          "an intensity with a letter lies above 0 and up to 1, got " + intensity);
    }
    return values()[(int) Math.max(0, Math.round(5 * intensity) - 1)];
  }

  /**
   * Returns the intensity on the renderer's scale.
   *
   * @return .2 (A) to 1 (E)
   */
  public double intensity() {
    return (ordinal() + 1) / 5.0;
  }
}
