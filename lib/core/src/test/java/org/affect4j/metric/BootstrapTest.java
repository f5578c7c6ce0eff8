package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final List<String> PERSONS =
      IntStream.range(0, 40).mapToObj(i -> "p" + i / 2).toList();

  @Test
  void bothKindsOfChanceWidenTheInterval() {
    double[] byRepetition = {0, 1, 2, 3, 4};
    double[] bySample = IntStream.range(0, 40).mapToDouble(i -> i / 2 % 5).toArray();
    Interval samples =
        Bootstrap.STANDARD.crossed(
            5,
            PERSONS,
            (r, s) -> Arrays.stream(s).mapToDouble(i -> bySample[i]).average().orElseThrow());
    Interval repetitions =
        Bootstrap.STANDARD.crossed(
            5,
            PERSONS,
            (r, s) -> Arrays.stream(r).mapToDouble(i -> byRepetition[i]).average().orElseThrow());
    Interval both =
        Bootstrap.STANDARD.crossed(
            5,
            PERSONS,
            (r, s) ->
                Arrays.stream(s).mapToDouble(i -> bySample[i]).average().orElseThrow()
                    + Arrays.stream(r).mapToDouble(i -> byRepetition[i]).average().orElseThrow());
    assertEquals(2, samples.estimate());
    assertEquals(2, repetitions.estimate());
    assertEquals(4, both.estimate());
    double width = both.high() - both.low();
    assertTrue(
        width > samples.high() - samples.low() && width > repetitions.high() - repetitions.low());
    // The variance of a mean of 5 values with variance 2 is 0.4.
    assertEquals(2 * 1.96 * Math.sqrt(.4), repetitions.high() - repetitions.low(), .3);
  }

  @Test
  void oneRepetitionIsAnOrdinaryIntervalOverClusters() {
    double[] values = IntStream.range(0, 40).mapToDouble(i -> i % 7).toArray();
    Interval crossed =
        Bootstrap.STANDARD.crossed(
            1,
            PERSONS,
            (r, s) -> Arrays.stream(s).mapToDouble(i -> values[i]).average().orElseThrow());
    Interval plain =
        Bootstrap.STANDARD.intervalOverClusters(
            PERSONS, s -> Arrays.stream(s).mapToDouble(i -> values[i]).average().orElseThrow());
    assertEquals(plain, crossed);
    assertThrows(
        IllegalArgumentException.class, () -> Bootstrap.STANDARD.crossed(0, PERSONS, (r, s) -> 0));
  }
}
