package org.affect4j.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;

/**
 * A detector whose landmarks are found again by a second network: the same faces, boxes and scores.
 * Thread-safe.
 */
public final class RefiningDetector implements FaceDetector {
  private final FaceDetector detector;
  private final LandmarkRefiner refiner;

  /**
   * Joins both; they are closed with this detector.
   *
   * @param detector finds the faces
   * @param refiner finds their landmarks
   */
  public RefiningDetector(FaceDetector detector, LandmarkRefiner refiner) {
    this.detector = detector;
    this.refiner = refiner;
  }

  @Override
  public List<Detection> detect(FaceImage photo) {
    return refined(photo, detector.detect(photo));
  }

  @Override
  public List<Detection> detect(FaceImage photo, double scoreThreshold) {
    return refined(photo, detector.detect(photo, scoreThreshold));
  }

  @Override
  public List<Detection> detectLarge(FaceImage photo, double scoreThreshold) {
    return refined(photo, detector.detectLarge(photo, scoreThreshold));
  }

  private List<Detection> refined(FaceImage photo, List<Detection> found) {
    List<Landmarks> landmarks =
        refiner.refine(photo, found.stream().map(Detection::landmarks).toList());
    List<Detection> refined = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      Detection d = found.get(i);
      refined.add(new Detection(d.box(), d.score(), landmarks.get(i)));
    }
    return List.copyOf(refined);
  }

  @Override
  public int usefulLongSide() {
    return detector.usefulLongSide();
  }

  /**
   * Returns the catalogue's entry of the network that finds the faces.
   *
   * @return name, checksum and origin; empty if it is no catalogued network
   */
  @Override
  public Optional<ModelEntry> entry() {
    return detector.entry();
  }

  @Override
  public Optional<ModelEntry> refinerEntry() {
    return Optional.of(refiner.entry());
  }

  @Override
  public void close() {
    try (detector) {
      refiner.close();
    }
  }
}
