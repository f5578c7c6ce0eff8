package org.affect4j.synthesis.internal.clip;

import java.util.List;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;

/**
 * Something before a part of an aligned face for some time, such as a hand. Its place follows the
 * eyes alone, so that it does not tell what the mouth does.
 *
 * @param from when it comes, in seconds
 * @param to when it has gone
 * @param right its middle, from the point between the eyes, in distances between the eyes
 * @param down its middle, in the same measure
 * @param halfWidth how far it reaches to either side
 * @param halfHeight how far it reaches up and down
 * @param colour linear light
 */
record ClipCover(
    double from,
    double to,
    double right,
    double down,
    double halfWidth,
    double halfHeight,
    Rgb colour) {
  private static final double SOFT = .06;

  /** Colours of cloth, skin and things. */
  private static final List<Rgb> COLOURS =
      List.of(
          Rgb.ofSrgb(150, 190, 215),
          Rgb.ofSrgb(30, 30, 34),
          Rgb.ofSrgb(205, 160, 135),
          Rgb.ofSrgb(110, 72, 52),
          Rgb.ofSrgb(228, 226, 220),
          Rgb.ofSrgb(120, 40, 42));

  /** Before all that lies below the nose, from the beginning to the end. */
  static ClipCover ofMouth(RandomStream r) {
    return new ClipCover(
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        r.between(-.1, .1),
        r.between(1.45, 1.55),
        r.between(1.15, 1.4),
        .8,
        r.choose(COLOURS));
  }

  /** Before any part of the face, for .3 to 1 seconds. */
  static ClipCover anywhere(double seconds, RandomStream r) {
    double from = r.between(0, Math.max(0, seconds - .6));
    return new ClipCover(
        from,
        from + r.between(.3, 1),
        r.between(-.8, .8),
        r.between(-.4, 1.4),
        r.between(.3, .7),
        r.between(.3, .8),
        r.choose(COLOURS));
  }

  boolean covers(double seconds) {
    return seconds >= from && seconds < to;
  }

  /** Paints over a face. */
  void paint(Canvas canvas, Landmarks face) {
    Point left = face.eyeLeft();
    Point right = face.eyeRight();
    double ex = right.x() - left.x();
    double ey = right.y() - left.y();
    double unit = ex * ex + ey * ey;
    double x0 = (left.x() + right.x()) / 2;
    double y0 = (left.y() + right.y()) / 2;
    canvas.blend(
        colour,
        0,
        0,
        1,
        1,
        (x, y) -> {
          double dx = x * canvas.width() - .5 - x0;
          double dy = y * canvas.height() - .5 - y0;
          double across = Math.abs((dx * ex + dy * ey) / unit - this.right) / halfWidth;
          double along = Math.abs((dy * ex - dx * ey) / unit - down) / halfHeight;
          // Between a rectangle and an ellipse.
          double out = across * across * across * across + along * along * along * along;
          return Course.ease((1 - out) / (2 * SOFT) + .5);
        });
  }
}
