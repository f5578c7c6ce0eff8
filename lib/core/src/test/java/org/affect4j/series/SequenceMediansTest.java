package org.affect4j.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SequenceMediansTest {
  private static final double NONE = Double.NaN;
  private final SequenceMedians threes = new SequenceMedians(3);

  @Test
  void everySequenceHasItsOwnMedian() {
    assertArrayEquals(
        new double[] {2, 5, NONE, 7.5},
        threes.of(new double[] {9, 1, 2, NONE, 5, NONE, NONE, NONE, NONE, 7, 8}));
    assertArrayEquals(new double[0], threes.of(new double[0]));
  }

  @Test
  void anUtteranceIsTheMeanOfItsMedians() {
    assertEquals(3.5, threes.ofUtterance(new double[] {9, 1, 2, 5, 5, 0, NONE}));
    assertEquals(NONE, threes.ofUtterance(new double[] {NONE}));
    assertThrows(IllegalArgumentException.class, () -> new SequenceMedians(0));
  }
}
