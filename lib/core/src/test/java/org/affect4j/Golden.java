package org.affect4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Values computed elsewhere (numpy, scikit-learn, scikit-image), against which formulas are held.
 */
public final class Golden {
  private Golden() {}

  /**
   * Reads one topic.
   *
   * @param topic such as {@code "similarity"}
   * @return its values
   * @throws IOException if the resource cannot be read
   */
  public static JsonObject read(String topic) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + topic + ".json")) {
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getAsJsonObject();
    }
  }

  /**
   * Flattens nested arrays of numbers.
   *
   * @param numbers arrays of any depth
   * @return the numbers in order
   */
  public static double[] doubles(JsonElement numbers) {
    if (!numbers.isJsonArray()) {
      return new double[] {numbers.getAsDouble()};
    }
    JsonArray array = numbers.getAsJsonArray();
    return array.asList().stream()
        .flatMapToDouble(e -> java.util.Arrays.stream(doubles(e)))
        .toArray();
  }

  /**
   * Flattens nested arrays of numbers to single precision.
   *
   * @param numbers arrays of any depth
   * @return the numbers in order
   */
  public static float[] floats(JsonElement numbers) {
    double[] values = doubles(numbers);
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
