package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.junit.jupiter.api.Test;

class ActionUnitScoresTest {
  private static final double NAN = Double.NaN;

  @Test
  void agreesWithScikitLearnUnderMasks() throws IOException {
    JsonObject golden = Golden.read("action_units");
    double[][] labels = Golden.matrix(golden.get("labels"));
    for (double[] row : labels) {
      for (int u = 0; u < row.length; u++) {
        row[u] = row[u] < 0 ? NAN : row[u];
      }
    }
    ActionUnitScores actual =
        ActionUnitScores.of(
            labels, Golden.matrix(golden.get("scores")), golden.get("threshold").getAsDouble());
    JsonArray f1 = golden.getAsJsonArray("f1");
    JsonArray accuracy = golden.getAsJsonArray("accuracy");
    for (int u = 0; u < ActionUnit.COUNT; u++) {
      double expected = f1.get(u).isJsonNull() ? NAN : f1.get(u).getAsDouble();
      assertEquals(expected, actual.units().get(u).score().f1(), Golden.TOLERANCE);
      expected = accuracy.get(u).isJsonNull() ? NAN : accuracy.get(u).getAsDouble();
      assertEquals(expected, actual.units().get(u).score().accuracy(), Golden.TOLERANCE);
    }
    assertEquals(golden.get("mean_f1").getAsDouble(), actual.meanF1(), Golden.TOLERANCE);
    assertTrue(actual.table().doubleColumn("f1").isMissing(8));
  }

  @Test
  void thresholdsComeFromValidationAndTiesStayNearOneHalf() {
    List<ActionUnit> units = List.of(ActionUnit.AU01, ActionUnit.AU02, ActionUnit.AU04);
    double[][] labels = {{1, 1, 0}, {1, 0, NAN}, {0, 1, 0}, {0, 0, 0}};
    double[][] scores = {{.25, .9, .1}, {.25, .1, .1}, {.15, .9, .1}, {.05, .1, .1}};
    ActionUnitThresholds chosen = ActionUnitThresholds.chosenOn(units, labels, scores);
    assertEquals(.2, chosen.of(ActionUnit.AU01));
    assertEquals(.5, chosen.of(ActionUnit.AU02));
    assertEquals(Set.of(ActionUnit.AU04), chosen.unsupported());
    assertEquals(.5, chosen.of(ActionUnit.AU04));
    ActionUnitScores scored = ActionUnitScores.of(units, labels, scores, chosen);
    assertEquals(1, scored.of(ActionUnit.AU01).score().f1());
    assertEquals(0, scored.of(ActionUnit.AU04).score().f1());
  }

  /** Each class against the rest; the third has no sample and does not count. */
  @Test
  void meanAreaIsThatOfTheClassesThatOccur() {
    double[][] scores = {{.8, .1, .1}, {.6, .3, .1}, {.5, .4, .1}, {.7, .2, .1}};
    // Class 0 at .8, .6 against .5, .7: three of four pairs; class 1 at .4, .2 against .1, .3:
    // three.
    assertEquals(
        .75, BinaryScore.meanAreaUnderCurve(new int[] {0, 0, 1, 1}, scores), Golden.TOLERANCE);
    assertTrue(Double.isNaN(BinaryScore.meanAreaUnderCurve(new int[] {1, 1, 1, 1}, scores)));
  }

  @Test
  void areaUnderCurveCountsTiesHalf() {
    double[][] labels = {{1}, {0}, {1}, {0}, {NAN}};
    double[][] scores = {{.8}, {.4}, {.4}, {.2}, {NAN}};
    ActionUnitScores scored =
        ActionUnitScores.of(
            List.of(ActionUnit.AU12), labels, scores, ActionUnitThresholds.fixed(.5));
    assertEquals(3.5 / 4, scored.of(ActionUnit.AU12).areaUnderCurve(), Golden.TOLERANCE);
    assertThrows(IllegalArgumentException.class, () -> scored.select(List.of(ActionUnit.AU01)));
  }

  @Test
  void refusesSentinelsIntensitiesAndLogits() {
    List<ActionUnit> unit = List.of(ActionUnit.AU12);
    ActionUnitThresholds half = ActionUnitThresholds.fixed(.5);
    for (double label : new double[] {-1, 3, 999}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ActionUnitScores.of(unit, new double[][] {{label}}, new double[][] {{.5}}, half));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ActionUnitScores.of(unit, new double[][] {{1}}, new double[][] {{-2.5}}, half));
    assertThrows(
        IllegalArgumentException.class,
        () -> ActionUnitScores.of(unit, new double[][] {{1}}, new double[][] {{NAN}}, half));
  }
}
