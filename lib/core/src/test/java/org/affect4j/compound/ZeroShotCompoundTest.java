package org.affect4j.compound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.util.List;
import org.affect4j.Golden;
import org.affect4j.face.Behaviour;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.face.ValenceArousal;
import org.junit.jupiter.api.Test;

class ZeroShotCompoundTest {
  private static Behaviour behaviour(double[] expressions, double[] units, double valence) {
    return new Behaviour(expressions, units, new ValenceArousal(valence, 0), new float[0]);
  }

  @Test
  void scoresAreThoseOfNumpy() throws Exception {
    JsonObject golden = Golden.read("zero_shot");
    ZeroShotCompound rule = ZeroShotCompound.of(CompoundSet.RAF_DB);
    double[] valence = Golden.doubles(golden.get("valence"));
    for (int i = 0; i < valence.length; i++) {
      Behaviour face =
          behaviour(
              Golden.doubles(golden.getAsJsonArray("p_expression").get(i)),
              Golden.doubles(golden.getAsJsonArray("p_au").get(i)),
              valence[i]);
      double[] expected = Golden.doubles(golden.getAsJsonArray("scores").get(i));
      List<CompoundScore> scores = rule.scores(face);
      for (int c = 0; c < expected.length; c++) {
        assertEquals(expected[c], scores.get(c).total(), 1e-9, scores.get(c).toString());
      }
      assertEquals(
          golden.getAsJsonArray("prediction").get(i).getAsString(), rule.predict(face).label());
    }
  }

  @Test
  void setsHaveTheSizesOfTheirDatasets() {
    assertEquals(11, CompoundSet.RAF_DB.categories().size());
    assertEquals(16, CompoundSet.EMOTIONET.categories().size());
    assertEquals(7, CompoundSet.ABAW.categories().size());
    assertEquals(15, CompoundSet.DU.categories().size());
  }

  @Test
  void aBasicCategoryCanWinAmongCompounds() {
    double[] happy = {.02, .01, .01, .01, .93, .01, .01};
    double[] units = new double[17];
    units[9] = .9;
    units[15] = .8;
    units[4] = .6;
    assertEquals(
        CompoundExpression.HAPPY,
        ZeroShotCompound.of(CompoundSet.EMOTIONET).predict(behaviour(happy, units, .7)));
  }

  @Test
  void categoriesWithoutUnitsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ZeroShotCompound.of(CompoundSet.RAF_DB.categories(), Relatedness.empirical()));
    assertThrows(
        IllegalArgumentException.class, () -> ZeroShotCompound.of(List.of(), Relatedness.du()));
  }
}
