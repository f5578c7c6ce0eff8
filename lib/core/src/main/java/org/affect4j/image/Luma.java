package org.affect4j.image;

/** The brightness of a colour as eyes see it: luma of ITU-R BT.601. */
public final class Luma {
  private Luma() {}

  /**
   * Weighs a colour.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @return 0 to 255
   */
  public static float of(float red, float green, float blue) {
    return .299f * red + .587f * green + .114f * blue;
  }

  /**
   * Weighs a colour without rounding.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @return 0 to 255,000
   */
  public static int thousandths(int red, int green, int blue) {
    return 299 * red + 587 * green + 114 * blue;
  }
}
