package org.affect4j.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.detect.FaceDetector;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;

/**
 * The pipeline in one object: finds the faces of a photo, aligns them and reads their behaviour.
 *
 * <pre>{@code
 * try (FaceAnalyzer analyzer = FaceAnalyzer.load()) {
 *   List<Face> faces = analyzer.analyze(FaceImage.read(Path.of("photo.jpg")));
 * }
 * }</pre>
 *
 * <p>Thread-safe; close it to free native memory.
 */
public final class FaceAnalyzer implements AutoCloseable {
  /** Lower than for photos, because a crop is known to hold a face. */
  private static final double CROP_SCORE_THRESHOLD = .5;

  /** A crop is searched at this long side, a size that the detector knows well. */
  private static final int CROP_SIDE = 112;

  private static final int CROP_MARGIN = 24;
  private static final int CROP_MARGIN_GREY = 117;

  /** Plausible ratio of a face's aligned scale to that of the whole crop. */
  private static final double LEAST_CROP_SCALE = .55;

  private static final double GREATEST_CROP_SCALE = 2.15;

  private final FaceDetector detector;
  private final BehaviourModel behaviourModel;

  /**
   * Joins a detector and a network; the analyser closes both when it is closed.
   *
   * @param detector finds the faces
   * @param behaviourModel reads them
   */
  public FaceAnalyzer(FaceDetector detector, BehaviourModel behaviourModel) {
    this.detector = detector;
    this.behaviourModel = behaviourModel;
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
   * Opens the bundled models.
   *
   * @param options how to analyse
   * @return the analyser, to be closed
   */
  public static FaceAnalyzer load(AnalyzerOptions options) {
    return new FaceAnalyzer(
        RetinaFace.load(options.detector(), options.precision(), options.threads()),
        BehaviourModel.load(options.behaviour(), options.precision(), options.threads()));
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
    List<Detection> detections = detector.detect(photo);
    List<Behaviour> behaviours =
        behaviourModel.read(photo, detections.stream().map(Detection::landmarks).toList());
    List<Face> faces = new ArrayList<>(detections.size());
    for (int i = 0; i < detections.size(); i++) {
      faces.add(new Face(i, Optional.of(detections.get(i)), behaviours.get(i)));
    }
    return List.copyOf(faces);
  }

  /**
   * Analyses an image that is one face already, of any size, such as the 48 x 48 pixels of FER2013.
   *
   * <p>The crop is enlarged or shrunk, given a margin, and searched for landmarks to align it by;
   * if none of a plausible size are found, the whole crop is taken as the face and the result has
   * no detection.
   *
   * @param crop image of one face
   * @return the face, id 0, positions in pixels of the crop
   */
  public Face analyzeCrop(FaceImage crop) {
    SearchedCrop searched = search(crop);
    List<Behaviour> read =
        searched.landmarks().isPresent()
            ? behaviourModel.read(searched.source(), List.of(searched.landmarks().get()))
            : behaviourModel.read(List.of(crop));
    return new Face(0, searched.detection(), read.get(0));
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
    SearchedCrop searched = search(crop);
    FaceAligner aligner = behaviourModel.aligner();
    return searched
        .landmarks()
        .map(found -> aligner.crop(searched.source(), found))
        .orElseGet(() -> crop.resized(aligner.size(), aligner.size()));
  }

  /**
   * Finds the face in an image that is one face already.
   *
   * @param crop image of one face
   * @return the face in pixels of the crop; empty if none of a plausible size is found
   */
  public Optional<Detection> detectInCrop(FaceImage crop) {
    return search(crop).detection();
  }

  /** The image to sample a crop's face from, its landmarks there, and the face in the crop. */
  private record SearchedCrop(
      FaceImage source, Optional<Landmarks> landmarks, Optional<Detection> detection) {}

  private SearchedCrop search(FaceImage crop) {
    double scale = (double) CROP_SIDE / Math.max(crop.width(), crop.height());
    FaceImage standard =
        crop.resized(
            Math.max(1, (int) Math.round(crop.width() * scale)),
            Math.max(1, (int) Math.round(crop.height() * scale)));
    Optional<Detection> found = findInCrop(standard);
    Optional<Detection> detection = found.map(d -> d.moved(1 / scale, 0, 0));
    // A large crop is sampled at its full resolution, a small one from its smooth enlargement.
    boolean enlarged = scale > 1;
    return new SearchedCrop(
        enlarged ? standard : crop,
        (enlarged ? found : detection).map(Detection::landmarks),
        detection);
  }

  private Optional<Detection> findInCrop(FaceImage standard) {
    FaceImage canvas =
        standard.cut(
            -CROP_MARGIN,
            -CROP_MARGIN,
            standard.width() + 2 * CROP_MARGIN,
            standard.height() + 2 * CROP_MARGIN,
            CROP_MARGIN_GREY);
    return detector.detect(canvas, CROP_SCORE_THRESHOLD).stream()
        .map(d -> d.moved(1, -CROP_MARGIN, -CROP_MARGIN))
        .findFirst()
        .filter(this::hasPlausibleSize);
  }

  private boolean hasPlausibleSize(Detection detection) {
    double scale =
        behaviourModel.aligner().transform(detection.landmarks()).scale()
            * CROP_SIDE
            / behaviourModel.aligner().size();
    return scale > LEAST_CROP_SCALE && scale < GREATEST_CROP_SCALE;
  }

  @Override
  public void close() {
    detector.close();
    behaviourModel.close();
  }
}
