package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.behaviour.FaceMemory;
import org.affect4j.detect.FaceDetector;
import org.affect4j.detect.LandmarkRefiner;
import org.affect4j.detect.Landmarks68Model;
import org.affect4j.detect.RefiningDetector;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Detection;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ImageNetwork;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * The pipeline in one object: finds the faces of a photo, aligns them and reads their behaviour.
 *
 * <pre>{@code
 * try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
 *   List<Face> faces = analyzer.analyze(FaceImage.read(Path.of("photo.jpg")));
 *   FaceTable table = analyzer.analyze(Path.of("photos"));
 * }
 * }</pre>
 *
 * <p>Thread-safe; close it to free native memory.
 */
public final class FaceAnalyzer implements AutoCloseable {
  private final FaceDetector detector;
  private final BehaviourModel behaviourModel;
  private final CropAligner crops;
  private final Optional<Landmarks68Model> landmarks68;
  private final Optional<AnalyzerOptions> options;

  /**
   * Joins a detector and a network; the analyser closes both when it is closed.
   *
   * @param detector finds the faces
   * @param behaviourModel reads them
   */
  public FaceAnalyzer(FaceDetector detector, BehaviourModel behaviourModel) {
    this(detector, behaviourModel, Optional.empty(), Optional.empty());
  }

  private FaceAnalyzer(
      FaceDetector detector,
      BehaviourModel behaviourModel,
      Optional<Landmarks68Model> landmarks68,
      Optional<AnalyzerOptions> options) {
    this.landmarks68 = landmarks68;
    this.options = options;
    this.detector = detector;
    this.behaviourModel = behaviourModel;
    this.crops = new CropAligner(detector, behaviourModel.aligner());
  }

  /**
   * Opens the bundled models with their defaults.
   *
   * @return the analyser, to be closed
   */
  public static FaceAnalyzer load() {
    return load(AnalyzerOptions.defaults());
  }

  /**
   * Opens the models of the options.
   *
   * @param options how to analyse
   * @return the analyser, to be closed
   */
  public static FaceAnalyzer load(AnalyzerOptions options) {
    FaceDetector detector =
        RetinaFace.of(options.detectorModel().open(options.threads()), options.detector());
    Optional<Landmarks68Model> landmarks68 = Optional.empty();
    try {
      if (options.refining()) {
        detector = new RefiningDetector(detector, LandmarkRefiner.load(options.threads()));
      }
      ImageNetwork network = options.behaviourModel().open(options.threads());
      landmarks68 = network.handedTo(n -> landmarks(n, options));
      return new FaceAnalyzer(
          detector,
          behaviourModel(network, options.behaviour(), landmarks68),
          landmarks68,
          Optional.of(options));
    } catch (RuntimeException e) {
      detector.close();
      landmarks68.ifPresent(Landmarks68Model::close);
      throw e;
    }
  }

  private static BehaviourModel behaviourModel(
      ImageNetwork network, BehaviourOptions options, Optional<Landmarks68Model> landmarks68) {
    return landmarks68.isEmpty()
        ? BehaviourModel.of(network, options)
        : BehaviourModel.of(
            network,
            options,
            (photo, faces) ->
                landmarks68.get().find(photo, faces).stream()
                    .map(Landmarks68::coordinates)
                    .toList());
  }

  private static Optional<Landmarks68Model> landmarks(
      ImageNetwork network, AnalyzerOptions options) {
    boolean read = network.beside().containsKey(ImageNetwork.LANDMARKS);
    return read || options.headPose() || options.affine()
        ? Optional.of(Landmarks68Model.load(options.threads()))
        : Optional.empty();
  }

  /** How photos are analysed; empty if the parts were made by the caller. */
  Optional<AnalyzerOptions> options() {
    return options;
  }

