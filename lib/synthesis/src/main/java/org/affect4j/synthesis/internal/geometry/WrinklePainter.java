package org.affect4j.synthesis.internal.geometry;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.synthesis.internal.common.RandomStream;

/**
 * Paints the creases of a face as height maps: lines drawn by hand in centimetres of the neutral
 * face, mirrored at the midline, with soft sides and tapered ends. Ours; no data is needed.
 */
final class WrinklePainter {
  private static final float PIXELS_PER_CM = 14;
  private static final int LEFT = -9;
  private static final int TOP = 12;
  private static final int WIDTH = 252;
  private static final int HEIGHT = 294;
  private static final double TREMOR_CM = .05;

  private final Map<String, float[]> maps = new LinkedHashMap<>();
  private float[] map;
  private final RandomStream random = new RandomStream(5);

  private WrinklePainter() {}

  static WrinkleMaps paint() {
    WrinklePainter p = new WrinklePainter();
    p.drawAll();
    ByteBuffer values = ByteBuffer.allocate(p.maps.size() * HEIGHT * WIDTH);
    for (float[] heights : p.maps.values()) {
      for (float height : heights) {
        values.put((byte) Math.max(0, Math.min(255, Math.round(height * 100 + 128))));
      }
    }
    List<String> names = List.copyOf(p.maps.keySet());
    return new WrinkleMaps(names, HEIGHT, WIDTH, PIXELS_PER_CM, LEFT, TOP, values.array());
  }

  private void drawAll() {
    begin("forehead_in");
    double[] heights = {7.5, 8.4, 9.3, 10.1};
    for (double y : heights) {
      line(
          .13, 1, false, -3.2, y - .05, -2, y + .12, -1, y + .02, 0, y - .15, 1, y + .02, 2,
          y + .12, 3.2, y - .05);
    }
    begin("forehead_out");
    for (double y : heights) {
      line(.13, .9, true, 1.4, y - .05, 2.5, y + .25, 3.8, y + .3, 5, y, 5.8, y - .5);
    }
    begin("glabella");
    line(.13, 1, true, .75, 7.2, .62, 6.4, .62, 5.6, .85, 5.0);
    line(.10, .5, true, 1.25, 7.0, 1.2, 6.2);
    begin("nasalroot");
    line(.12, 1, false, -1.0, 4.75, -.5, 4.6, 0, 4.55, .5, 4.6, 1.0, 4.75);
    line(.10, .7, false, -.8, 4.2, 0, 4.05, .8, 4.2);
    begin("bunny");
    for (int k = 0; k < 4; k++) {
      line(.09, 1 - .15 * k, true, .55, 3.4 - .4 * k, .95, 3.2 - .42 * k, 1.45, 2.65 - .45 * k);
    }
    begin("crow");
    for (double degrees : new double[] {25, 5, -14, -32}) {
      double s = StrictMath.sin(StrictMath.toRadians(degrees));
      double c = StrictMath.cos(StrictMath.toRadians(degrees));
      line(.09, .9, true, 5.0, 3.4 + .5 * s, 5.6 + .1 * c, 3.4 + s, 5.2 + 1.5 * c, 3.4 + 1.7 * s);
    }
    begin("infraorb");
    line(.14, 1, true, 1.9, 2.6, 2.6, 2.15, 3.4, 2.05, 4.3, 2.3, 5.0, 2.75);
    line(.14, .5, true, 2.2, 2.1, 3.0, 1.55, 4.0, 1.55);
    begin("nasolab_up");
    line(.16, 1, true, 1.55, 1.5, 1.95, .75, 2.3, 0, 2.75, -.8);
    begin("nasolab_lo");
    line(.17, 1, true, 2.3, 0, 2.8, -.9, 3.3, -1.9, 3.6, -2.9, 3.65, -3.8);
    begin("dimple");
    line(.16, 1, true, 3.15, -2.9, 3.3, -3.4, 3.2, -3.9);
    begin("marion");
    line(.14, 1, true, 2.75, -3.7, 3.0, -4.3, 3.05, -5.0, 2.95, -5.6);
    begin("chin");
    chin();
    begin("mental");
    line(.16, 1, false, -1.6, -5.2, -.8, -5.0, 0, -4.95, .8, -5.0, 1.6, -5.2);
    begin("mouthside");
    line(.16, 1, true, 3.5, -2.4, 3.9, -3.2, 3.9, -4.2);
    line(.18, .6, true, 4.2, -2.4, 4.6, -3.2, 4.5, -4.3);
  }

  private void begin(String name) {
    map = new float[WIDTH * HEIGHT];
    maps.put(name, map);
  }

  private void line(double width, double depth, boolean mirrored, double... xy) {
    for (int side = 1; side >= (mirrored ? -1 : 1); side -= 2) {
      double[][] points = new double[xy.length / 2][2];
      for (int i = 0; i < points.length; i++) {
        points[i][0] = side * xy[2 * i] + TREMOR_CM * random.gaussian();
        points[i][1] = xy[2 * i + 1] + TREMOR_CM * random.gaussian();
      }
      stroke(Curve.through(points), width, depth);
    }
  }

  private void stroke(double[][] curve, double width, double depth) {
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = Double.MAX_VALUE;
    double top = -Double.MAX_VALUE;
    for (double[] p : curve) {
      left = Math.min(left, p[0] - 3 * width);
      right = Math.max(right, p[0] + 3 * width);
      bottom = Math.min(bottom, p[1] - 3 * width);
      top = Math.max(top, p[1] + 3 * width);
    }
    for (int row = 0; row < HEIGHT; row++) {
      double y = TOP - (row + .5) / PIXELS_PER_CM;
      if (y < bottom || y > top) {
        continue;
      }
      for (int column = 0; column < WIDTH; column++) {
        double x = LEFT + (column + .5) / PIXELS_PER_CM;
        if (x < left || x > right) {
          continue;
        }
        double[] near = Curve.nearest(curve, x, y);
        double along = Math.max(.02, Math.min(.98, near[1]));
        double taper = Math.min(1, 1.6 * StrictMath.sin(StrictMath.PI * along));
        double q = near[0] / width;
        float h = (float) (depth * taper * StrictMath.exp(-q * q));
        int i = row * WIDTH + column;
        map[i] = Math.max(map[i], h);
      }
    }
  }

  /** The cobbled skin of a raised chin: bumps of both signs in an oval. */
  private void chin() {
    int bumps = 260;
    for (int k = 0; k < bumps; k++) {
      double cx = random.between(-2.2, 2.2);
      double cy = -6.3 + random.between(-1.5, 1.5);
      double height = .5 * random.gaussian();
      for (int row = 0; row < HEIGHT; row++) {
        double y = TOP - (row + .5) / PIXELS_PER_CM;
        if (Math.abs(y - cy) > .6) {
          continue;
        }
        for (int column = 0; column < WIDTH; column++) {
          double x = LEFT + (column + .5) / PIXELS_PER_CM;
          double d = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (.16 * .16);
          if (d < 9) {
            double u = x / 1.5;
            double v = y + 6.3;
            double oval = u * u + v * v;
            double fade = StrictMath.exp(-oval * StrictMath.sqrt(oval));
            map[row * WIDTH + column] += (float) (height * StrictMath.exp(-d / 2) * fade);
          }
        }
      }
    }
  }
}
