package org.affect4j.training.scene;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.SimilarityTransform;

/**
 * A map from the pixels of one picture to those of another: {@code x' = xx x + xy y + x0}, {@code
 * y' = yx x + yy y + y0}. Pixel centres are integers.
 */
record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {
  /** Scales, mirrors and turns about a point, which goes to another. */
  static Affine about(
      Point from, Point to, double scaleX, double scaleY, boolean mirrored, double radians) {
    double c = Math.cos(radians);
    double s = Math.sin(radians);
    double kx = mirrored ? -scaleX : scaleX;
    Affine turned = new Affine(c * kx, -s * scaleY, 0, s * kx, c * scaleY, 0);
    Point there = turned.apply(from);
    return turned.shifted(to.x() - there.x(), to.y() - there.y());
  }

  static Affine of(SimilarityTransform t) {
    return new Affine(t.a(), -t.b(), t.shiftX(), t.b(), t.a(), t.shiftY());
  }

  Affine shifted(double dx, double dy) {
    return new Affine(xx, xy, x0 + dx, yx, yy, y0 + dy);
  }

  double determinant() {
    return xx * yy - xy * yx;
  }

  Affine inverse() {
    double d = determinant();
    return new Affine(
        yy / d, -xy / d, (xy * y0 - yy * x0) / d, -yx / d, xx / d, (yx * x0 - xx * y0) / d);
  }

  Point apply(Point p) {
    return new Point(xx * p.x() + xy * p.y() + x0, yx * p.x() + yy * p.y() + y0);
  }

  /** Maps landmarks; in a mirror image the left ones become the right ones. */
  Landmarks apply(Landmarks landmarks) {
    List<Point> p = landmarks.points().stream().map(this::apply).toList();
    return determinant() < 0
        ? new Landmarks(p.get(1), p.get(0), p.get(2), p.get(4), p.get(3))
        : new Landmarks(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4));
  }

  /**
   * Maps a face's box: the bounds of the ellipse that fills it. Bounds of the turned rectangle
   * would grow with the turn, which a face does not.
   */
  PixelBox apply(PixelBox box) {
    Point centre = apply(new Point(box.x() + box.width() / 2, box.y() + box.height() / 2));
    double halfWidth = Math.hypot(xx * box.width(), xy * box.height()) / 2;
    double halfHeight = Math.hypot(yx * box.width(), yy * box.height()) / 2;
    return new PixelBox(
        centre.x() - halfWidth, centre.y() - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }
}
