package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.affect4j.face.ExpressionPrior;
import org.junit.jupiter.api.Test;

class ExpressionCalibrationTest {
  private static final ExpressionCalibration TRUE =
      new ExpressionCalibration(1.6, List.of(.2, -.1, .3, 0., -.2, -.3, .1));

  /** Faces read too carefully, whose raters say what the calibrated network would say. */
  private static double[][] read(int count) {
    Random random = new Random(1);
    double[][] rows = new double[count][7];
    for (double[] row : rows) {
      Arrays.setAll(row, k -> Math.exp(1.5 * random.nextGaussian()));
      double sum = Arrays.stream(row).sum();
      Arrays.setAll(row, k -> row[k] / sum);
    }
    return rows;
  }

  @Test
  void slopeAndOffsetsAreFoundAgain() {
    double[][] even = read(300);
    double[][] said =
        Arrays.stream(even)
            .map(TRUE::adjust)
            .map(p -> ExpressionPrior.IN_THE_WILD.adjust(p, ExpressionPrior.EVEN))
            .toArray(double[][]::new);
    ExpressionCalibration fitted =
        ExpressionCalibration.fit(even, said, ExpressionPrior.IN_THE_WILD);
    assertEquals(TRUE.slope(), fitted.slope(), 1e-3);
    for (int k = 0; k < 7; k++) {
      assertEquals(TRUE.offsets().get(k), fitted.offsets().get(k), 1e-3);
    }
    assertArrayEquals(TRUE.adjust(even[5]), fitted.adjust(even[5]), 1e-3);
    assertEquals(7, fitted.scalings().size());
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    double[][] even = read(3);
    assertThrows(
        IllegalArgumentException.class,
        () -> ExpressionCalibration.fit(even, read(2), ExpressionPrior.EVEN));
    double[][] opposite =
        Arrays.stream(read(50))
            .map(row -> Arrays.stream(row).map(p -> 1 / p).toArray())
            .map(row -> Arrays.stream(row).map(p -> p / Arrays.stream(row).sum()).toArray())
            .toArray(double[][]::new);
    assertThrows(
        IllegalArgumentException.class,
        () -> ExpressionCalibration.fit(read(50), opposite, ExpressionPrior.EVEN));
  }
}
