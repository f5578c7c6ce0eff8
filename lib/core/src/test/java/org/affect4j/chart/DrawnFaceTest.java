package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawnFaceTest {
  /** Below this line stand the names of the units. */
  private static final int NAMES = 426;

  private static BufferedImage face(Map<ActionUnit, Double> units) {
    return Charts.face(units).toImage();
  }

  /** First and last line that differ, in pixels as shown, and how many pixels do. */
  private static int[] difference(BufferedImage one, BufferedImage other) {
    int[] found = {Integer.MAX_VALUE, -1, 0};
    for (int y = 0; y < 2 * NAMES; y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        if (one.getRGB(x, y) != other.getRGB(x, y)) {
          found[0] = Math.min(found[0], y / 2);
          found[1] = y / 2;
          found[2]++;
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "AU01, 80, 170",
    "AU02, 80, 175",
    "AU04, 130, 185",
    "AU05, 150, 205",
    "AU06, 160, 262",
    "AU07, 160, 215",
    "AU09, 140, 335",
    "AU10, 235, 335",
    "AU11, 250, 310",
    "AU12, 245, 350",
    "AU15, 295, 385",
    "AU17, 288, 400",
    "AU20, 295, 350",
    "AU23, 285, 352",
    "AU24, 290, 345",
    "AU25, 295, 365",
    "AU26, 180, 425",
  })
  void eachUnitMovesItsPartOfTheFaceAlone(ActionUnit unit, int top, int bottom) {
    int[] change = difference(face(Map.of()), face(Map.of(unit, 1.)));
    String found = "lines %d to %d, %d pixels".formatted(change[0], change[1], change[2]);
    assertTrue(change[2] > 800 && change[0] >= top && change[1] <= bottom, found);
    int half = difference(face(Map.of()), face(Map.of(unit, .5)))[2];
    assertTrue(half > 400, half + " pixels at half strength");
    int halves = difference(face(Map.of(unit, .5)), face(Map.of(unit, 1.)))[2];
    assertTrue(halves > 200, halves + " pixels from half to full strength");
  }

  /** Mean line of the lips at the corners of the mouth. */
  private static double corners(ActionUnit unit) {
    BufferedImage image = face(Map.of(unit, 1.));
    int left = image.getWidth();
    for (int pass = 0; ; pass++) {
      double sum = 0;
      int count = 0;
      for (int y = 500; y < 2 * NAMES; y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          if ((image.getRGB(x, y) & 0xFFFFFF) == (DrawnFace.LIPS.getRGB() & 0xFFFFFF)) {
            left = Math.min(left, x);
            if (pass == 1 && x < left + 12) {
              sum += y;
              count++;
            }
          }
        }
      }
      if (pass == 1) {
        return sum / count / 2;
      }
    }
  }

  @Test
  void cornersOfTheMouthRiseAndFall() {
    double neutral = corners(ActionUnit.AU05);
    assertTrue(corners(ActionUnit.AU12) < neutral - 8, corners(ActionUnit.AU12) + " " + neutral);
    assertTrue(corners(ActionUnit.AU15) > neutral + 6, corners(ActionUnit.AU15) + " " + neutral);
  }

  @Test
  void facesAreDrawnFromWhatWasRead() {
    Picture face = Charts.face(Samples.behaviour(Expression.SURPRISE, .9, .9, .8));
    assertEquals("Drawn face: AU1\u00A00.90  AU2\u00A00.80", face.description());
    int other = difference(face.toImage(), face(Map.of()))[2];
    assertTrue(other > 2_000, other + " pixels");
    assertEquals(
        0, difference(face.toImage(), face(Map.of(ActionUnit.AU01, .9, ActionUnit.AU02, .8)))[2]);
    assertThrows(IllegalArgumentException.class, () -> Charts.face(Map.of(ActionUnit.AU01, 1.5)));
  }
}
