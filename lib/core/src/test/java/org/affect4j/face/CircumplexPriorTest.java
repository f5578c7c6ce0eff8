package org.affect4j.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CircumplexPriorTest {
  /** Going round from pleasure: Russell 1980, abstract. */
  @Test
  void expressionsLieInTheOrderOfTheCircumplex() {
    List<Expression> round =
        List.of(
            Expression.HAPPINESS,
            Expression.SURPRISE,
            Expression.FEAR,
            Expression.ANGER,
            Expression.DISGUST,
            Expression.SADNESS);
    List<Double> least = List.of(0., 45., 90., 90., 135., 180.);
    List<Double> most = List.of(45., 90., 135., 135., 180., 225.);
    double before = 0;
    for (int k = 0; k < round.size(); k++) {
      ValenceArousal there = CircumplexPrior.of(round.get(k));
      double degrees = (Math.toDegrees(Math.atan2(there.arousal(), there.valence())) + 360) % 360;
      assertTrue(
          degrees >= least.get(k) && degrees <= most.get(k) + 1e-9 && degrees > before,
          round.get(k) + " at " + degrees);
      before = degrees;
    }
  }

  @Test
  void aSlightSmileIsALittlePleasant() {
    assertEquals(
        CircumplexPrior.of(Expression.NEUTRAL), CircumplexPrior.of(Expression.HAPPINESS, 0));
    ValenceArousal slight = CircumplexPrior.of(Expression.HAPPINESS, .25);
    assertEquals(.2, slight.valence(), 1e-12);
    assertEquals(.05, slight.arousal(), 1e-12);
    assertEquals(
        CircumplexPrior.of(Expression.HAPPINESS), CircumplexPrior.of(Expression.HAPPINESS, 1));
    assertThrows(
        IllegalArgumentException.class, () -> CircumplexPrior.of(Expression.ANGER, Double.NaN));
  }
}
