package org.affect4j.video.track;

import org.affect4j.face.PixelBox;
import org.apache.commons.math3.filter.DefaultMeasurementModel;
import org.apache.commons.math3.filter.DefaultProcessModel;
import org.apache.commons.math3.filter.KalmanFilter;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Where a box moves: a Kalman filter for its centre and its size, each with a velocity that
 * wanders. Immutable. Positions are in units of the box's size, so that near faces may move faster.
 */
final class Motion {
  /** Standard deviation of a detected centre or size, and of a face's acceleration per second. */
  private static final double MEASURED = .03;

  private static final double ACCELERATION = 4;

  /** Seconds after which a motion says nothing more, as behind a picture that stood still. */
  private static final double LONGEST = 1;

  private static final RealMatrix SEES =
      new Array2DRowRealMatrix(
          new double[][] {{1, 0, 0, 0, 0, 0}, {0, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 1, 0}});

  private final double seconds;
  private final double ratio;
  private final RealVector state;
  private final RealMatrix covariance;

  private Motion(double seconds, double ratio, RealVector state, RealMatrix covariance) {
    this.seconds = seconds;
    this.ratio = ratio;
    this.state = state;
    this.covariance = covariance;
  }

  /** A box that is seen for the first time: at rest, as far as one knows. */
  static Motion of(PixelBox box, double seconds) {
    double size = size(box);
    RealMatrix covariance = new Array2DRowRealMatrix(6, 6);
    for (int i = 0; i < 3; i++) {
      covariance.setEntry(2 * i, 2 * i, square(MEASURED * size));
      covariance.setEntry(2 * i + 1, 2 * i + 1, square(size));
    }
    RealVector measured = measured(box);
    RealVector state = new ArrayRealVector(6);
    for (int i = 0; i < 3; i++) {
      state.setEntry(2 * i, measured.getEntry(i));
    }
    return new Motion(seconds, box.width() / box.height(), state, covariance);
  }

  /** The same box seen later. */
  Motion seen(PixelBox box, double at) {
    KalmanFilter filter = filter(at);
    filter.predict();
    filter.correct(measured(box));
    return new Motion(
        at,
        box.width() / box.height(),
        filter.getStateEstimationVector(),
        filter.getErrorCovarianceMatrix());
  }

  /** Where the box should be. */
  PixelBox at(double time) {
    double passed = Math.min(time - seconds, LONGEST);
    double x = state.getEntry(0) + passed * state.getEntry(1);
    double y = state.getEntry(2) + passed * state.getEntry(3);
    double size = Math.max(1, state.getEntry(4) + Math.min(passed, .2) * state.getEntry(5));
    double width = size * Math.sqrt(ratio);
    double height = size / Math.sqrt(ratio);
    return new PixelBox(x - width / 2, y - height / 2, width, height);
  }

  /** When it was seen last. */
  double seconds() {
    return seconds;
  }

  private KalmanFilter filter(double at) {
    double passed = Math.min(at - seconds, LONGEST);
    double size = state.getEntry(4);
    RealMatrix moves = new Array2DRowRealMatrix(6, 6);
    RealMatrix wanders = new Array2DRowRealMatrix(6, 6);
    double noise = square(ACCELERATION * size);
    for (int i = 0; i < 6; i += 2) {
      moves.setEntry(i, i, 1);
      moves.setEntry(i, i + 1, passed);
      moves.setEntry(i + 1, i + 1, 1);
      wanders.setEntry(i, i, noise * Math.pow(passed, 4) / 4);
      wanders.setEntry(i, i + 1, noise * Math.pow(passed, 3) / 2);
      wanders.setEntry(i + 1, i, noise * Math.pow(passed, 3) / 2);
      wanders.setEntry(i + 1, i + 1, noise * passed * passed);
    }
    RealMatrix errors = new Array2DRowRealMatrix(3, 3);
    for (int i = 0; i < 3; i++) {
      errors.setEntry(i, i, square(MEASURED * size));
    }
    return new KalmanFilter(
        new DefaultProcessModel(moves, new Array2DRowRealMatrix(6, 1), wanders, state, covariance),
        new DefaultMeasurementModel(SEES, errors));
  }

  private static RealVector measured(PixelBox box) {
    return new ArrayRealVector(
        new double[] {box.x() + box.width() / 2, box.y() + box.height() / 2, size(box)});
  }

  private static double size(PixelBox box) {
    return Math.sqrt(box.area());
  }

  private static double square(double value) {
    return value * value;
  }
}
