package org.affect4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelPair;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Options that say which networks are run: bundled ones, or your own. */
final class ModelArguments {
  @Option(
      names = "--models",
      paramLabel = "PAIR|FOLDER",
      description =
          "Both networks: a bundled pair, float32 (the default), int8 (faster), small (the fastest)"
              + " or rendered (learned from no photo of a person); or a folder with a catalog.json"
              + " that lists one network of each kind.")
  private Optional<String> models;

  @Option(
      names = "--model",
      paramLabel = "NAME|FOLDER|FILE",
      description =
          "The behaviour network: a bundled one by its name, a folder with a catalog.json (or"
              + " FOLDER/NAME), or an ONNX file with outputs of the names expression, action_units,"
              + " valence_arousal and embedding, or some of them. Files of affect4j-train say what"
              + " they read; networks over time read the frames of videos in order.")
  private Optional<String> model;

  @Option(
      names = "--detector",
      paramLabel = "NAME|FOLDER|FILE",
      description =
          "The face detector in the same way; outputs of a file: loc, conf and landms, for the prior"
              + " boxes of the bundled detectors.")
  private Optional<String> detector;

  @Option(
      names = "--input",
      paramLabel = "INPUT",
      description =
          "What the file of --model takes, as ORDER:MEAN:SCALE or ORDER:MEAN:SCALE:SIDE: aligned"
              + " faces of SIDE pixels (needed where the file leaves it open), channels (value - MEAN)"
              + " / SCALE, one MEAN or three with commas. Default: rgb:127.5:127.5.")
  private Optional<String> input;

  @Option(
      names = "--model-classes",
      split = ",",
      paramLabel = "LABEL",
      description =
          "Expressions of the output expression of the file of --model, in order, such as"
              + " neutral,anger,contempt, where neither file nor catalogue states them.",
      showDefaultValue = Help.Visibility.NEVER)
  private List<String> classes = List.of();

  @Option(
      names = "--model-units",
      split = ",",
      paramLabel = "N",
      description = "Action units of its output action_units in the same way, such as 1,2,4,6.",
      showDefaultValue = Help.Visibility.NEVER)
  private List<Integer> units = List.of();

  @Option(
      names = "--detector-input",
      paramLabel = "INPUT",
      description = "The same for the file of --detector. Default: bgr:104,117,123:1.")
  private Optional<String> detectorInput;

  /** Whether the user asked for any. */
  boolean areGiven() {
    return models.isPresent() || model.isPresent() || detector.isPresent();
  }

  /** The options with the networks that the user asked for. */
  AnalyzerOptions in(AnalyzerOptions options) throws IOException {
    if (input.isPresent() && model.isEmpty() || detectorInput.isPresent() && detector.isEmpty()) {
      throw new IllegalArgumentException(
          "--input says what the file of --model takes, and --detector-input that of --detector");
    }
    if (!(classes.isEmpty() && units.isEmpty()) && model.isEmpty()) {
      throw new IllegalArgumentException(
          "--model-classes and --model-units say what the network of --model answers: give it too");
    }
    AnalyzerOptions chosen = options;
    if (models.isPresent()) {
      Optional<ModelPair> pair =
          Arrays.stream(ModelPair.values())
              .filter(p -> p.label().equals(models.get().toLowerCase(Locale.ROOT)))
              .findFirst();
      chosen =
          pair.isPresent()
              ? options.withModels(pair.get())
              : options
                  .withDetectorModel(StoredModel.of(models.get(), NetworkKind.DETECTOR))
                  .withBehaviourModel(StoredModel.of(models.get(), NetworkKind.BEHAVIOUR));
    }
    if (detector.isPresent()) {
      chosen = chosen.withDetectorModel(model(detector.get(), NetworkKind.DETECTOR, detectorInput));
    }
    return model.isPresent() ? chosen.withBehaviourModel(behaviour()) : chosen;
  }

  private StoredModel behaviour() throws IOException {
    StoredModel chosen = model(model.orElseThrow(), NetworkKind.BEHAVIOUR, input);
    return classes.isEmpty() && units.isEmpty()
        ? chosen
        : chosen.reading(classes.stream().map(AnnotatedExpression::ofLabel).toList(), units);
  }

  private static StoredModel model(String place, NetworkKind kind, Optional<String> input)
      throws IOException {
    if (input.isEmpty()) {
      return StoredModel.of(place, kind);
    }
    String[] parts = input.get().split(":");
    try {
      String[] means = parts[1].split(",");
      float[] mean = new float[3];
      for (int i = 0; i < 3; i++) {
        mean[i] = Float.parseFloat(means[means.length == 1 ? 0 : i]);
      }
      PixelLayout pixels =
          new PixelLayout(
              PixelLayout.Order.valueOf(parts[0].toUpperCase(Locale.ROOT)),
              mean[0],
              mean[1],
              mean[2],
              Float.parseFloat(parts[2]),
              PixelLayout.Storage.FLOAT_PLANES);
      return StoredModel.ofFile(
          Path.of(place),
          kind,
          pixels,
          parts.length > 3 ? OptionalInt.of(Integer.parseInt(parts[3])) : OptionalInt.empty());
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "an input is ORDER:MEAN:SCALE or ORDER:MEAN:SCALE:SIDE, such as rgb:127.5:127.5:112, got '%s'"
              .formatted(input.get()),
          e);
    }
  }
}
