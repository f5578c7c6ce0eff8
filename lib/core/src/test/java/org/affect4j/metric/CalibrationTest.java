package org.affect4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void errorsAreThoseOfNumpy() throws IOException {
    JsonObject golden = Golden.read("calibration");
    for (JsonElement element : golden.getAsJsonArray("cases")) {
      JsonObject c = element.getAsJsonObject();
      double[] labels = Golden.doubles(c.get("labels"));
      double[] scores = Golden.doubles(c.get("scores"));
      for (int bins : new int[] {10, 15}) {
        assertEquals(
            c.get("expected_error_" + bins).getAsDouble(),
            Calibration.ofBinary(labels, scores, bins).expectedError(),
            Golden.TOLERANCE);
      }
    }
    JsonObject classes = golden.getAsJsonObject("classes");
    assertEquals(
        classes.get("expected_error_15").getAsDouble(),
        Calibration.ofClasses(
                Golden.ints(classes.get("truth")), Golden.matrix(classes.get("probabilities")), 15)
            .expectedError(),
        Golden.TOLERANCE);
  }
}
