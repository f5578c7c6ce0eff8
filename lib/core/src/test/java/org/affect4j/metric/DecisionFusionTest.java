package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionFusionTest {
  @Test
  void betterNetworksCountMore() {
    DecisionFusion fusion = new DecisionFusion(List.of(.449, .472));
    // (.449 x .2 + .472 x .4) / .921
    assertEquals(.3025, fusion.of(List.of(new double[] {.2}, new double[] {.4}))[0], 5e-5);
  }

  @Test
  void aNetworkWithoutAnAnswerHasNoWeight() {
    double none = Double.NaN;
    assertArrayEquals(
        new double[] {.5, -.25, none},
        new DecisionFusion(List.of(.3, .6))
            .of(List.of(new double[] {.5, none, none}, new double[] {none, -.25, none})),
        1e-12);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    DecisionFusion two = new DecisionFusion(List.of(.3, .6));
    assertThrows(IllegalArgumentException.class, () -> two.of(List.of(new double[1])));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> two.of(List.of(new double[] {1, 2}, new double[] {1})));
    assertTrue(e.getMessage().contains("network 2"), e.getMessage());
    for (List<Double> weights : List.of(List.<Double>of(), List.of(.3, -.1), List.of(Double.NaN))) {
      assertThrows(IllegalArgumentException.class, () -> new DecisionFusion(weights));
    }
  }
}
