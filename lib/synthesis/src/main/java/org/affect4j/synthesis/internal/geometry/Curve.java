package org.affect4j.synthesis.internal.geometry;

import java.util.ArrayList;
import java.util.List;

/** Smooth curves through points of the plane (Catmull-Rom) and distances to them. */
final class Curve {
  private static final int PIECES = 12;

  private Curve() {}

  /** The outer contour of the lips: upper and lower lip smooth, corners sharp. */
  static double[][] closedLips(float[] positions, int[] landmarks) {
    List<double[]> upper = new ArrayList<>();
    for (int i = 48; i <= 54; i++) {
      upper.add(at(positions, landmarks[i]));
    }
    List<double[]> lower = new ArrayList<>();
    for (int i = 54; i <= 59; i++) {
      lower.add(at(positions, landmarks[i]));
    }
    lower.add(at(positions, landmarks[48]));
    List<double[]> all = new ArrayList<>(List.of(through(upper.toArray(new double[0][]))));
    double[][] below = through(lower.toArray(new double[0][]));
    all.addAll(List.of(below).subList(1, below.length));
    return all.toArray(new double[0][]);
  }

  private static double[] at(float[] positions, int vertex) {
    return new double[] {positions[3 * vertex], positions[3 * vertex + 1]};
  }

  /** Points along a smooth curve through the given ones. */
  static double[][] through(double[][] points) {
    List<double[]> out = new ArrayList<>();
    out.add(points[0]);
    for (int i = 0; i + 1 < points.length; i++) {
      double[] p0 = points[Math.max(0, i - 1)];
      double[] p1 = points[i];
      double[] p2 = points[i + 1];
      double[] p3 = points[Math.min(points.length - 1, i + 2)];
      for (int k = 1; k <= PIECES; k++) {
        double t = (double) k / PIECES;
        double[] p = new double[2];
        for (int c = 0; c < 2; c++) {
          p[c] =
              .5
                  * (2 * p1[c]
                      + t
                          * (p2[c]
                              - p0[c]
                              + t
                                  * (2 * p0[c]
                                      - 5 * p1[c]
                                      + 4 * p2[c]
                                      - p3[c]
                                      + t * (3 * p1[c] - p0[c] - 3 * p2[c] + p3[c]))));
        }
        out.add(p);
      }
    }
    return out.toArray(new double[0][]);
  }

  static double distance(double[][] curve, double x, double y) {
    return nearest(curve, x, y)[0];
  }

  /** Distance to a curve, and where on it the nearest point lies, 0 to 1. */
  static double[] nearest(double[][] curve, double x, double y) {
    double best = Double.MAX_VALUE;
    double where = 0;
    for (int i = 0; i + 1 < curve.length; i++) {
      double dx = curve[i + 1][0] - curve[i][0];
      double dy = curve[i + 1][1] - curve[i][1];
      double t = ((x - curve[i][0]) * dx + (y - curve[i][1]) * dy) / (dx * dx + dy * dy + 1e-12);
      t = Math.max(0, Math.min(1, t));
      double ex = curve[i][0] + t * dx - x;
      double ey = curve[i][1] + t * dy - y;
      double d = ex * ex + ey * ey;
      if (d < best) {
        best = d;
        where = (i + t) / (curve.length - 1);
      }
    }
    return new double[] {StrictMath.sqrt(best), where};
  }

  /** Whether a closed curve goes round a point (even-odd rule). */
  static boolean contains(double[][] curve, double x, double y) {
    boolean inside = false;
    for (int i = 0, j = curve.length - 1; i < curve.length; j = i++) {
      double yi = curve[i][1];
      double yj = curve[j][1];
      if (yi > y != yj > y
          && x < (curve[j][0] - curve[i][0]) * (y - yi) / (yj - yi) + curve[i][0]) {
        inside = !inside;
      }
    }
    return inside;
  }
}
