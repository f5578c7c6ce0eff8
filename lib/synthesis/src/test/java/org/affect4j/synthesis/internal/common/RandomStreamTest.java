package org.affect4j.synthesis.internal.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class RandomStreamTest {
  @Test
  void followsSplitMix64() {
    // First outputs of SplitMix64 with seed 1234567, as published with the algorithm.
    RandomStream random = new RandomStream(1234567);
    assertEquals(6457827717110365317L, random.nextLong());
    assertEquals(3203168211198807973L, random.nextLong());
  }

  @Test
  void itemsHaveStreamsOfTheirOwn() {
    assertEquals(RandomStream.of(3, 5).nextLong(), RandomStream.of(3, 5).nextLong());
    assertNotEquals(RandomStream.of(3, 5).nextLong(), RandomStream.of(3, 6).nextLong());
    assertNotEquals(RandomStream.of(3, 5).nextLong(), RandomStream.of(5, 3).nextLong());
  }

  @Test
  void gaussianHasMeanZeroAndDeviationOne() {
    RandomStream random = new RandomStream(9);
    int n = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double v = random.gaussian();
      sum += v;
      squares += v * v;
    }
    assertEquals(0, sum / n, .02);
    assertEquals(1, squares / n, .02);
  }
}
