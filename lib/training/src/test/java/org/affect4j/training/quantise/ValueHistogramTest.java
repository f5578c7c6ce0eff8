package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueHistogramTest {
  private static ValueHistogram of(float... values) {
    ValueHistogram histogram = new ValueHistogram();
    assertTrue(histogram.add(FloatBuffer.wrap(values)));
    return histogram;
  }

  @Test
  void minMaxCoversEverythingAndZero() {
    assertEquals(new ValueRange(-2, 5), of(-2, 1, 5).range(new RangeMethod.MinMax()));
    assertEquals(new ValueRange(0, 5), of(3, 5).range(new RangeMethod.MinMax()));
    assertEquals(new ValueRange(0, 0), of(0, 0).range(new RangeMethod.MinMax()));
  }

  @Test
  void largerValuesInLaterBatchesWidenTheBins() {
    ValueHistogram histogram = of(1, 1, 1, 1);
    histogram.add(FloatBuffer.wrap(new float[] {100}));
    assertEquals(100, histogram.range(new RangeMethod.MinMax()).high());
    assertEquals(1, histogram.range(new RangeMethod.Percentile(79)).high(), .05);
  }

  @Test
  void percentileLeavesOutBothEnds() {
    float[] values = new float[20001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i - 10000;
    }
    ValueRange range = of(values).range(new RangeMethod.Percentile(98));
    assertEquals(-9800, range.low(), 6);
    assertEquals(9800, range.high(), 6);
  }

  @Test
  void leastSquaresClipsALoneOutlier() {
    Random random = new Random(1);
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    values[17] = 60;
    ValueRange range = of(values).range(new RangeMethod.LeastSquares());
    assertTrue(range.high() > 3 && range.high() < 58, "got " + range);
    assertTrue(range.low() < -3, "got " + range);
  }

  @Test
  void valuesThatAreNoNumbersAreRefused() {
    assertFalse(new ValueHistogram().add(FloatBuffer.wrap(new float[] {1, Float.NaN})));
    assertFalse(new ValueHistogram().add(FloatBuffer.wrap(new float[] {Float.POSITIVE_INFINITY})));
  }
}
