package org.affect4j.metric;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads values that were computed independently with numpy and scikit-learn. */
final class Golden {
  static final double TOLERANCE = 1e-9;

  private Golden() {}

  static JsonObject read(String topic) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + topic + ".json")) {
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  static double[] doubles(JsonElement array) {
    return elements(array.getAsJsonArray()).mapToDouble(JsonElement::getAsDouble).toArray();
  }

  static int[] ints(JsonElement array) {
    return elements(array.getAsJsonArray()).mapToInt(JsonElement::getAsInt).toArray();
  }

  static double[][] matrix(JsonElement rows) {
    return elements(rows.getAsJsonArray()).map(Golden::doubles).toArray(double[][]::new);
  }

  static Stream<JsonElement> elements(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
