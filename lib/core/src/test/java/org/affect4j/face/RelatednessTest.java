package org.affect4j.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelatednessTest {
  @Test
  void theTableOfDuIsCompleteAndItsUnitsAreExactlyThe17() {
    Relatedness du = Relatedness.du();
    assertEquals(21, du.categories().size());
    Set<ActionUnit> used = EnumSet.noneOf(ActionUnit.class);
    du.categories().forEach(c -> used.addAll(du.prototypical(c)));
    du.categories().forEach(c -> used.addAll(du.observational(c)));
    assertEquals(Set.copyOf(ActionUnit.ALL), used);
  }

  @Test
  void weightsAreThoseOfThePapers() {
    Relatedness du = Relatedness.du();
    assertEquals(
        Set.of(ActionUnit.AU12, ActionUnit.AU25), du.prototypical(CompoundExpression.HAPPY));
    assertEquals(.51, du.weight(CompoundExpression.HAPPY, ActionUnit.AU06));
    assertEquals(.35, du.weight(CompoundExpression.SADLY_DISGUSTED, ActionUnit.AU11));
    assertEquals(.85, Relatedness.empirical().weight(CompoundExpression.FEARFUL, ActionUnit.AU25));
    assertEquals(1, du.binary().weight(CompoundExpression.HAPPY, ActionUnit.AU06));
  }

  @Test
  void arraysDoNotLeak() {
    Relatedness du = Relatedness.du();
    du.weights(CompoundExpression.HAPPY)[ActionUnit.AU12.ordinal()] = 0;
    assertEquals(1, du.weight(CompoundExpression.HAPPY, ActionUnit.AU12));
  }

  @Test
  void anEstimateIsTheFractionOverAnnotatedSamples() {
    Relatedness estimated =
        new Relatedness.Estimator()
            .add(CompoundExpression.HAPPY, Map.of(ActionUnit.AU12, 1.0, ActionUnit.AU06, 0.0))
            .add(CompoundExpression.HAPPY, Map.of(ActionUnit.AU12, 0.0))
            .add(CompoundExpression.HAPPY, Map.of(ActionUnit.AU12, 1.0, ActionUnit.AU06, 1.0))
            .estimate("three faces");
    assertEquals(2 / 3.0, estimated.weight(CompoundExpression.HAPPY, ActionUnit.AU12), 1e-12);
    assertEquals(.5, estimated.weight(CompoundExpression.HAPPY, ActionUnit.AU06));
    assertEquals(0, estimated.weight(CompoundExpression.HAPPY, ActionUnit.AU04));
    IllegalArgumentException absent =
        assertThrows(
            IllegalArgumentException.class, () -> estimated.weights(CompoundExpression.SAD));
    assertTrue(absent.getMessage().contains("three faces"));
  }

  @Test
  void labelsLeadBackToTheirConstants() {
    CompoundExpression.ALL.forEach(
        c -> assertEquals(c, CompoundExpression.ofLabel(c.label().replace(' ', '_'))));
    Expression.ALL.forEach(e -> assertEquals(e, Expression.ofLabel(" " + e.name())));
    ActionUnit.ALL.forEach(u -> assertEquals(u, ActionUnit.ofNumber(u.number())));
    assertThrows(IllegalArgumentException.class, () -> Expression.ofLabel("contempt"));
    assertTrue(AnnotatedExpression.ofLabel("contempt").basic().isEmpty());
    assertEquals(
        List.of(Expression.FEAR, Expression.SURPRISE), CompoundExpression.AWED.components());
  }
}
