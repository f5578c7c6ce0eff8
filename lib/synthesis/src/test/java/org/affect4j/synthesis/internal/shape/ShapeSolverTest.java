package org.affect4j.synthesis.internal.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.affect4j.face.ActionUnit;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;
import org.affect4j.synthesis.facs.Gaze;
import org.affect4j.synthesis.facs.UnitTable;
import org.affect4j.synthesis.internal.geometry.FaceGeometry;
import org.affect4j.synthesis.internal.geometry.TinyHead;
import org.junit.jupiter.api.Test;

class ShapeSolverTest {
  FaceGeometry head() {
    return TinyHead.geometry();
  }

  @Test
  void tableCoversEveryUnitAndMarksApproximations() {
    UnitTable table = UnitTable.bundled();
    for (FacsUnit unit : FacsUnit.ALL) {
      assertTrue(unit == FacsUnit.AU25 || !table.rows(unit).isEmpty(), unit.name());
    }
    assertTrue(table.isApproximate(FacsUnit.AU11));
    assertTrue(table.isApproximate(FacsUnit.AU23));
    assertFalse(table.isApproximate(FacsUnit.AU12));
  }

  @Test
  void lipsPartAsFarAsAsked() {
    ShapeSolver solver = new ShapeSolver(head(), UnitTable.bundled());
    for (double wanted : new double[] {.2, .5, .8}) {
      FaceShape shape = solver.solve(FacialAction.neutral().with(FacsUnit.AU25, wanted));
      assertEquals(wanted, shape.label(ActionUnit.AU25), .05);
      assertTrue(shape.mouthShows());
    }
    FaceShape rest = solver.solve(FacialAction.neutral());
    assertEquals(0, rest.label(ActionUnit.AU25));
    assertFalse(rest.mouthShows());
  }

  @Test
  void labelsAreTheIntensitiesThatWereSet() {
    ShapeSolver solver = new ShapeSolver(head(), UnitTable.bundled());
    FaceShape shape = solver.solve(FacialAction.parse("6C+L12D"));
    assertEquals(.6, shape.label(ActionUnit.AU06));
    assertEquals(.8, shape.label(ActionUnit.AU12));
    assertEquals(0, shape.label(ActionUnit.AU04));
    int left = head().blendshapes().indexOf("mouthSmile_L");
    int right = head().blendshapes().indexOf("mouthSmile_R");
    FaceShape rest = solver.solve(FacialAction.neutral());
    assertEquals(.8, shape.weights()[left] - rest.weights()[left], 1e-6);
    assertEquals(0, shape.weights()[right] - rest.weights()[right], 1e-6);
  }

  @Test
  void closedEyesTakeBackWhatWakesThem() {
    ShapeSolver solver = new ShapeSolver(head(), UnitTable.bundled());
    int left = head().blendshapes().indexOf("eyeWide_L");
    int right = head().blendshapes().indexOf("eyeWide_R");
    FaceShape wink = solver.solve(FacialAction.parse("L43"));
    assertEquals(0, wink.weights()[left], 1e-6);
    assertTrue(wink.weights()[right] > .1);
  }

  @Test
  void refusesUnknownHabits() {
    ShapeSolver solver = new ShapeSolver(head(), UnitTable.bundled());
    assertThrows(
        IllegalArgumentException.class,
        () -> solver.solve(FacialAction.neutral(), Gaze.AHEAD, Map.of("earWiggle", .5)));
  }
}
