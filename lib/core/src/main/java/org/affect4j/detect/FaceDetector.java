package org.affect4j.detect;

import java.util.List;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelEntry;

/** Finds the faces of a photo. Thread-safe. */
public interface FaceDetector extends AutoCloseable {
  /**
   * Finds all faces.
   *
   * @param photo any photo
   * @return the faces in pixels of the photo: highest score first, equal scores from left to right,
   *     then from top to bottom; empty if there is none; unmodifiable
   */
  List<Detection> detect(FaceImage photo);

  /**
   * Finds all faces of at least a given score, whatever the detector's own threshold.
   *
   * @param photo any photo
   * @param scoreThreshold least score, 0 to 1
   * @return the faces in the same order; unmodifiable
   */
  List<Detection> detect(FaceImage photo, double scoreThreshold);

  /**
   * Finds the faces that are large in a photo, by a quick look at a small copy; {@link #detect}
   * takes them from the same look.
   *
   * @param photo any photo, such as the crop of one face
   * @param scoreThreshold least score, 0 to 1
   * @return the faces in the same order; unmodifiable. A detector without such a look finds all.
   */
  default List<Detection> detectLarge(FaceImage photo, double scoreThreshold) {
    return detect(photo, scoreThreshold);
  }

  /**
   * Tells from which size on more pixels of a photo are of no use: larger ones may be shrunk to
   * this long side while they are decoded.
   *
   * @return pixels, positive
   */
  default int usefulLongSide() {
    return DecodeOptions.forAnalysis().sufficientLongSide();
  }

  /**
   * Returns the catalogue's entry of the network, for the record of an experiment.
   *
   * @return name, checksum and origin; empty for a detector that is no catalogued network
   */
  default Optional<ModelEntry> entry() {
    return Optional.empty();
  }

  /**
   * Returns the catalogue's entry of the network that finds the landmarks again, for the same
   * record.
   *
   * @return name, checksum and origin; empty for a detector that looks once
   */
  default Optional<ModelEntry> refinerEntry() {
    return Optional.empty();
  }

  @Override
  void close();
}