  /**
   * Describes the models, for the record of an experiment.
   *
   * @return name and value: {@code model}, {@code model SHA-256}, {@code views}, {@code prior} of
   *     the expressions, {@code detector}, {@code detector SHA-256}, for networks of the user's own
   *     {@code model input} and {@code detector input}, and, with a second look at landmarks,
   *     {@code landmarks} and {@code landmarks SHA-256}, with 68 of them {@code 68 landmarks} and
   *     {@code 68 landmarks SHA-256}; unmodifiable
   */
  public Map<String, String> models() {
    Map<String, String> entries = new LinkedHashMap<>();
    put(entries, "model", behaviourModel.entry());
    entries.put(
        "views",
        behaviourModel.options().flipAveraging()
            ? "two: mean of the face and its mirror image"
            : "one");
    if (!behaviourModel.vocabulary().withContempt(false).equals(BehaviourVocabulary.standard())) {
      // What the user says of the outputs changes rows as much as the file does.
      entries.put("model outputs", behaviourModel.entry().outputs().toString());
    }
    entries.put(
        "prior", behaviourModel.prior().map(ExpressionPrior::toString).orElse("as learned"));
    entries.put("detector", "not catalogued");
    detector.entry().ifPresent(e -> put(entries, "detector", e));
    detector.refinerEntry().ifPresent(e -> put(entries, "landmarks", e));
    landmarks68.ifPresent(model -> put(entries, "68 landmarks", model.entry()));
    return Collections.unmodifiableMap(entries);
  }

  private static void put(Map<String, String> entries, String what, ModelEntry model) {
    entries.put(what, model.name());
    entries.put(what + " SHA-256", model.sha256());
    if (!ModelStore.bundled().catalog().entries().contains(model)) {
      // What a user says of a file changes rows as much as the file does.
      String side = model.side().isPresent() ? ", " + model.side().getAsInt() : "";
      entries.put(what + " input", model.pixels() + side);
    }
  }

  /** Models, options, and what else changes a row. */
  Map<String, String> settings(Map<String, String> others) {
    Map<String, String> settings = new LinkedHashMap<>(models());
    options.ifPresent(o -> settings.putAll(o.settings()));
    settings.putAll(new TreeMap<>(others));
    return settings;
  }

  /**
   * Returns the detector, for a look inside.
   *
   * @return the detector; closed with this analyser
   */
  public FaceDetector detector() {
    return detector;
  }

  /**
   * Returns the behaviour network, for a look inside.
   *
   * @return the network; closed with this analyser
   */
  public BehaviourModel behaviourModel() {
    return behaviourModel;
  }

  /**
   * Analyses a photo.
   *
   * @param photo any photo
   * @return its faces in the stable order of the detector, ids from 0, positions in pixels of the
   *     photo; empty if there is none; unmodifiable
   */
  public List<Face> analyze(FaceImage photo) {
    return analyze(photo, detector.detect(photo));
  }

  /**
   * Reads faces that were found before, such as by following them from frame to frame.
   *
   * @param photo the photo
   * @param detections its faces, in pixels of the photo
   * @return one face for each, numbered in order from 0
   */
  public List<Face> analyze(FaceImage photo, List<Detection> detections) {
    List<Integer> numbers = IntStream.range(0, detections.size()).boxed().toList();
    return analyze(photo, detections, numbers, new FaceMemory());
  }

  /**
   * Reads the faces of the next frame of a video, which a network over time reads in their order.
   *
   * @param photo the frame
   * @param detections its faces, in pixels of the frame
   * @param numbers number of each face in the video, each once
   * @param memory what is remembered of the frames before; told of this one
   * @return one face for each, numbered in order from 0
   */
  public List<Face> analyze(
      FaceImage photo, List<Detection> detections, List<Integer> numbers, FaceMemory memory) {
    FaceImage picture = CropAligner.sampled(photo);
    double scale = CropAligner.scale(picture, photo);
    List<Landmarks> five = detections.stream().map(d -> d.landmarks().moved(scale, 0, 0)).toList();
    List<Landmarks68> all =
        landmarks68
            .filter(m -> readsHeadPose() || cutsByAffine())
            .map(m -> m.find(picture, five))
            .orElse(List.of());
    List<Behaviour> behaviours = behaviours(picture, five, all, numbers, memory);
    List<Face> faces = new ArrayList<>(detections.size());
    for (int i = 0; i < detections.size(); i++) {
      Detection found = detections.get(i);
      faces.add(
          new Face(
              i,
              Optional.of(readsHeadPose() ? found.with(all.get(i).moved(1 / scale, 0, 0)) : found),
              behaviours.get(i)));
    }
    return List.copyOf(faces);
  }

