package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values that numpy computed in double precision. */
final class GoldenLosses {
  private final JsonObject root;

  GoldenLosses() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            GoldenLosses.class.getResourceAsStream("/golden/losses.json"),
            StandardCharsets.UTF_8)) {
      root = JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  private JsonElement at(String path) {
    JsonElement element = root;
    for (String name : path.split("/")) {
      element = element.getAsJsonObject().get(name);
    }
    return element;
  }

  double value(String path) {
    return at(path).getAsDouble();
  }

  double[] values(String path) {
    List<Double> all = new ArrayList<>();
    collect(at(path), all);
    return all.stream().mapToDouble(v -> v).toArray();
  }

  private static void collect(JsonElement element, List<Double> into) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(e -> collect(e, into));
    } else {
      into.add(element.getAsDouble());
    }
  }

  Shape shape(String path) {
    JsonArray array = at(path).getAsJsonArray();
    return array.get(0).isJsonArray()
        ? new Shape(array.size(), array.get(0).getAsJsonArray().size())
        : new Shape(array.size());
  }

  /** In single precision, as networks compute. */
  NDArray floats(NDManager manager, String path) {
    double[] v = values(path);
    float[] f = new float[v.length];
    for (int i = 0; i < v.length; i++) {
      f[i] = (float) v[i];
    }
    return manager.create(f, shape(path));
  }

  NDArray doubles(NDManager manager, String path) {
    return manager.create(values(path), shape(path));
  }
}
