package org.affect4j.behaviour;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.SimilarityTransform;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.model.NetworkKind;

/**
 * A network of aligned faces: one embedding per face, and from it expressions, action units,
 * valence and arousal (FacebehaviourNet; Behaviour4All, section 3), or some of these.
 *
 * <p>A network over time remembers what it saw of a face: of a video it is given the frames in
 * order, with a {@link FaceMemory}; anything else is a first frame for it.
 *
 * <p>A result does not depend on what else is in the batch (to 1e-5). Thread-safe.
 */
public final class BehaviourModel implements AutoCloseable {
  private final ImageNetwork model;
  private final BehaviourOptions options;
  private final FaceAligner aligner;
  private final BehaviourReader outputs;
  private final Optional<LandmarkReader> landmarks;

  /** Numbers of each state, by its name. */
  private final Map<String, Integer> states = new LinkedHashMap<>();

  /** Numbers of the picture of the sound; 0 of networks that do not hear. */
  private int soundLength;

  private BehaviourModel(
      ImageNetwork model, BehaviourOptions options, Optional<LandmarkReader> landmarks) {
    this.model = model;
    this.options = options;
    this.landmarks = landmarks;
    NetworkKind.BEHAVIOUR.check(model.entry());
    this.outputs = new BehaviourReader(model, options.prior());
    this.aligner = new FaceAligner(model.entry().requireSide());
    model
        .beside()
        .forEach(
            (name, length) -> {
              if (name.equals(ImageNetwork.LANDMARKS)) {
                requireLandmarks(length);
              } else if (name.equals(ImageNetwork.SPECTROGRAM)) {
                soundLength = length;
              } else {
                states.put(name, length);
              }
            });
  }

  private void requireLandmarks(int length) {
    if (landmarks.isEmpty() || length != LandmarkReader.COUNT) {
      throw new ModelException(
          "model '%s' reads %d numbers of landmarks besides the picture, expected 68 landmarks and something that finds them (BehaviourModel.of with a LandmarkReader)"
              .formatted(model.entry().name(), length));
    }
    if (options.flipAveraging()) {
      throw new ModelException(
          "model '%s' reads landmarks, which have no mirror image here: leave averaging with it out"
              .formatted(model.entry().name()));
    }
  }

  /**
   * Opens the bundled network.
   *
   * @param options how to run it
   * @param models which of the bundled networks
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   */
  public static BehaviourModel load(BehaviourOptions options, ModelPair models, int threads) {
    return open(ModelStore.bundled(), models.behaviour(), options, threads);
  }

  /**
   * Opens any catalogued network of this kind.
   *
   * @param store where the model is
   * @param name the model's name
   * @param options how to run it
   * @param threads threads for one run, 1 or more
   * @return the network, to be closed
   * @throws ModelException if the model is missing, altered, or none of this kind
   */
  public static BehaviourModel open(
      ModelStore store, String name, BehaviourOptions options, int threads) {
    return of(store.open(name, threads), options);
  }

  /**
   * Reads faces by a network, whatever runs it.
   *
   * @param network a network of this kind; closed with this model
   * @param options how to run it
   * @return the model, to be closed
   * @throws ModelException if the network is none of this kind, and is closed then
   */
  public static BehaviourModel of(ImageNetwork network, BehaviourOptions options) {
    return network.handedTo(n -> new BehaviourModel(n, options, Optional.empty()));
  }

  /**
   * Reads faces by a network that may read 68 landmarks of them too.
   *
   * @param network a network of this kind; closed with this model
   * @param options how to run it
   * @param landmarks finds them; stays open
   * @return the model, to be closed
   * @throws ModelException if the network is none of this kind, and is closed then
   */
  public static BehaviourModel of(
      ImageNetwork network, BehaviourOptions options, LandmarkReader landmarks) {
    return network.handedTo(n -> new BehaviourModel(n, options, Optional.of(landmarks)));
  }

  /**
   * Returns the catalogue's entry of the network, for the record of an experiment.
   *
   * @return name, checksum and origin
   */
  public ModelEntry entry() {
    return model.entry();
  }

  /**
   * Returns how the network is run.
   *
   * @return the options it was opened with
   */
  public BehaviourOptions options() {
    return options;
  }

  /**
   * Returns how likely each expression is taken to be beforehand.
   *
   * @return the prior of the options, or empty if the catalogue does not tell the network's own:
   *     its probabilities are handed on as they are
   */
  public Optional<ExpressionPrior> prior() {
    return outputs.assumed().map(own -> options.prior());
  }

  /**
   * Returns what the network reads.
   *
   * @return its expressions and units, and whether valence and arousal
   */
  public BehaviourVocabulary vocabulary() {
    return outputs.vocabulary();
  }

  /**
   * Tells whether the network remembers a face from frame to frame, or hears its video.
   *
   * @return true if what it reads of a frame depends on more than the frame
   */
  public boolean isOverTime() {
    return !states.isEmpty() || soundLength > 0;
  }

  /**
   * Returns the side of the picture of the sound that the network reads besides a face. A photo is
   * silent.
   *
   * @return values of a row; empty if the network does not hear
   */
  public OptionalInt soundSide() {
    return soundLength == 0 ? OptionalInt.empty() : OptionalInt.of(FaceMemory.side(soundLength));
  }

  /**
   * Returns how many features a face has.
   *
   * @return length of {@link Behaviour#embedding}; 0 if the network hands none out
   */
  public int embeddingLength() {
    return outputs.embeddingLength();
  }

