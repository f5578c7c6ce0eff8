package org.affect4j.face;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * How a head is turned: first by the yaw about its own vertical axis, then by the pitch, then by
 * the roll in the plane of the picture.
 *
 * @param yaw degrees; positive turns the face to the right of the image
 * @param pitch degrees; positive lowers the face
 * @param roll degrees; positive turns the head clockwise as the picture shows it, as {@link
 *     Landmarks#rollDegrees} does
 */
public record HeadPose(double yaw, double pitch, double roll) {
  /**
   * A mean face in three dimensions: x (to the right of the image), y (up) and z (out of the face)
   * of each of the 68 landmarks, in distances of the eyes. It is the shape that fits, with the yaw
   * and pitch of each, the landmarks of our rendered training faces with the least squares, made
   * symmetric.
   */
  private static final double[] MEAN_FACE = {
    -1.056, .566, -1.001, -1.051, .254, -.953, -1.012, -.025, -.849, -.966, -.302, -.742, -.849,
    -.617, -.585, -.646, -.887, -.375, -.472, -1.019, -.127, -.243, -1.091, .138, 0, -1.145, .165,
    .243, -1.091, .138, .472, -1.019, -.127, .646, -.887, -.375, .849, -.617, -.585, .966, -.302,
    -.742, 1.012, -.025, -.849, 1.051, .254, -.953, 1.056, .566, -1.001, -.871, .827, -.298, -.741,
    .954, -.105, -.569, 1.003, .052, -.362, 1.005, .176, -.175, .964, .227, .175, .964, .227, .362,
    1.005, .176, .569, 1.003, .052, .741, .954, -.105, .871, .827, -.298, 0, .623, .234, 0, .449,
    .378, 0, .289, .531, 0, .094, .679, -.217, -.131, .269, -.106, -.144, .368, 0, -.159, .394,
    .106, -.144, .368, .217, -.131, .269, -.679, .565, -.163, -.597, .637, -.036, -.431, .65, .002,
    -.283, .536, -.038, -.418, .522, -.005, -.592, .522, -.044, .283, .536, -.038, .431, .65, .002,
    .597, .637, -.036, .679, .565, -.163, .592, .522, -.044, .418, .522, -.005, -.42, -.487, .112,
    -.29, -.378, .31, -.126, -.334, .414, 0, -.345, .437, .126, -.334, .414, .29, -.378, .31, .42,
    -.487, .112, .302, -.59, .263, .175, -.64, .359, 0, -.657, .394, -.175, -.64, .359, -.302, -.59,
    .263, -.369, -.487, .101, -.175, -.463, .291, 0, -.473, .335, .175, -.463, .291, .369, -.487,
    .101, .185, -.495, .296, 0, -.506, .342, -.185, -.495, .296
  };

  /** Coordinates that differ by less, relative to the largest, lie on a line. */
  private static final double LEAST = 1e-6;

  private static final RealMatrix SHAPE = shape();
  private static final RealMatrix SOLVER =
      new SingularValueDecomposition(SHAPE).getSolver().getInverse();

  /** About its mean, so that a shift of the image has no effect on the fit. */
  private static RealMatrix shape() {
    RealMatrix shape = new Array2DRowRealMatrix(Landmarks68.COUNT, 3);
    for (int axis = 0; axis < 3; axis++) {
      double mean = 0;
      for (int i = 0; i < Landmarks68.COUNT; i++) {
        mean += MEAN_FACE[3 * i + axis] / Landmarks68.COUNT;
      }
      for (int i = 0; i < Landmarks68.COUNT; i++) {
        shape.setEntry(i, axis, MEAN_FACE[3 * i + axis] - mean);
      }
    }
    return shape;
  }

  /**
   * Fits the turned mean face to landmarks by a scaled orthographic projection: the least-squares
   * affine camera, whose two rows are then made orthonormal (Tomasi and Kanade 1992, Shape and
   * Motion from Image Streams under Orthography, for one view of a known shape).
   *
   * @param landmarks in pixels of any picture
   * @return the pose; yaw and roll are -180 to 180, the pitch is -90 to 90
   * @throws IllegalArgumentException if the landmarks lie on one line
   */
  public static HeadPose of(Landmarks68 landmarks) {
    double[][] image = new double[2][Landmarks68.COUNT];
    for (int i = 0; i < Landmarks68.COUNT; i++) {
      image[0][i] = landmarks.points().get(i).x();
      image[1][i] = -landmarks.points().get(i).y();
    }
    RealMatrix camera = SOLVER.multiply(new Array2DRowRealMatrix(image).transpose()).transpose();
    SingularValueDecomposition parts = new SingularValueDecomposition(camera);
    double[] sizes = parts.getSingularValues();
    if (!(sizes[1] > LEAST * sizes[0])) {
      throw new IllegalArgumentException("the 68 landmarks lie on one line: no head is turned so");
    }
    RealMatrix rows = parts.getU().multiply(parts.getVT());
    double[] right = rows.getRow(0);
    double[] up = rows.getRow(1);
    double[] out = {
      right[1] * up[2] - right[2] * up[1],
      right[2] * up[0] - right[0] * up[2],
      right[0] * up[1] - right[1] * up[0]
    };
    return new HeadPose(
        Math.toDegrees(Math.atan2(-out[0], out[2])),
        Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, out[1])))),
        Math.toDegrees(Math.atan2(right[1], up[1])));
  }

  /** The mean face: x, y, z of each landmark. */
  static double[][] meanFace() {
    return SHAPE.getData();
  }
}
