package org.affect4j.face;

/**
 * A point in pixels: x grows to the right, y grows downward, and the centre of the first pixel is
 * (0, 0).
 *
 * @param x horizontal position in pixels
 * @param y vertical position in pixels
 */
public record Point(double x, double y) {
  /** Checks that both coordinates are finite. */
  public Point {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("a point needs finite coordinates, got " + x + ", " + y);
    }
  }

  /**
   * Returns the distance to another point.
   *
   * @param other the other point
   * @return Euclidean distance in pixels
   */
  public double distanceTo(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