  /**
   * Returns the aligner that cuts faces as this network wants them.
   *
   * @return aligner of the network's input size
   */
  public FaceAligner aligner() {
    return aligner;
  }

  /**
   * Reads faces of a photo.
   *
   * @param photo the photo
   * @param faces landmarks of each face in pixels of the photo
   * @return one value per face, in the same order; unmodifiable
   */
  public List<Behaviour> predict(FaceImage photo, List<Landmarks> faces) {
    return predict(
        photo, faces, IntStream.range(0, faces.size()).boxed().toList(), new FaceMemory());
  }

  /**
   * Reads faces of the next frame of a video. Networks of single pictures remember nothing.
   *
   * @param frame the frame
   * @param faces landmarks of each face in pixels of the frame
   * @param numbers number of each face in the video, each once
   * @param memory what is remembered of the frames before; told of this one
   * @return one value per face, in the same order; unmodifiable
   */
  public List<Behaviour> predict(
      FaceImage frame, List<Landmarks> faces, List<Integer> numbers, FaceMemory memory) {
    return predict(
        numbers,
        memory,
        i -> tensor -> aligner.writeTensor(frame, faces.get(i), model.entry().pixels(), tensor),
        points(frame, faces));
  }

  /**
   * 68 landmarks of each face, from -1 to 1 across the aligned face; none if nothing reads them.
   */
  private List<float[]> points(FaceImage photo, List<Landmarks> faces) {
    if (!model.beside().containsKey(ImageNetwork.LANDMARKS) || faces.isEmpty()) {
      return List.of();
    }
    List<double[]> found = landmarks.orElseThrow().read(photo, faces);
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      SimilarityTransform toCrop = aligner.transform(faces.get(i));
      double half = aligner.size() / 2.0;
      double[] xy = found.get(i);
      float[] scaled = new float[xy.length];
      for (int p = 0; p < xy.length; p += 2) {
        Point point = toCrop.apply(new Point(xy[p], xy[p + 1]));
        scaled[p] = (float) (point.x() / half - 1);
        scaled[p + 1] = (float) (point.y() / half - 1);
      }
      all.add(scaled);
    }
    return all;
  }

  /**
   * Reads faces that are aligned already.
   *
   * @param crops aligned faces as from {@link #aligner()}; other sizes are scaled
   * @return one value per crop, in the same order; unmodifiable
   */
  public List<Behaviour> predict(List<FaceImage> crops) {
    return predict(crops, IntStream.range(0, crops.size()).boxed().toList(), new FaceMemory());
  }

  /**
   * Reads the aligned faces of the next frame of a video.
   *
   * @param crops aligned faces; other sizes are scaled
   * @param numbers number of each face in the video, each once
   * @param memory what is remembered of the frames before; told of this one
   * @return one value per crop, in the same order; unmodifiable
   */
  public List<Behaviour> predict(List<FaceImage> crops, List<Integer> numbers, FaceMemory memory) {
    int side = aligner.size();
    List<Landmarks> template = List.of(aligner.template());
    return predict(
        numbers,
        memory,
        i -> {
          FaceImage crop = crops.get(i).resized(side, side);
          return tensor -> crop.writeTensor(model.entry().pixels(), tensor);
        },
        crops.stream()
            .filter(crop -> model.beside().containsKey(ImageNetwork.LANDMARKS))
            .flatMap(crop -> points(crop.resized(side, side), template).stream())
            .toList());
  }

  private interface Crop {
    /** Writes one face into the network's input. */
    void writeTo(ByteBuffer tensor);
  }

  private List<Behaviour> predict(
      List<Integer> numbers, FaceMemory memory, IntFunction<Crop> crops, List<float[]> points) {
    List<Behaviour> all = new ArrayList<>(numbers.size());
    for (int from = 0; from < numbers.size(); from += options.maximumBatch()) {
      int to = Math.min(from + options.maximumBatch(), numbers.size());
      int first = from;
      addBatch(
          numbers.subList(from, to),
          memory,
          i -> crops.apply(first + i),
          points.isEmpty() ? points : points.subList(from, to),
          all);
    }
    return List.copyOf(all);
  }

  /** View v of face i stands at i + v * n in the batch. */
  private void addBatch(
      List<Integer> numbers,
      FaceMemory memory,
      IntFunction<Crop> crops,
      List<float[]> points,
      List<Behaviour> all) {
    int n = numbers.size();
    int side = aligner.size();
    int views = options.flipAveraging() ? 2 : 1;
    Map<String, float[]> beside = memory.before(states, numbers, views);
    if (!points.isEmpty()) {
      beside.put(ImageNetwork.LANDMARKS, joined(points));
    }
    if (soundLength > 0) {
      beside.put(ImageNetwork.SPECTROGRAM, memory.sound(n * views, soundLength));
    }
    List<float[]> values =
        model.run(
            n * views,
            side,
            side,
            tensor -> {
              for (int i = 0; i < n; i++) {
                crops.apply(i).writeTo(tensor);
              }
              if (views == 2) {
                model.entry().pixels().appendMirrored(tensor, side);
              }
            },
            beside);
    int own = model.entry().outputs().size();
    memory.after(states, numbers, views, values.subList(own, values.size()));
    for (int i = 0; i < n; i++) {
      all.add(outputs.behaviour(values, i, n, views));
    }
  }

  private static float[] joined(List<float[]> rows) {
    float[] all = new float[rows.size() * LandmarkReader.COUNT];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * LandmarkReader.COUNT, LandmarkReader.COUNT);
    }
    return all;
  }

  @Override
  public void close() {
    model.close();
  }
}
