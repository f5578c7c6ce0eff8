package org.affect4j.training.export;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Landmarks68;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.BehaviourOutputs;
import org.affect4j.model.ModelCatalog;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.NetworkKind;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.Recurrent;
import org.affect4j.training.network.RetinaFaceNet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A folder of models with a {@code catalog.json}, as {@code ModelStore.at} opens it: puts files
 * into it and lists them.
 */
public final class ModelFolder {
  private static final String CATALOG = "catalog.json";
  private static final int VERSION = 1;
  private static final String EMBEDDING = BehaviourOutputs.EMBEDDING;
  private static final List<String> DETECTOR = List.of("loc", "conf", "landms");
  private static final List<String> LANDMARKS = List.of("offsets");
  private static final List<String> LANDMARKS_68 = List.of("points");

  private final Path folder;

  /**
   * Names a folder, which need not exist.
   *
   * @param folder the folder
   */
  public ModelFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Describes a file that was exported from a network of a kind that the library runs.
   *
   * @param spec the network
   * @param name name of the model, such as {@code behaviour-v6}
   * @param onnx bytes of the file
   * @param about licence, source, training data, metrics
   * @return the entry, or empty if the library runs no network with these outputs
   */
  public static Optional<ModelEntry> entry(
      NetworkSpec spec, String name, byte[] onnx, About about) {
    FeatureShape input = spec.input();
    return kind(spec)
        .map(
            kind ->
                new ModelEntry(
                    name,
                    kind.task,
                    name + ".onnx",
                    DigestUtils.sha256Hex(onnx),
                    about.licence(),
                    about.source(),
                    Optional.empty(),
                    NetworkSpec.INPUT,
                    kind == Kind.DETECTOR ? RetinaFaceNet.PIXELS : PixelLayout.SIGNED_RGB,
                    1,
                    kind == Kind.DETECTOR || kind == Kind.SEQUENCE
                        ? OptionalInt.empty()
                        : OptionalInt.of(input.height()),
                    outputs(kind, spec),
                    kind == Kind.DETECTOR
                        ? Optional.of(RetinaFaceNet.priors(spec))
                        : Optional.empty(),
                    kind == Kind.BEHAVIOUR ? about.expressionPrior() : Optional.empty(),
                    kind == Kind.SEQUENCE
                        ? 0
                        : Math.rint(
                            (double) spec.multiplyAccumulates(input)
                                / (input.height() * input.width())),
                    about.trainingData(),
                    about.metrics()));
  }

  /**
   * Describes the 8-bit version of a model.
   *
   * @param original the model
   * @param onnx bytes of the 8-bit file
   * @param pixels what its input looks like
   * @param sizeMultiple what the sides of its images are multiples of
   * @param change how it was quantised, in words; put before the training data
   * @return an entry named as the original with {@code -int8} behind, without address or metrics
   */
  public static ModelEntry quantised(
      ModelEntry original, byte[] onnx, PixelLayout pixels, int sizeMultiple, String change) {
    return changed(original, original.name() + "-int8", onnx, pixels, sizeMultiple, change);
  }

  /**
   * Describes a model whose last layer was changed so that its probabilities mean what they say.
   *
   * @param original the model
   * @param onnx bytes of the new file
   * @param change how it was calibrated, in words; put before the training data
   * @return an entry of the same name, without address or metrics
   */
  public static ModelEntry calibrated(ModelEntry original, byte[] onnx, String change) {
    return changed(
        original, original.name(), onnx, original.pixels(), original.sizeMultiple(), change);
  }

  private static ModelEntry changed(
      ModelEntry original,
      String name,
      byte[] onnx,
      PixelLayout pixels,
      int sizeMultiple,
      String change) {
    return new ModelEntry(
        name,
        original.task(),
        name + ".onnx",
        DigestUtils.sha256Hex(onnx),
        original.licence(),
        original.source(),
        Optional.empty(),
        original.inputName(),
        pixels,
        sizeMultiple,
        original.side(),
        original.outputs(),
        original.priors(),
        original.expressionPrior(),
        original.macsPerPixel(),
        change + "; " + original.trainingData(),
        Map.of());
  }

  /**
   * What a file cannot tell of itself.
   *
   * @param licence licence of the weights
   * @param source where they come from, such as a model card
   * @param trainingData what they were trained on, in words
   * @param metrics what was measured, each with its conditions
   * @param expressionPrior how likely the network takes each expression to be beforehand
   */
  public record About(
      String licence,
      String source,
      String trainingData,
      Map<String, String> metrics,
      Optional<ExpressionPrior> expressionPrior) {
    /**
     * What a file cannot tell of itself, of a network that reads no expressions, or whose prior is
     * not known.
     *
     * @param licence licence of the weights
     * @param source where they come from, such as a model card
     * @param trainingData what they were trained on, in words
     * @param metrics what was measured, each with its conditions
     */
    public About(String licence, String source, String trainingData, Map<String, String> metrics) {
      this(licence, source, trainingData, metrics, Optional.empty());
    }
  }

  /** What the library runs. */
  private enum Kind {
    DETECTOR("face detection"),
    BEHAVIOUR(NetworkKind.BEHAVIOUR.task()),
    SEQUENCE(NetworkKind.SEQUENCE.task()),
    LANDMARKS("landmarks of a face that was found"),
    LANDMARKS_68("68 landmarks of a face that was found");

