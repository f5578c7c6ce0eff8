package org.affect4j.dataset;

import java.util.Optional;
import org.affect4j.image.FaceImage;

/**
 * The face of one row of a dataset, or the reason why there is none.
 *
 * @param row number from the column {@code row}
 * @param image name of the photo
 * @param source how the crop was found
 * @param crop square face crop; present unless the source is {@link Source#NONE} or {@link
 *     Source#UNREADABLE}
 * @param reason why there is no crop; empty text where there is one
 */
public record DatasetFace(
    int row, String image, Source source, Optional<FaceImage> crop, String reason) {

  /** How a crop was found. */
  public enum Source {
    /** Aligned by the dataset's landmarks. */
    GIVEN_LANDMARKS,
    /** Aligned by the detector's landmarks. */
    DETECTED,
    /** The dataset's box, resized without alignment. */
    BOX,
    /** The whole photo, resized without alignment. */
    WHOLE_PHOTO,
    /** No face was found, and the dataset gives none. */
    NONE,
    /** The photo is missing or cannot be decoded. */
    UNREADABLE
  }

  static DatasetFace of(int row, String image, Source source, FaceImage crop) {
    return new DatasetFace(row, image, source, Optional.of(crop), "");
  }

  static DatasetFace unreadable(int row, String image, String reason) {
    return new DatasetFace(row, image, Source.UNREADABLE, Optional.empty(), reason);
  }

  static DatasetFace none(int row, String image, String reason) {
    return new DatasetFace(row, image, Source.NONE, Optional.empty(), reason);
  }
}
