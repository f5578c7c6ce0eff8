package org.affect4j.face;

/**
 * An axis-parallel rectangle in units of an image: 0 to 1 from edge to edge. It may leave the
 * image.
 *
 * @param x left edge, fraction of the image's width
 * @param y top edge, fraction of the image's height
 * @param width width, fraction of the image's width, not negative
 * @param height height, fraction of the image's height, not negative
 */
public record UnitBox(double x, double y, double width, double height) {
  /** Checks that the numbers are finite and the extent is not negative. */
  public UnitBox {
    if (!Double.isFinite(x)
        || !Double.isFinite(y)
        || !Double.isFinite(width)
        || !Double.isFinite(height)
        || width < 0
        || height < 0) {
      throw new IllegalArgumentException(
          "a box needs finite numbers and an extent of 0 or more, got x %s, y %s, width %s, height %s"
              .formatted(x, y, width, height));
    }
  }

  /**
   * Returns this box in pixels of an image.
   *
   * @param imageWidth width of the image in pixels
   * @param imageHeight height of the image in pixels
   * @return the box in pixels
   */
  public PixelBox toPixels(int imageWidth, int imageHeight) {
    return new PixelBox(x * imageWidth, y * imageHeight, width * imageWidth, height * imageHeight);
  }
}
