package org.affect4j.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.affect4j.Golden;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private static Behaviour behaviour(double[] expressions, double[] units) {
    return new Behaviour(expressions, units, new ValenceArousal(0, 0), new float[] {1, 2});
  }

  @Test
  void intersectionOverUnionIsPlainAlsoForTinyBoxes() throws Exception {
    for (var e : Golden.read("nms").getAsJsonArray("iou_examples")) {
      double[] a = Golden.doubles(e.getAsJsonObject().get("a"));
      double[] b = Golden.doubles(e.getAsJsonObject().get("b"));
      assertEquals(
          e.getAsJsonObject().get("iou").getAsDouble(),
          PixelBox.ofCorners(a[0], a[1], a[2], a[3])
              .intersectionOverUnion(PixelBox.ofCorners(b[0], b[1], b[2], b[3])),
          1e-9);
    }
  }

  @Test
  void aBoxWithinAnotherIsAPartOfItWhateverItsSize() {
    PixelBox large = new PixelBox(0, 0, 100, 100);
    assertEquals(1, large.intersectionOverSmaller(new PixelBox(10, 10, 5, 5)), 1e-12);
    assertEquals(.5, new PixelBox(95, 0, 10, 10).intersectionOverSmaller(large), 1e-12);
    assertEquals(0, large.intersectionOverSmaller(new PixelBox(100, 0, 10, 10)));
  }

  @Test
  void clippedBoxesStayInTheImage() {
    assertEquals(new PixelBox(0, 5, 7, 15), new PixelBox(-3, 5, 10, 40).clippedTo(64, 20));
    assertEquals(0, new PixelBox(70, 5, 10, 10).clippedTo(64, 20).area());
  }

  @Test
  void behaviourNeitherLeaksNorSharesItsArrays() {
    double[] expressions = {.1, .1, .1, .1, .4, .1, .1};
    Behaviour b = behaviour(expressions, new double[17]);
    expressions[4] = 0;
    b.expressionProbabilities()[4] = 0;
    b.embedding()[0] = 9;
    assertEquals(Expression.HAPPINESS, b.expression());
    assertEquals(.4, b.probability(Expression.HAPPINESS));
    assertArrayEquals(new float[] {1, 2}, b.embedding());
  }

  @Test
  void valuesOutsideTheirRangeAreRefused() {
    double[] fine = {1, 0, 0, 0, 0, 0, 0};
    assertThrows(IllegalArgumentException.class, () -> behaviour(new double[6], new double[17]));
    assertThrows(IllegalArgumentException.class, () -> behaviour(new double[7], new double[17]));
    double[] nan = new double[17];
    nan[3] = Double.NaN;
    String message =
        assertThrows(IllegalArgumentException.class, () -> behaviour(fine, nan)).getMessage();
    assertTrue(message.contains("NaN") && message.contains("action unit"), message);
    assertThrows(IllegalArgumentException.class, () -> new ValenceArousal(1.01, 0));
    assertThrows(IllegalArgumentException.class, () -> new ValenceArousal(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new PixelBox(0, 0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> Landmarks.of(1, 2, 3));
  }

  @Test
  void landmarkErrorIsInUnitsOfTheReferencesEyes() {
    Landmarks truth = Landmarks.of(0, 0, 10, 0, 5, 5, 2, 8, 8, 8);
    assertEquals(.3, truth.moved(1, 3, 0).errorAgainst(truth), 1e-12);
  }

  @Test
  void rollIsTheAngleOfTheEyes() {
    double[][] rightEyes = {{10, 0, 0}, {10, 10, 45}, {0, 10, 90}, {-10, 0, 180}, {10, -10, -45}};
    for (double[] eye : rightEyes) {
      Landmarks face = Landmarks.of(5, 5, 5 + eye[0], 5 + eye[1], 0, 0, 0, 0, 0, 0);
      assertEquals(eye[2], face.rollDegrees(), 1e-9);
    }
  }
}