  private List<Behaviour> behaviours(
      FaceImage picture,
      List<Landmarks> five,
      List<Landmarks68> all,
      List<Integer> numbers,
      FaceMemory memory) {
    if (!cutsByAffine()) {
      return behaviourModel.predict(picture, five, numbers, memory);
    }
    FaceAligner aligner = behaviourModel.aligner();
    return behaviourModel.predict(
        all.stream().map(l -> aligner.crop(picture, aligner.affine(l.five()))).toList(),
        numbers,
        memory);
  }

  private boolean cutsByAffine() {
    return options.isPresent() && options.get().affine();
  }

  private boolean readsHeadPose() {
    return options.isPresent() && options.get().headPose();
  }

  /**
   * Returns the columns of the rows that faces give.
   *
   * @param embeddings whether the embedding is among them
   * @return names in order, unmodifiable
   */
  public List<String> columns(boolean embeddings) {
    return columns(behaviourModel.vocabulary(), embeddings);
  }

  /** The columns where something else than the network itself has the last word on a face. */
  List<String> columns(BehaviourVocabulary read, boolean embeddings) {
    List<String> names =
        new ArrayList<>(
            FaceColumns.analysis(read, embeddings ? behaviourModel.embeddingLength() : 0));
    names.addAll(readsHeadPose() ? FaceColumns.headPose() : List.of());
    return List.copyOf(names);
  }

  /**
   * Analyses photos, as {@link FolderAnalysis#ofPhotos} does.
   *
   * @param photos a photo, or a folder whose photos are found at any depth
   * @return one row per face, and one for every photo without a face, or that cannot be read
   * @throws IOException if there is no such file or folder, or no photo in it
   */
  public FaceTable analyze(Path photos) throws IOException {
    return analyze(List.of(photos));
  }

  /**
   * Analyses photos, as {@link FolderAnalysis#ofPhotos} does.
   *
   * @param photos files and folders
   * @return one row per face, and one for every photo without a face, or that cannot be read
   * @throws IOException if one does not exist, or there is no photo at all
   */
  public FaceTable analyze(List<Path> photos) throws IOException {
    return FolderAnalysis.ofPhotos()
        .run(this, FolderAnalysis.inputs(photos), ProgressListener.silent());
  }

  /**
   * Analyses an image that is one face already, of any size, such as the 48 x 48 pixels of FER2013.
   *
   * <p>The face is found as {@link #analyze(FaceImage)} finds it, but at a lower score; if none is
   * found, the whole crop is taken as the face and the result has no detection.
   *
   * @param crop image of one face
   * @return the face, id 0, positions in pixels of the crop
   */
  public Face analyzeCrop(FaceImage crop) {
    return crops
        .locate(crop)
        .map(found -> analyze(crop, List.of(found)).get(0))
        .orElseGet(
            () -> new Face(0, Optional.empty(), behaviourModel.predict(List.of(crop)).get(0)));
  }

  /**
   * Cuts the aligned face out of an image that is one face already: what {@link #analyzeCrop} gives
   * to the network.
   *
   * @param crop image of one face
   * @return square image of the network's input size; the whole crop, resized, if no landmarks of a
   *     plausible size are found
   */
  public FaceImage alignCrop(FaceImage crop) {
    return crops.alignOrScale(crop);
  }

  @Override
  public void close() {
    detector.close();
    behaviourModel.close();
    landmarks68.ifPresent(Landmarks68Model::close);
  }
}
