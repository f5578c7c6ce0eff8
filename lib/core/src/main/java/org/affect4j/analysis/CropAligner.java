package org.affect4j.analysis;

import java.util.Optional;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;

/**
 * Aligns images that are one face already, of any size, such as the 48 x 48 pixels of FER2013.
 *
 * <p>The crop is searched as a photo is searched for large faces, with a lower threshold; if no
 * face of a plausible size is found, as a whole photo; and if none is found then, the whole crop is
 * taken as the face. Wherever {@link FaceAnalyzer#analyze} finds the face too, both align it alike.
 * A network that is trained on such crops sees what {@link FaceAnalyzer#analyzeCrop} will show it.
 * As thread-safe as the detector.
 */
public final class CropAligner {
  /** Lower than for photos, because a crop is known to hold a face. */
  private static final double SCORE_THRESHOLD = .5;

  /** Smaller images are enlarged smoothly before faces are sampled from them. */
  private static final int LEAST_SIDE = 112;

  /** Plausible ratio of a face's aligned scale to that of the whole crop. */
  private static final double LEAST_SCALE = .55;

  private static final double GREATEST_SCALE = 2.15;

  private final FaceDetector detector;
  private final FaceAligner aligner;

  /**
   * Joins a detector and an aligner.
   *
   * @param detector finds the landmarks; stays open
   * @param aligner gives size and position of the face
   */
  public CropAligner(FaceDetector detector, FaceAligner aligner) {
    this.detector = detector;
    this.aligner = aligner;
  }

  /**
   * Aligns one crop, or scales the whole of it where no landmarks are found.
   *
   * @param crop image of one face
   * @return square image of the aligner's size
   */
  public FaceImage alignOrScale(FaceImage crop) {
    FaceImage picture = sampled(crop);
    double scale = scale(picture, crop);
    return locate(crop)
        .map(found -> aligner.crop(picture, found.landmarks().moved(scale, 0, 0)))
        .orElseGet(() -> crop.resized(aligner.size(), aligner.size()));
  }

  /** The face in pixels of the crop; empty if none of a plausible size was found. */
  Optional<Detection> locate(FaceImage crop) {
    return detector.detectLarge(crop, SCORE_THRESHOLD).stream()
        .findFirst()
        .filter(d -> hasPlausibleSize(d, crop))
        .or(() -> detector.detect(crop).stream().findFirst());
  }

  /** What faces are sampled from: the image itself, or its smooth enlargement if it is small. */
  static FaceImage sampled(FaceImage image) {
    return Math.max(image.width(), image.height()) < LEAST_SIDE
        ? image.scaledTo(LEAST_SIDE)
        : image;
  }

  /** Pixels of what is sampled per pixel of the image. */
  static double scale(FaceImage sampled, FaceImage image) {
    return (double) Math.max(sampled.width(), sampled.height())
        / Math.max(image.width(), image.height());
  }

  private boolean hasPlausibleSize(Detection detection, FaceImage crop) {
    double scale =
        aligner.transform(detection.landmarks()).scale()
            * Math.max(crop.width(), crop.height())
            / aligner.size();
    return scale > LEAST_SCALE && scale < GREATEST_SCALE;
  }
}
