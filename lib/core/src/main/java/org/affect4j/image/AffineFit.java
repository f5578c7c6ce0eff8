package org.affect4j.image;

import java.awt.geom.AffineTransform;
import java.util.List;
import org.affect4j.face.Point;

/** The affine transform that maps points to others with the least sum of squared distances. */
final class AffineFit {
  private AffineFit() {}

  /**
   * Fits. With both sets centred, {@code p} and {@code q}, the matrix is {@code sum(q p') (sum(p
   * p'))^-1}, and the shift leads from one mean to the other.
   *
   * @param from at least three points that do not lie on a line
   * @param to as many points
   * @throws IllegalArgumentException if the points of either set lie on a line
   */
  static AffineTransform fit(List<Point> from, List<Point> to) {
    double px = from.stream().mapToDouble(Point::x).average().orElseThrow();
    double py = from.stream().mapToDouble(Point::y).average().orElseThrow();
    double qx = to.stream().mapToDouble(Point::x).average().orElseThrow();
    double qy = to.stream().mapToDouble(Point::y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double[] ofX = new double[2];
    double[] ofY = new double[2];
    for (int i = 0; i < from.size(); i++) {
      double x = from.get(i).x() - px;
      double y = from.get(i).y() - py;
      xx += x * x;
      xy += x * y;
      yy += y * y;
      ofX[0] += (to.get(i).x() - qx) * x;
      ofX[1] += (to.get(i).x() - qx) * y;
      ofY[0] += (to.get(i).y() - qy) * x;
      ofY[1] += (to.get(i).y() - qy) * y;
    }
    double determinant = xx * yy - xy * xy;
    double m00 = (ofX[0] * yy - ofX[1] * xy) / determinant;
    double m01 = (ofX[1] * xx - ofX[0] * xy) / determinant;
    double m10 = (ofY[0] * yy - ofY[1] * xy) / determinant;
    double m11 = (ofY[1] * xx - ofY[0] * xy) / determinant;
    if (!(determinant > 1e-9 * (xx + yy) * (xx + yy)) || m00 * m11 - m01 * m10 == 0) {
      throw new IllegalArgumentException(
          "the points lie on a line: no affine transform can be fitted to them");
    }
    return new AffineTransform(
        m00, m10, m01, m11, qx - m00 * px - m01 * py, qy - m10 * px - m11 * py);
  }
}
