package org.affect4j.training.batch.internal;

import java.util.List;
import java.util.SplittableRandom;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.training.batch.Augmentation;

/**
 * An affine map from a varied crop to its source, both with their centre at the origin and a side
 * of length 1: {@code (x, y)} comes from {@code (xx x + xy y + x0, yx x + yy y + y0)}.
 *
 * @param xx part of x in the source's x
 * @param xy part of y in the source's x
 * @param x0 shift of the source's x
 * @param yx part of x in the source's y
 * @param yy part of y in the source's y
 * @param y0 shift of the source's y
 */
public record Warp(double xx, double xy, double x0, double yx, double yy, double y0) {
  /** Draws a map within the limits of an augmentation. */
  static Warp draw(Augmentation how, SplittableRandom random) {
    double mirror = random.nextDouble() < how.flip() ? -1 : 1;
    double angle = Math.toRadians(either(random, how.rotationDegrees()));
    double scale = 1 + either(random, how.scale());
    double shear = either(random, how.shear());
    double c = Math.cos(angle) * scale;
    double s = Math.sin(angle) * scale;
    return new Warp(
        c * mirror,
        -s + shear,
        either(random, how.shift()),
        s * mirror,
        c,
        either(random, how.shift()));
  }

  /** An even number from minus to plus a limit. */
  static double either(SplittableRandom random, double most) {
    return (2 * random.nextDouble() - 1) * most;
  }

  private double determinant() {
    return xx * yy - xy * yx;
  }

  /**
   * Tells whether the varied crop is a mirror image.
   *
   * @return true if left and right are exchanged
   */
  public boolean mirrors() {
    return determinant() < 0;
  }

  /**
   * Maps a point of the source into the varied crop.
   *
   * @param point in pixels of the source
   * @param sourceSide side of the source in pixels
   * @param resultSide side of the varied crop in pixels
   * @return in pixels of the varied crop
   */
  public Point toResult(Point point, int sourceSide, int resultSide) {
    double u = (point.x() + .5) / sourceSide - .5 - x0;
    double v = (point.y() + .5) / sourceSide - .5 - y0;
    double x = (yy * u - xy * v) / determinant();
    double y = (xx * v - yx * u) / determinant();
    return new Point((x + .5) * resultSide - .5, (y + .5) * resultSide - .5);
  }

  /**
   * Maps landmarks of the source into the varied crop; in a mirror image the left ones become the
   * right ones.
   *
   * @param landmarks in pixels of the source
   * @param sourceSide side of the source in pixels
   * @param resultSide side of the varied crop in pixels
   * @return in pixels of the varied crop
   */
  public Landmarks toResult(Landmarks landmarks, int sourceSide, int resultSide) {
    List<Point> p =
        landmarks.points().stream().map(q -> toResult(q, sourceSide, resultSide)).toList();
    return mirrors()
        ? new Landmarks(p.get(1), p.get(0), p.get(2), p.get(4), p.get(3))
        : new Landmarks(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4));
  }
}
