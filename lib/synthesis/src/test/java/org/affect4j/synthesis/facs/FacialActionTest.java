package org.affect4j.synthesis.facs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FacialActionTest {
  @Test
  void readsFacsCodes() {
    FacialAction action = FacialAction.parse("1+L12D+25C");
    assertEquals(1, action.intensity(FacsUnit.AU01));
    assertEquals(.8, action.left(FacsUnit.AU12));
    assertEquals(0, action.right(FacsUnit.AU12));
    assertEquals(.6, action.right(FacsUnit.AU25));
    assertEquals(FacialAction.neutral(), FacialAction.parse(" "));
  }

  @Test
  void writesFacsCodes() {
    FacialAction action =
        FacialAction.parse("1B+L12D+25C")
            .with(FacsUnit.AU04, Side.RIGHT, .95)
            .with(FacsUnit.AU26, .01);
    assertEquals("1B+R4E+L12D+25C+26A", action.code());
    assertEquals("", FacialAction.neutral().code());
    assertEquals(IntensityLetter.C, IntensityLetter.nearest(.55));
    assertThrows(IllegalArgumentException.class, () -> IntensityLetter.nearest(0));
    assertThrows(IllegalArgumentException.class, () -> IntensityLetter.nearest(1.1));
  }

  @Test
  void refusesWhatItCannotShow() {
    String unknown =
        assertThrows(IllegalArgumentException.class, () -> FacialAction.parse("3")).getMessage();
    assertTrue(unknown.contains("unknown action unit 3"), unknown);
    String range =
        assertThrows(
                IllegalArgumentException.class,
                () -> FacialAction.neutral().with(FacsUnit.AU12, 1.2))
            .getMessage();
    assertTrue(range.contains("0 (absent) to 1 (maximum)"), range);
    assertThrows(
        IllegalArgumentException.class,
        () -> FacialAction.neutral().with(FacsUnit.AU12, Double.NaN));
    String side =
        assertThrows(IllegalArgumentException.class, () -> FacialAction.parse("L26")).getMessage();
    assertTrue(side.contains("moves both sides"), side);
    assertThrows(IllegalArgumentException.class, () -> FacialAction.parse("12X"));
  }

  @Test
  void interpolatesBetweenActions() {
    FacialAction half = FacialAction.neutral().toward(FacialAction.parse("12+L4"), .5);
    assertEquals(.5, half.left(FacsUnit.AU12));
    assertEquals(.5, half.left(FacsUnit.AU04));
    assertEquals(0, half.right(FacsUnit.AU04));
  }

  @Test
  void conflictsAreResolvedByRule() {
    FacialAction pressed = ConflictRule.resolve(FacialAction.parse("24+25+26"));
    assertEquals(0, pressed.intensity(FacsUnit.AU25));
    assertEquals(0, pressed.intensity(FacsUnit.AU26));
    FacialAction dropped = ConflictRule.resolve(FacialAction.parse("26"));
    assertEquals(.7, dropped.intensity(FacsUnit.AU25), 1e-9);
    FacialAction lids = ConflictRule.resolve(FacialAction.parse("5C+7"));
    assertEquals(.12, lids.intensity(FacsUnit.AU05), 1e-9);
    assertEquals(1, lids.intensity(FacsUnit.AU07));
    FacialAction lip = ConflictRule.resolve(FacialAction.parse("9+10+11"));
    assertEquals(1.3 / 3, lip.intensity(FacsUnit.AU10), 1e-9);
    FacialAction chin = ConflictRule.resolve(FacialAction.parse("17+26"));
    assertEquals(0, chin.intensity(FacsUnit.AU26));
  }

  @Test
  void resolvingTwiceChangesNothing() {
    for (String code : new String[] {"1+2+5+7+26", "12+15+20+23", "9+10+11+17+26", "43+5+7"}) {
      FacialAction once = ConflictRule.resolve(FacialAction.parse(code));
      assertEquals(once, ConflictRule.resolve(once), code);
    }
  }
}
