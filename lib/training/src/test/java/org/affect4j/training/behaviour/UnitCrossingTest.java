package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.junit.jupiter.api.Test;

class UnitCrossingTest {
  private static double[] units(int number, double value) {
    double[] units = new double[ActionUnit.COUNT];
    units[ActionUnit.ofNumber(number).ordinal()] = value;
    return units;
  }

  @Test
  void facesOfOtherExpressionsAreLeftOut() {
    List<Expression> faces =
        List.of(
            Expression.ANGER,
            Expression.SADNESS,
            Expression.HAPPINESS,
            Expression.SURPRISE,
            Expression.FEAR);
    double[][] units = {units(4, .9), units(4, .3), units(4, .3), units(4, .5), units(4, 1)};
    // By hand: anger is above both; sadness ties with happiness and is below surprise.
    assertEquals(2.5 / 4, UnitCrossing.FROWN.areaUnderCurve(faces, units), 1e-12);
  }

  @Test
  void theHigherUnitCounts() {
    List<Expression> faces = List.of(Expression.SURPRISE, Expression.SURPRISE, Expression.NEUTRAL);
    double[][] units = {units(25, .6), units(26, .7), units(25, .5)};
    assertEquals(1, UnitCrossing.OPEN_MOUTH.areaUnderCurve(faces, units));
    assertEquals("au25_au26_auc", UnitCrossing.OPEN_MOUTH.column());
  }

  @Test
  void happinessIsToldFromAllOthers() {
    List<Expression> faces = Expression.ALL;
    double[][] units =
        faces.stream().map(e -> units(12, e == Expression.FEAR ? .9 : .5)).toArray(double[][]::new);
    // One other is above, five tie.
    assertEquals(2.5 / 6, UnitCrossing.SMILE.areaUnderCurve(faces, units), 1e-12);
  }

  @Test
  void withoutFacesOfBothKindsThereIsNoFigure() {
    double[][] units = {units(9, .5)};
    assertTrue(
        Double.isNaN(UnitCrossing.RAISED_LIP.areaUnderCurve(List.of(Expression.DISGUST), units)));
    assertTrue(Double.isNaN(UnitCrossing.SMILE.areaUnderCurve(List.of(), new double[0][])));
  }

  @Test
  void badInputIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> UnitCrossing.SMILE.areaUnderCurve(List.of(Expression.FEAR), new double[0][]));
    List<ActionUnit> one = List.of(ActionUnit.ofNumber(1));
    Set<Expression> fear = Set.of(Expression.FEAR);
    assertThrows(IllegalArgumentException.class, () -> new UnitCrossing(one, fear, fear));
    assertThrows(
        IllegalArgumentException.class,
        () -> new UnitCrossing(List.of(), fear, Set.of(Expression.ANGER)));
  }
}
