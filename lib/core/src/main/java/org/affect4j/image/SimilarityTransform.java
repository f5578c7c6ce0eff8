package org.affect4j.image;

import java.util.List;
import org.affect4j.face.Point;

/**
 * Rotation, uniform scale and shift: {@code x' = a x - b y + shiftX, y' = b x + a y + shiftY}.
 *
 * @param a scale times cosine of the angle
 * @param b scale times sine of the angle
 * @param shiftX shift to the right in pixels of the target
 * @param shiftY shift downward in pixels of the target
 */
public record SimilarityTransform(double a, double b, double shiftX, double shiftY) {
  /** Checks that the transform is finite and can be undone. */
  public SimilarityTransform {
    if (!Double.isFinite(shiftX) || !Double.isFinite(shiftY) || !(a * a + b * b > 0)) {
      throw new IllegalArgumentException(
          "a similarity needs finite numbers and a positive scale, got a %s, b %s, shift %s, %s"
              .formatted(a, b, shiftX, shiftY));
    }
  }

  /**
   * Fits the similarity without reflection that maps one set of points to another with the least
   * sum of squared distances (Umeyama 1991).
   *
   * <p>In the plane the optimum has a closed form. With both sets centred, {@code p} and {@code q}:
   *
   * <pre>
   * a = sum(p . q) / sum(|p|^2)        b = sum(p x q) / sum(|p|^2)
   * shift = mean(q) - [a -b; b a] mean(p)
   * </pre>
   *
   * @param from at least two points that do not all coincide
   * @param to as many points
   * @return the transform
   * @throws IllegalArgumentException if the counts differ, or all points of a set coincide
   */
  public static SimilarityTransform fit(List<Point> from, List<Point> to) {
    if (from.size() != to.size() || from.size() < 2) {
      throw new IllegalArgumentException(
          "a similarity needs two equally long lists of at least two points, got %d and %d"
              .formatted(from.size(), to.size()));
    }
    int n = from.size();
    double px = from.stream().mapToDouble(Point::x).average().orElseThrow();
    double py = from.stream().mapToDouble(Point::y).average().orElseThrow();
    double qx = to.stream().mapToDouble(Point::x).average().orElseThrow();
    double qy = to.stream().mapToDouble(Point::y).average().orElseThrow();
    double dot = 0;
    double cross = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double ux = from.get(i).x() - px;
      double uy = from.get(i).y() - py;
      double vx = to.get(i).x() - qx;
      double vy = to.get(i).y() - qy;
      dot += ux * vx + uy * vy;
      cross += ux * vy - uy * vx;
      square += ux * ux + uy * uy;
    }
    if (square == 0 || dot * dot + cross * cross == 0) {
      throw new IllegalArgumentException(
          "the points coincide: no scale and angle can be fitted to them");
    }
    double a = dot / square;
    double b = cross / square;
    return new SimilarityTransform(a, b, qx - (a * px - b * py), qy - (b * px + a * py));
  }

  /**
   * Returns the scale.
   *
   * @return target pixels per source pixel, positive
   */
  public double scale() {
    return Math.hypot(a, b);
  }

  /**
   * Maps a point.
   *
   * @param p point in the source
   * @return point in the target
   */
  public Point apply(Point p) {
    return new Point(a * p.x() - b * p.y() + shiftX, b * p.x() + a * p.y() + shiftY);
  }

  /**
   * Returns the transform that leads back.
   *
   * @return target to source
   */
  public SimilarityTransform inverse() {
    double square = a * a + b * b;
    double ia = a / square;
    double ib = -b / square;
    return new SimilarityTransform(
        ia, ib, -(ia * shiftX - ib * shiftY), -(ib * shiftX + ia * shiftY));
  }
}
