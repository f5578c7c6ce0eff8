package org.affect4j.synthesis.internal.appearance;

/**
 * A colour in linear light (not gamma-coded): a reflectance of 0 to 1, or an intensity.
 *
 * @param red 0 or more
 * @param green 0 or more
 * @param blue 0 or more
 */
public record Rgb(double red, double green, double blue) {
  /**
   * Converts an sRGB colour (IEC 61966-2-1).
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   * @return the colour in linear light
   */
  public static Rgb ofSrgb(double red, double green, double blue) {
    return new Rgb(linear(red), linear(green), linear(blue));
  }

  private static double linear(double v) {
    double c = v / 255;
    return c < .04045 ? c / 12.92 : StrictMath.pow((c + .055) / 1.055, 2.4);
  }

  /**
   * Returns this colour made brighter or darker.
   *
   * @param factor 0 or more
   * @return the colour times the factor
   */
  public Rgb times(double factor) {
    return new Rgb(red * factor, green * factor, blue * factor);
  }

  /**
   * Returns this colour seen through a filter.
   *
   * @param r factor of red
   * @param g factor of green
   * @param b factor of blue
   * @return the product
   */
  public Rgb times(double r, double g, double b) {
    return new Rgb(red * r, green * g, blue * b);
  }

  /**
   * Mixes two colours.
   *
   * @param other the other colour
   * @param share 0 (this) to 1 (the other)
   * @return the mixture
   */
  public Rgb mixed(Rgb other, double share) {
    return new Rgb(
        red + share * (other.red - red),
        green + share * (other.green - green),
        blue + share * (other.blue - blue));
  }

  /**
   * Returns the channels in the precision of the renderer.
   *
   * @return red, green and blue; a new array
   */
  public float[] floats() {
    return new float[] {(float) red, (float) green, (float) blue};
  }

  /**
   * Returns the mean of the three channels.
   *
   * @return 0 or more
   */
  public double mean() {
    return (red + green + blue) / 3;
  }
}
