package org.affect4j.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.affect4j.Bundled;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

class HeadPoseTest {
  private static RealMatrix matrix(double[]... rows) {
    return MatrixUtils.createRealMatrix(rows);
  }

  /** Yaw to the right of the image, then pitch downward, then roll clockwise; x right, y up. */
  private static RealMatrix rotation(double yaw, double pitch, double roll) {
    double y = Math.toRadians(yaw);
    double p = Math.toRadians(pitch);
    double r = Math.toRadians(-roll);
    return matrix(
            new double[] {Math.cos(r), -Math.sin(r), 0},
            new double[] {Math.sin(r), Math.cos(r), 0},
            new double[] {0, 0, 1})
        .multiply(
            matrix(
                new double[] {1, 0, 0},
                new double[] {0, Math.cos(p), -Math.sin(p)},
                new double[] {0, Math.sin(p), Math.cos(p)}))
        .multiply(
            matrix(
                new double[] {Math.cos(y), 0, Math.sin(y)},
                new double[] {0, 1, 0},
                new double[] {-Math.sin(y), 0, Math.cos(y)}));
  }

  /** The mean face as a camera sees it from a distance in distances of the eyes. */
  private static Landmarks68 seen(RealMatrix turn, double distance) {
    return Landmarks68.of(
        Arrays.stream(HeadPose.meanFace())
            .map(turn::operate)
            .flatMapToDouble(
                p -> {
                  double k = 80 * distance / (distance - p[2]);
                  return DoubleStream.of(300 + k * p[0], 200 - k * p[1]);
                })
            .toArray());
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "30,0,0", "0,-20,0", "0,0,170", "-35,20,15", "60,-40,-90", "5,80,45"})
  void aTurnedHeadIsRecovered(double yaw, double pitch, double roll) {
    HeadPose pose = HeadPose.of(seen(rotation(yaw, pitch, roll), 1e9));
    assertEquals(yaw, pose.yaw(), 1e-5);
    assertEquals(pitch, pose.pitch(), 1e-5);
    assertEquals(roll, pose.roll(), 1e-5);
  }

  @Test
  void aCameraNearbyChangesLittle() {
    HeadPose pose = HeadPose.of(seen(rotation(25, 10, -5), 10));
    assertEquals(25, pose.yaw(), 3);
    assertEquals(10, pose.pitch(), 3);
    assertEquals(-5, pose.roll(), 3);
  }

  /** Signs and sizes as the renderer has them, whose persons differ from the mean face. */
  @Test
  void exactLandmarksOfTheBundledPortraitsTellTheirPose() throws IOException {
    Table labels = Table.read().csv(Bundled.path("data/portraits/labels.csv").toFile());
    double[] errors = new double[3];
    for (Row row : labels) {
      Landmarks68 landmarks =
          Landmarks68.of(
              Landmarks68.NAMES.stream()
                  .flatMapToDouble(
                      p -> DoubleStream.of(row.getDouble(p + "_x"), row.getDouble(p + "_y")))
                  .toArray());
      HeadPose pose = HeadPose.of(landmarks);
      errors[0] += Math.abs(pose.yaw() - row.getDouble("yaw_deg"));
      errors[1] += Math.abs(pose.pitch() - row.getDouble("pitch_deg"));
      // These labels count counter-clockwise.
      errors[2] += Math.abs(pose.roll() + row.getDouble("roll_deg"));
      assertTrue(landmarks.eyeOpennessLeft() > .1 && landmarks.eyeOpennessRight() < .6);
    }
    for (double sum : errors) {
      assertTrue(sum / labels.rowCount() < 2, Arrays.toString(errors));
    }
  }

  @Test
  void opennessIsHeightOverWidth() {
    double[] xy = new double[136];
    double[] left = {0, 0, 10, -3, 20, -3, 30, 0, 20, 3, 10, 3};
    System.arraycopy(left, 0, xy, 72, 12);
    double[] right = {50, 0, 60, -1, 70, 0, 80, 0, 70, 0, 60, 1};
    System.arraycopy(right, 0, xy, 84, 12);
    Landmarks68 landmarks = Landmarks68.of(xy);
    assertEquals(6 / 30.0, landmarks.eyeOpennessLeft(), 1e-12);
    assertEquals(1 / 30.0, landmarks.eyeOpennessRight(), 1e-12);
    assertEquals(15, landmarks.five().eyeLeft().x(), 1e-12);
    assertEquals(.2, landmarks.moved(3, 7, -2).eyeOpennessLeft(), 1e-12, "whatever size and place");
  }

  @Test
  void whatIsNoFaceIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Landmarks68.of(1, 2, 3));
    double[] xy = new double[136];
    assertThrows(IllegalArgumentException.class, () -> HeadPose.of(Landmarks68.of(xy)));
    for (int i = 0; i < 136; i++) {
      xy[i] = i / 2;
    }
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> HeadPose.of(Landmarks68.of(xy)));
    assertTrue(e.getMessage().contains("line"), e.getMessage());
    xy[9] = Double.NaN;
    assertThrows(IllegalArgumentException.class, () -> Landmarks68.of(xy));
  }
}