    private final String task;

    Kind(String task) {
      this.task = task;
    }
  }

  private static Optional<Kind> kind(NetworkSpec spec) {
    if (spec.outputNames().equals(DETECTOR)) {
      return Optional.of(Kind.DETECTOR);
    }
    if (BehaviourHeads.said(spec).isPresent() && behaviour(spec).containsKey(EMBEDDING)) {
      return Optional.of(spec.input().isMap() ? Kind.BEHAVIOUR : Kind.SEQUENCE)
          .filter(kind -> kind == Kind.BEHAVIOUR || isOverTime(spec));
    }
    FeatureShape first = spec.shapes(spec.input()).get(spec.outputs().get(0).node());
    if (spec.outputNames().equals(LANDMARKS) && first.equals(FeatureShape.vector(10))) {
      return Optional.of(Kind.LANDMARKS);
    }
    return Optional.of(Kind.LANDMARKS_68)
        .filter(kind -> spec.outputNames().equals(LANDMARKS_68))
        .filter(kind -> first.equals(FeatureShape.vector(2 * Landmarks68.COUNT)));
  }

  private static boolean isOverTime(NetworkSpec spec) {
    return spec.nodes().stream().anyMatch(n -> n.operation() instanceof Recurrent);
  }

  /** What is said of the outputs of a network of faces. */
  private static Map<String, String> behaviour(NetworkSpec spec) {
    int embedding = spec.outputNames().indexOf(EMBEDDING);
    return BehaviourOutputs.of(
        BehaviourHeads.vocabulary(spec).orElseThrow(),
        embedding < 0
            ? ""
            : "" + spec.shapes(spec.input()).get(spec.outputs().get(embedding).node()).channels());
  }

  private static Map<String, String> outputs(Kind kind, NetworkSpec spec) {
    return switch (kind) {
      case DETECTOR -> NetworkKind.DETECTOR.outputs();
      case BEHAVIOUR, SEQUENCE -> behaviour(spec);
      case LANDMARKS ->
          Map.of("offsets", "[batch, 10] offsets in units of the distance of the eyes");
      case LANDMARKS_68 -> NetworkKind.LANDMARKS_68.outputs();
    };
  }

  /**
   * Writes a file and lists it; a model of the same name is replaced.
   *
   * @param entry its entry, with the checksum of these bytes
   * @param onnx bytes of the file
   * @return the file
   * @throws IOException if it cannot be written, or the folder's catalogue cannot be read
   * @throws IllegalArgumentException if the entry has another checksum, or the folder's catalogue
   *     is broken
   */
  public Path add(ModelEntry entry, byte[] onnx) throws IOException {
    if (!entry.sha256().equals(DigestUtils.sha256Hex(onnx))) {
      throw new IllegalArgumentException(
          "the entry of model '%s' has another checksum than its file".formatted(entry.name()));
    }
    Files.createDirectories(folder);
    Path catalog = folder.resolve(CATALOG);
    JsonArray models = new JsonArray();
    if (Files.exists(catalog)) {
      for (JsonElement model : existing(catalog)) {
        if (!model.getAsJsonObject().get("name").getAsString().equals(entry.name())) {
          models.add(model);
        }
      }
    }
    models.add(json(entry));
    JsonObject root = new JsonObject();
    root.addProperty("version", VERSION);
    root.add("models", models);
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    Path file = folder.resolve(entry.file());
    replace(file, onnx);
    replace(catalog, (gson.toJson(root) + "\n").getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private static JsonArray existing(Path catalog) throws IOException {
    String text = Files.readString(catalog);
    ModelCatalog.parse(text, catalog.toString());
    try {
      return JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("models");
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(catalog + " is not a model catalogue", e);
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, bytes);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonObject json(ModelEntry entry) {
    JsonObject o = new JsonObject();
    o.addProperty("name", entry.name());
    o.addProperty("task", entry.task());
    o.addProperty("file", entry.file());
    o.addProperty("sha256", entry.sha256());
    o.addProperty("licence", entry.licence());
    o.addProperty("source", entry.source());
    entry.url().ifPresent(url -> o.addProperty("url", url.toString()));
    JsonObject input = new JsonObject();
    input.addProperty("name", entry.inputName());
    input.addProperty("order", entry.pixels().order().name());
    JsonArray mean = new JsonArray();
    mean.add(entry.pixels().mean0());
    mean.add(entry.pixels().mean1());
    mean.add(entry.pixels().mean2());
    input.add("mean", mean);
    input.addProperty("scale", entry.pixels().scale());
    input.addProperty("storage", entry.pixels().storage().name());
    input.addProperty("sizeMultiple", entry.sizeMultiple());
    entry.side().ifPresent(side -> input.addProperty("side", side));
    o.add("input", input);
    o.add("outputs", texts(entry.outputs()));
    entry.priors().ifPresent(priors -> o.add("priors", new Gson().toJsonTree(priors)));
    entry.expressionPrior().ifPresent(p -> o.addProperty("expressionPrior", p.toString()));
    o.addProperty("macsPerPixel", entry.macsPerPixel());
    o.addProperty("trainingData", entry.trainingData());
    o.add("metrics", texts(entry.metrics()));
    return o;
  }

  private static JsonObject texts(Map<String, String> texts) {
    JsonObject o = new JsonObject();
    texts.forEach(o::addProperty);
    return o;
  }
}
