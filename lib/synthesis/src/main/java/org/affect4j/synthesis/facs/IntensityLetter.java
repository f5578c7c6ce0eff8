package org.affect4j.synthesis.facs;

/**
 * The five intensities of FACS. The renderer's scale is 0 to 1 in equal steps, as DISFA codes A to
 * E as 1 to 5.
 */
public enum IntensityLetter {
  /** Trace. */
  A(.2),
  /** Slight. */
  B(.4),
  /** Marked or pronounced. */
  C(.6),
  /** Severe or extreme. */
  D(.8),
  /** Maximum. */
  E(1);

  private final double intensity;

  IntensityLetter(double intensity) {
    this.intensity = intensity;
  }

  /**
   * Returns the intensity on the renderer's scale.
   *
   * @return .2 (A) to 1 (E)
   */
  public double intensity() {
    return intensity;
  }
}
