package org.affect4j.image;

import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.affect4j.face.Point;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;

/** The affine transform that maps points to others with the least sum of squared distances. */
final class AffineFit {
  /** Points that leave a line by less, in pixels, are taken to lie on it. */
  private static final double LEAST = 1e-6;

  private AffineFit() {}

  /**
   * Fits six numbers: {@code x' = m00 x + m01 y + m02, y' = m10 x + m11 y + m12}.
   *
   * @param from at least three points that do not lie on a line
   * @param to as many points
   * @throws IllegalArgumentException if the first points lie on a line
   */
  static AffineTransform fit(List<Point> from, List<Point> to) {
    double[][] rows =
        from.stream().map(p -> new double[] {p.x(), p.y(), 1}).toArray(double[][]::new);
    DecompositionSolver solver =
        new QRDecomposition(MatrixUtils.createRealMatrix(rows), LEAST).getSolver();
    if (!solver.isNonSingular()) {
      throw new IllegalArgumentException(
          "the points lie on a line: no affine transform can be fitted to them");
    }
    double[] x = solved(solver, to, Point::x);
    double[] y = solved(solver, to, Point::y);
    return new AffineTransform(x[0], y[0], x[1], y[1], x[2], y[2]);
  }

  private static double[] solved(
      DecompositionSolver solver, List<Point> to, ToDoubleFunction<Point> coordinate) {
    double[] wanted = to.stream().mapToDouble(coordinate).toArray();
    return solver.solve(new ArrayRealVector(wanted)).toArray();
  }
}
