package org.affect4j.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.image.PixelLayout;

/** The kinds of networks that the pipeline is made of, and the outputs that each must have. */
public enum NetworkKind {
  /** Finds faces: RetinaFace. */
  DETECTOR(
      "face detection",
      new PixelLayout(PixelLayout.Order.BGR, 104, 117, 123, 1, PixelLayout.Storage.FLOAT_PLANES),
      "loc",
      "[batch, priors, 4] box offsets",
      "conf",
      "[batch, priors, 2] probabilities of background and face",
      "landms",
      "[batch, priors, 10] landmark offsets"),
  /** Reads aligned faces. */
  BEHAVIOUR("expressions, action units, valence-arousal", PixelLayout.SIGNED_RGB, standard()),
  /** Reads the embeddings of a face that another network read, frame after frame. */
  SEQUENCE("behaviour over time, from embeddings", PixelLayout.SIGNED_RGB, standard()),
  /** Finds the landmarks of aligned faces again. */
  LANDMARKS("landmarks", PixelLayout.SIGNED_RGB, "offsets", "[batch, 10] offsets of the landmarks"),
  /** Finds 68 landmarks of aligned faces. */
  LANDMARKS_68(
      "68 landmarks",
      PixelLayout.SIGNED_RGB,
      "points",
      "[batch, 136] from the middle of the crop, in distances of an aligned face's eyes");

  private final String task;
  private final PixelLayout pixels;
  private final Map<String, String> outputs;

  NetworkKind(String task, PixelLayout pixels, String... outputs) {
    this(task, pixels, pairs(outputs));
  }

  NetworkKind(String task, PixelLayout pixels, Map<String, String> outputs) {
    this.task = task;
    this.pixels = pixels;
    this.outputs = Collections.unmodifiableMap(outputs);
  }

  private static Map<String, String> pairs(String... outputs) {
    Map<String, String> shapes = new LinkedHashMap<>();
    for (int i = 0; i < outputs.length; i += 2) {
      shapes.put(outputs[i], outputs[i + 1]);
    }
    return shapes;
  }

  private static Map<String, String> standard() {
    return BehaviourOutputs.of(BehaviourVocabulary.standard().withContempt(true), "any number");
  }

  /**
   * Returns what such a network does.
   *
   * @return a few words
   */
  public String task() {
    return task;
  }

  /**
   * Returns how the bundled networks of this kind want their pixels.
   *
   * @return the layout of those in single precision
   */
  public PixelLayout pixels() {
    return pixels;
  }

  /**
   * Returns the outputs that such a network has. Networks that read faces may read less, or other
   * expressions and action units ({@link BehaviourOutputs}); these are those of the bundled ones,
   * and contempt.
   *
   * @return names in order, each with its shape in words; unmodifiable
   */
  public Map<String, String> outputs() {
    return outputs;
  }

  /**
   * Tells whether a network is of this kind.
   *
   * @param entry what its catalogue says
   * @return whether it lists these outputs in this order, of networks that read faces at least one
   *     besides the embedding
   */
  public boolean fits(ModelEntry entry) {
    List<String> there = List.copyOf(entry.outputs().keySet());
    List<String> all = List.copyOf(outputs.keySet());
    if (this != BEHAVIOUR && this != SEQUENCE) {
      return there.equals(all);
    }
    boolean ofEmbeddings = entry.task().equals(SEQUENCE.task);
    return ofEmbeddings == (this == SEQUENCE)
        && there.equals(all.stream().filter(there::contains).toList())
        && !there.equals(List.of(BehaviourOutputs.EMBEDDING));
  }

  /**
   * Refuses a network of another kind.
   *
   * @param entry what its catalogue says
   * @throws ModelException if it does not fit
   */
  public void check(ModelEntry entry) {
    if (!fits(entry)) {
      throw new ModelException(
          "a network for %s has the outputs %s, that of '%s' lists %s"
              .formatted(task, outputs, entry.name(), entry.outputs().keySet()));
    }
  }
}
