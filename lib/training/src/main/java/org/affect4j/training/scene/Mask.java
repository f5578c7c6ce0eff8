package org.affect4j.training.scene;

import java.util.SplittableRandom;
import org.affect4j.face.PixelBox;

/** How opaque a picture is at each of its pixels, besides its own transparency. */
interface Mask {
  /** Everything is opaque. */
  Mask ALL = (x, y) -> 1;

  /**
   * Returns the opacity.
   *
   * @param x position in the picture
   * @param y position in the picture
   * @return 0 to 1
   */
  double at(double x, double y);

  /** An ellipse in a box, enlarged, with a soft edge. */
  static Mask ellipse(PixelBox box, double enlarged, double softness) {
    double cx = box.x() + box.width() / 2;
    double cy = box.y() + box.height() / 2;
    double a = box.width() / 2 * enlarged;
    double b = box.height() / 2 * enlarged;
    return turnedEllipse(cx, cy, a, b, 0, softness);
  }

  /** An ellipse with half axes a, turned from the x axis, and b, with a soft edge. */
  static Mask turnedEllipse(
      double cx, double cy, double a, double b, double radians, double softness) {
    double c = Math.cos(radians);
    double s = Math.sin(radians);
    return (x, y) -> {
      double u = (c * (x - cx) + s * (y - cy)) / a;
      double v = (-s * (x - cx) + c * (y - cy)) / b;
      return ramp((1 + softness - Math.sqrt(u * u + v * v)) / (2 * softness));
    };
  }

  /** All of a picture but for a margin that fades out. */
  static Mask faded(int width, int height, double margin) {
    double m = Math.max(.5, margin * width);
    return (x, y) -> ramp(Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y)) / m);
  }

  /**
   * A hard rectangle, a faded one, or an ellipse about the face: the ways in which crops come. What
   * is transparent has an outline of its own, and mostly keeps it.
   */
  static Mask draw(SplittableRandom random, Sprite sprite) {
    double kind = random.nextDouble();
    if (sprite.picture().isTransparent()) {
      kind *= .5;
    }
    if (kind < .3) {
      return ALL;
    }
    if (kind < .6) {
      return faded(
          sprite.picture().width(), sprite.picture().height(), random.nextDouble(.02, .15));
    }
    return ellipse(sprite.box(), random.nextDouble(.98, 1.4), random.nextDouble(.02, .15));
  }

  private static double ramp(double v) {
    return v <= 0 ? 0 : v >= 1 ? 1 : v;
  }
}
