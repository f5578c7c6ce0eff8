package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightRangeTest {
  @Test
  void fullRangeUses127() {
    assertEquals(2f / 127, WeightRange.FULL.step(new float[] {1, -2, 1.9f}, 0, 1, 3));
    assertEquals(0, WeightRange.FULL.step(new float[3], 0, 1, 3));
  }

  @Test
  void stridesChooseTheChannel() {
    assertEquals(3f / 127, WeightRange.FULL.step(new float[] {1, 9, 3, 9}, 0, 2, 2));
  }

  @Test
  void pairSafeUsesAllBitsWhereOneWeightStandsAlone() {
    assertEquals(2f / 127, WeightRange.PAIR_SAFE.step(new float[] {2, -2, 0}, 0, 1, 3));
    assertEquals(4f / 127, WeightRange.PAIR_SAFE.step(new float[] {2, 2, -1}, 0, 1, 3));
  }

  @Test
  void noTwoPairSafeProductsLeave16Bits() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      float[] weights = new float[2 + random.nextInt(6)];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = (float) random.nextGaussian();
      }
      float step = WeightRange.PAIR_SAFE.step(weights, 0, 1, weights.length);
      for (int i = 0; i < weights.length; i++) {
        for (int j = 0; j < i; j++) {
          int sum = 255 * (Math.round(weights[i] / step) + Math.round(weights[j] / step));
          assertTrue(sum >= Short.MIN_VALUE && sum <= Short.MAX_VALUE, "sum " + sum);
        }
        assertTrue(Math.abs(Math.round(weights[i] / step)) <= 127);
      }
    }
  }
}
