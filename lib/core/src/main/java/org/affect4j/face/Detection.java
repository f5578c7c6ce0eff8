package org.affect4j.face;

import java.util.Objects;
import java.util.Optional;

/**
 * One detected face.
 *
 * @param box where the face is
 * @param score probability of a face that the detector gives, 0 to 1
 * @param landmarks eye centres, nose tip and mouth corners
 * @param landmarks68 the 68 landmarks, where they were asked for
 */
public record Detection(
    PixelBox box, double score, Landmarks landmarks, Optional<Landmarks68> landmarks68) {
  /** Checks the score's range. */
  public Detection {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(landmarks, "landmarks");
    Objects.requireNonNull(landmarks68, "landmarks68");
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score lies between 0 and 1, got " + score);
    }
  }

  /**
   * A detection as detectors give it, without the 68 landmarks.
   *
   * @param box where the face is
   * @param score probability of a face that the detector gives, 0 to 1
   * @param landmarks eye centres, nose tip and mouth corners
   */
  public Detection(PixelBox box, double score, Landmarks landmarks) {
    this(box, score, landmarks, Optional.empty());
  }

  /**
   * Returns this detection with the 68 landmarks.
   *
   * @param found in the same pixels
   * @return changed copy
   */
  public Detection with(Landmarks68 found) {
    return new Detection(box, score, landmarks, Optional.of(found));
  }

  /**
   * Returns this detection scaled about the origin and then shifted, to carry it from a scaled or
   * cut image back to the original.
   *
   * @param scale factor, positive
   * @param dx shift to the right in pixels, after scaling
   * @param dy shift downward in pixels, after scaling
   * @return the moved detection
   */
  public Detection moved(double scale, double dx, double dy) {
    return new Detection(
        box.moved(scale, dx, dy),
        score,
        landmarks.moved(scale, dx, dy),
        landmarks68.map(l -> l.moved(scale, dx, dy)));
  }

  /**
   * Returns this detection with its box cut at the edges of an image; landmarks stay where they
   * are.
   *
   * @param imageWidth width of the image in pixels
   * @param imageHeight height of the image in pixels
   * @return the same face
   */
  public Detection clippedTo(int imageWidth, int imageHeight) {
    return new Detection(box.clippedTo(imageWidth, imageHeight), score, landmarks, landmarks68);
  }
}
