package org.affect4j.model;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.image.PixelLayout;

/**
 * One model of a catalogue.
 *
 * @param name unique name, such as {@code "behaviour-v6"}
 * @param task what it does, in words
 * @param file ONNX file, relative to the catalogue
 * @param sha256 SHA-256 of the file, 64 lower-case hexadecimal digits
 * @param licence licence of the weights
 * @param source where the weights come from
 * @param url where the file can be fetched, if anywhere
 * @param inputName name of the input tensor
 * @param pixels how the input wants its pixels
 * @param sizeMultiple what height and width of the input must be multiples of, 1 or more
 * @param side side of the square input in pixels; empty if any size will do
 * @param outputs names of the outputs the library needs, each with its shape in words, in order
 * @param priors layout of prior boxes, for detectors
 * @param expressionPrior how likely the network takes each expression to be beforehand; empty if it
 *     reads none or that is not known
 * @param macsPerPixel multiply-accumulate operations per input pixel; 0 if unknown
 * @param trainingData what it was trained on, in words
 * @param metrics what was measured, each with its conditions
 */
public record ModelEntry(
    String name,
    String task,
    String file,
    String sha256,
    String licence,
    String source,
    Optional<URI> url,
    String inputName,
    PixelLayout pixels,
    int sizeMultiple,
    OptionalInt side,
    Map<String, String> outputs,
    Optional<PriorSpec> priors,
    Optional<ExpressionPrior> expressionPrior,
    double macsPerPixel,
    String trainingData,
    Map<String, String> metrics) {
  /** Checks the checksum's form and copies the maps. */
  public ModelEntry {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "model '" + name + "': a SHA-256 has 64 lower-case hexadecimal digits, got " + sha256);
    }
    if (sizeMultiple < 1) {
      throw new IllegalArgumentException(
          "model '" + name + "': the size is a multiple of 1 or more, got " + sizeMultiple);
    }
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("model '" + name + "' lists no outputs");
    }
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /**
   * Returns the side of the square input of a network that takes aligned faces.
   *
   * @return pixels
   * @throws ModelException if the network takes images of any size
   */
  public int requireSide() {
    return side.orElseThrow(
        () ->
            new ModelException(
                "model '%s' takes images of any size (no side of its input is stated), and aligned faces of one size are to be read"
                    .formatted(name)));
  }

  /** The same with other words for the outputs. */
  ModelEntry withOutputs(Map<String, String> words) {
    return new ModelEntry(
        name,
        task,
        file,
        sha256,
        licence,
        source,
        url,
        inputName,
        pixels,
        sizeMultiple,
        side,
        words,
        priors,
        expressionPrior,
        macsPerPixel,
        trainingData,
        metrics);
  }
}
