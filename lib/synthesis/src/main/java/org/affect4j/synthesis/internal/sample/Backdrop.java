package org.affect4j.synthesis.internal.sample;

import org.affect4j.synthesis.internal.appearance.Rgb;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.render.Canvas;

/** Paints what stands behind a face: walls, rooms, skies and greens, out of focus. */
public final class Backdrop {
  private Backdrop() {}

  /**
   * Fills a canvas.
   *
   * @param canvas loses what it holds
   * @param r the backdrop's own stream
   */
  public static void paint(Canvas canvas, RandomStream r) {
    double saturation = r.between(.08, .5);
    switch (r.choose(.3, .25, .25, .2)) {
      case 0 -> wall(canvas, r, saturation);
      case 1 -> clouds(canvas, r, saturation);
      case 2 -> room(canvas, r, saturation);
      default -> outdoors(canvas, r);
    }
  }

  private static Rgb colour(RandomStream r, double least, double most, double saturation) {
    Rgb c = new Rgb(r.next(), r.next(), r.next());
    double light = r.between(least, most);
    double mean = c.mean() + 1e-6;
    return new Rgb(mean, mean, mean).mixed(c, saturation).times(light / mean);
  }

  private static void wall(Canvas canvas, RandomStream r, double saturation) {
    Rgb c = colour(r, .05, .6, saturation);
    double across = r.between(-.5, .5);
    double down = r.between(-.5, .3);
    canvas.paint((x, y) -> c.times(1 + across * (x - .5) + down * (y - .5)));
  }

  private static void clouds(Canvas canvas, RandomStream r, double saturation) {
    int n = 3 + r.below(4);
    Rgb[] knots = new Rgb[n * n];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = colour(r, .03, .6, saturation);
    }
    canvas.paint((x, y) -> smooth(knots, n, x, y));
  }

  private static Rgb smooth(Rgb[] knots, int n, double x, double y) {
    double u = Math.max(0, Math.min(.9999, x)) * (n - 1);
    double v = Math.max(0, Math.min(.9999, y)) * (n - 1);
    int i = (int) u;
    int j = (int) v;
    double fu = u - i;
    double fv = v - j;
    fu = fu * fu * (3 - 2 * fu);
    fv = fv * fv * (3 - 2 * fv);
    Rgb top = knots[j * n + i].mixed(knots[j * n + i + 1], fu);
    Rgb bottom = knots[(j + 1) * n + i].mixed(knots[(j + 1) * n + i + 1], fu);
    return top.mixed(bottom, fv);
  }

  /** A wall with soft rectangles: doors, windows, shelves, pictures. */
  private static void room(Canvas canvas, RandomStream r, double saturation) {
    wall(canvas, r, saturation);
    int n = 2 + r.below(6);
    for (int k = 0; k < n; k++) {
      Rgb c = colour(r, .02, .8, saturation);
      double x0 = r.between(-.2, 1);
      double y0 = r.between(-.3, .9);
      double x1 = x0 + r.between(.08, .45);
      double y1 = y0 + r.between(.1, .9);
      double soft = r.between(.01, .06);
      canvas.blend(
          c,
          x0 - soft / 2,
          y0 - soft / 2,
          x1 + soft / 2,
          y1 + soft / 2,
          (x, y) ->
              edge(x - x0, soft) * edge(x1 - x, soft) * edge(y - y0, soft) * edge(y1 - y, soft));
    }
  }

  /** Sky, horizon, and blobs of green or street. */
  private static void outdoors(Canvas canvas, RandomStream r) {
    double horizon = r.between(.3, .8);
    Rgb sky = new Rgb(.35, .45, .62).mixed(new Rgb(.6, .6, .6), r.next()).times(r.between(.5, 1.3));
    Rgb ground =
        (r.chance(.6) ? new Rgb(.10, .16, .06) : new Rgb(.2, .19, .17)).times(r.between(.5, 1.6));
    canvas.paint(
        (x, y) -> {
          double k = Math.max(0, Math.min(1, (y - horizon) / .12 + .5));
          return sky.times(1.15 - .3 * y).mixed(ground, k * k * (3 - 2 * k));
        });
    int n = 4 + r.below(10);
    for (int k = 0; k < n; k++) {
      Rgb c = ground.times(r.between(.3, 2.2));
      double cx = r.next();
      double cy = horizon + r.between(-.3, .1);
      double radius = r.between(.05, .25);
      canvas.blend(
          c,
          cx - radius,
          cy - radius,
          cx + radius,
          cy + radius,
          (x, y) -> {
            double d = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (radius * radius);
            return d > 1 ? 0 : (1 - d) * (1 - d);
          });
    }
  }

  private static double edge(double distance, double soft) {
    double t = Math.max(0, Math.min(1, distance / soft + .5));
    return t * t * (3 - 2 * t);
  }
}
