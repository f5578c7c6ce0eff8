package org.affect4j.face;

/**
 * An axis-parallel rectangle in pixels of one image. It may leave the image.
 *
 * @param x left edge in pixels
 * @param y top edge in pixels
 * @param width width in pixels, not negative
 * @param height height in pixels, not negative
 */
public record PixelBox(double x, double y, double width, double height) {
  /** Checks that the numbers are finite and the extent is not negative. */
  public PixelBox {
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
   * Makes a box from two opposite corners.
   *
   * @param x1 left edge in pixels
   * @param y1 top edge in pixels
   * @param x2 right edge in pixels
   * @param y2 bottom edge in pixels
   * @return the box
   */
  public static PixelBox ofCorners(double x1, double y1, double x2, double y2) {
    return new PixelBox(x1, y1, x2 - x1, y2 - y1);
  }

  /**
   * Returns the right edge.
   *
   * @return x + width in pixels
   */
  public double right() {
    return x + width;
  }

  /**
   * Returns the bottom edge.
   *
   * @return y + height in pixels
   */
  public double bottom() {
    return y + height;
  }

  /**
   * Returns the area.
   *
   * @return square pixels
   */
  public double area() {
    return width * height;
  }

  /**
   * Returns the size of a face box: the side of a square of the same area.
   *
   * @return pixels
   */
  public double size() {
    return Math.sqrt(area());
  }

  /**
   * Returns the intersection over union with another box, {@code |A ∩ B| / |A ∪ B|}, on plain
   * continuous coordinates (no "+1" pixel convention).
   *
   * @param other the other box
   * @return 0 to 1; 0 if both boxes are empty
   */
  public double intersectionOverUnion(PixelBox other) {
    double intersection = intersection(other);
    return intersection == 0 ? 0 : intersection / (area() + other.area() - intersection);
  }

  /**
   * Returns the part of the smaller of two boxes that lies in the other, {@code |A ∩ B| / min(|A|,
   * |B|)}: near 1 where one box lies within the other, whatever their sizes.
   *
   * @param other the other box
   * @return 0 to 1; 0 if a box is empty
   */
  public double intersectionOverSmaller(PixelBox other) {
    double intersection = intersection(other);
    return intersection == 0 ? 0 : intersection / Math.min(area(), other.area());
  }

  private double intersection(PixelBox other) {
    double w = Math.min(right(), other.right()) - Math.max(x, other.x);
    double h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    return w <= 0 || h <= 0 ? 0 : w * h;
  }

  /**
   * Returns the part of this box that lies in an image.
   *
   * @param imageWidth width of the image in pixels, positive
   * @param imageHeight height of the image in pixels, positive
   * @return the box cut at the image's edges; without area if it lies outside
   */
  public PixelBox clippedTo(int imageWidth, int imageHeight) {
    return ofCorners(
        within(x, imageWidth),
        within(y, imageHeight),
        within(right(), imageWidth),
        within(bottom(), imageHeight));
  }

  private static double within(double position, int end) {
    return Math.max(0, Math.min(end, position));
  }

  /**
   * Returns this box scaled about the origin and then shifted.
   *
   * @param scale factor, positive
   * @param dx shift to the right in pixels, after scaling
   * @param dy shift downward in pixels, after scaling
   * @return the moved box
   */
  public PixelBox moved(double scale, double dx, double dy) {
    return new PixelBox(x * scale + dx, y * scale + dy, width * scale, height * scale);
  }
}
