package org.affect4j.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.detect.FaceDetector;
import org.affect4j.detect.LandmarkRefiner;
import org.affect4j.detect.RefiningDetector;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
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
  private final FaceDetector detector;
  private final BehaviourModel behaviourModel;
  private final CropAligner crops;
  private final Optional<AnalyzerOptions> options;

  /**
   * Joins a detector and a network; the analyser closes both when it is closed.
   *
   * @param detector finds the faces
   * @param behaviourModel reads them
   */
  public FaceAnalyzer(FaceDetector detector, BehaviourModel behaviourModel) {
    this(detector, behaviourModel, Optional.empty());
  }

  private FaceAnalyzer(
      FaceDetector detector, BehaviourModel behaviourModel, Optional<AnalyzerOptions> options) {
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
   * Opens the bundled models.
   *
   * @param options how to analyse
   * @return the analyser, to be closed
   */
  public static FaceAnalyzer load(AnalyzerOptions options) {
    FaceDetector detector =
        RetinaFace.load(options.detector(), options.models(), options.threads());
    try {
      if (options.refining()) {
        detector = new RefiningDetector(detector, LandmarkRefiner.load(options.threads()));
      }
      return new FaceAnalyzer(
          detector,
          BehaviourModel.load(options.behaviour(), options.models(), options.threads()),
          Optional.of(options));
    } catch (RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  /** How photos are analysed; empty if the parts were made by the caller. */
  Optional<AnalyzerOptions> options() {
    return options;
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
    FaceImage picture = CropAligner.sampled(photo);
    double scale = CropAligner.scale(picture, photo);
    List<Behaviour> behaviours =
        behaviourModel.read(
            picture, detections.stream().map(d -> d.landmarks().moved(scale, 0, 0)).toList());
    List<Face> faces = new ArrayList<>(detections.size());
    for (int i = 0; i < detections.size(); i++) {
      faces.add(new Face(i, Optional.of(detections.get(i)), behaviours.get(i)));
    }
    return List.copyOf(faces);
  }

  /**
   * Analyses an image that is one face already, of any size, such as the 48 x 48 pixels of FER2013.
   *
   * <p>The face is found as {@link #analyze} finds it, but at a lower score; if none is found, the
   * whole crop is taken as the face and the result has no detection.
   *
   * @param crop image of one face
   * @return the face, id 0, positions in pixels of the crop
   */
  public Face analyzeCrop(FaceImage crop) {
    CropAligner.Located located = crops.locate(crop);
    Behaviour behaviour =
        located
            .landmarks()
            .map(landmarks -> behaviourModel.read(located.picture(), List.of(landmarks)))
            .orElseGet(() -> behaviourModel.read(List.of(crop)))
            .get(0);
    return new Face(0, located.detection(), behaviour);
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
  }
}
