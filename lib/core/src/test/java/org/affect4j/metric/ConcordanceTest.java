package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConcordanceTest {
  @Test
  void agreesWithNumpy() throws IOException {
    JsonObject golden = Golden.read("concordance");
    for (JsonElement element : golden.getAsJsonArray("cases")) {
      JsonObject expected = element.getAsJsonObject();
      Concordance actual =
          Concordance.of(
              Golden.doubles(expected.get("truth")), Golden.doubles(expected.get("prediction")));
      assertEquals(expected.get("ccc").getAsDouble(), actual.ccc(), Golden.TOLERANCE);
      assertEquals(expected.get("pearson").getAsDouble(), actual.pearson(), Golden.TOLERANCE);
      assertEquals(expected.get("mse").getAsDouble(), actual.mse(), Golden.TOLERANCE);
      assertEquals(expected.get("mae").getAsDouble(), actual.mae(), Golden.TOLERANCE);
      assertEquals(
          expected.get("sign_agreement").getAsDouble(), actual.signAgreement(), Golden.TOLERANCE);
    }
    JsonObject hand = golden.getAsJsonObject("hand");
    assertEquals(
        hand.get("ccc").getAsDouble(),
        Concordance.of(Golden.doubles(hand.get("truth")), Golden.doubles(hand.get("prediction")))
            .ccc(),
        Golden.TOLERANCE);
  }

  @Test
  void constantPredictionsHaveNoPearsonAndCccZeroUnlessAlsoTheTruthIsConstant() {
    double[] constant = {.1, .1, .1};
    Concordance against = Concordance.of(new double[] {.1, .5, -.2}, constant);
    assertEquals(0, against.ccc());
    assertTrue(Double.isNaN(against.pearson()));
    assertTrue(Double.isNaN(Concordance.of(constant, constant).ccc()));
    assertEquals(0, Concordance.of(new double[] {.2, .2, .2}, constant).ccc());
    assertTrue(Double.isNaN(Concordance.of(new double[0], new double[0]).ccc()));
  }

  @Test
  void refusesWhatCannotBeComparedAndLeavesOutOnlyMissingAnnotations() {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class, () -> Concordance.of(new double[3], new double[4]))
            .getMessage()
            .contains("3 values but prediction has 4"));
    double nan = Double.NaN;
    assertThrows(
        IllegalArgumentException.class,
        () -> Concordance.of(new double[] {nan, 0}, new double[] {0, 1}));
    Concordance masked =
        Concordance.ofAnnotated(new double[] {nan, 0, 1}, new double[] {nan, 1, 2});
    assertEquals(2, masked.count());
    assertEquals(1 / 3., masked.ccc(), Golden.TOLERANCE);
    assertThrows(
        IllegalArgumentException.class,
        () -> Concordance.ofAnnotated(new double[] {0, 1}, new double[] {nan, 1}));
  }
}
