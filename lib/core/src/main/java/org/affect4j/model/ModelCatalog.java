package org.affect4j.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.image.PixelLayout;

/**
 * The models listed in a {@code catalog.json}.
 *
 * @param entries the models, in the order of the file
 */
public record ModelCatalog(List<ModelEntry> entries) {
  private static final int VERSION = 1;

  /** Copies the list and checks that names are unique. */
  public ModelCatalog {
    entries = List.copyOf(entries);
    long names = entries.stream().map(ModelEntry::name).distinct().count();
    if (names < entries.size()) {
      throw new IllegalArgumentException("two models of the catalogue have the same name");
    }
  }

  /**
   * Finds a model by its name.
   *
   * @param name the model's name
   * @return the entry
   * @throws IllegalArgumentException if the catalogue has no such model
   */
  public ModelEntry entry(String name) {
    return entries.stream()
        .filter(e -> e.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the catalogue has no model '"
                        + name
                        + "'; it lists "
                        + entries.stream().map(ModelEntry::name).toList()));
  }

  /**
   * Reads a catalogue.
   *
   * @param json text of a {@code catalog.json}
   * @param name what to call it in messages
   * @return the catalogue
   * @throws IllegalArgumentException if the text is no catalogue; the message names the model and
   *     the field
   */
  public static ModelCatalog parse(String json, String name) {
    try {
      JsonObject root = JsonParser.parseString(json).getAsJsonObject();
      int version = get(root, "version", name).getAsInt();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            name + " has version " + version + "; this library reads version " + VERSION);
      }
      List<JsonElement> models = get(root, "models", name).getAsJsonArray().asList();
      return new ModelCatalog(
          models.stream().map(model -> entry(model.getAsJsonObject(), name)).toList());
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a model catalogue: " + e.getMessage(), e);
    }
  }

  private static ModelEntry entry(JsonObject o, String catalog) {
    String name = get(o, "name", catalog).getAsString();
    String where = catalog + ", model '" + name + "'";
    JsonObject input = get(o, "input", where).getAsJsonObject();
    JsonArray mean = get(input, "mean", where).getAsJsonArray();
    if (mean.size() != 3) {
      throw new IllegalArgumentException(where + ": 'mean' has 3 numbers, got " + mean.size());
    }
    PixelLayout pixels =
        new PixelLayout(
            PixelLayout.Order.valueOf(get(input, "order", where).getAsString()),
            mean.get(0).getAsFloat(),
            mean.get(1).getAsFloat(),
            mean.get(2).getAsFloat(),
            get(input, "scale", where).getAsFloat(),
            input.has("storage")
                ? PixelLayout.Storage.valueOf(input.get("storage").getAsString())
                : PixelLayout.Storage.FLOAT_PLANES);
    return new ModelEntry(
        name,
        get(o, "task", where).getAsString(),
        get(o, "file", where).getAsString(),
        get(o, "sha256", where).getAsString(),
        get(o, "licence", where).getAsString(),
        get(o, "source", where).getAsString(),
        o.has("url") ? Optional.of(URI.create(o.get("url").getAsString())) : Optional.empty(),
        get(input, "name", where).getAsString(),
        pixels,
        input.has("sizeMultiple") ? input.get("sizeMultiple").getAsInt() : 1,
        input.has("side") ? OptionalInt.of(input.get("side").getAsInt()) : OptionalInt.empty(),
        texts(get(o, "outputs", where).getAsJsonObject()),
        o.has("priors")
            ? Optional.of(priors(o.getAsJsonObject("priors"), where))
            : Optional.empty(),
        o.has("expressionPrior")
            ? Optional.of(ExpressionPrior.parse(o.get("expressionPrior").getAsString()))
            : Optional.empty(),
        o.has("macsPerPixel") ? o.get("macsPerPixel").getAsDouble() : 0,
        get(o, "trainingData", where).getAsString(),
        texts(get(o, "metrics", where).getAsJsonObject()));
  }

  private static PriorSpec priors(JsonObject o, String where) {
    return new PriorSpec(
        integers(get(o, "steps", where)),
        get(o, "minimumSizes", where).getAsJsonArray().asList().stream()
            .map(ModelCatalog::integers)
            .toList(),
        get(o, "centreVariance", where).getAsDouble(),
        get(o, "sizeVariance", where).getAsDouble());
  }

  private static List<Integer> integers(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsInt).toList();
  }

  private static Map<String, String> texts(JsonObject o) {
    Map<String, String> texts = new LinkedHashMap<>();
    o.entrySet().forEach(e -> texts.put(e.getKey(), e.getValue().getAsString()));
    return texts;
  }

  private static JsonElement get(JsonObject o, String field, String where) {
    JsonElement value = o.get(field);
    if (value == null) {
      throw new IllegalArgumentException(where + " lacks the field '" + field + "'");
    }
    return value;
  }
}
