package org.affect4j.analysis;

import java.util.Optional;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;

/**
 * Aligns images that are one face already, of any size, such as the 48 x 48 pixels of FER2013.
 *
 * <p>The crop is enlarged or shrunk, given a margin, and searched for landmarks to align it by; if
 * none of a plausible size are found, the whole crop is taken as the face. A network that is
 * trained on such crops sees what {@link FaceAnalyzer#analyzeCrop} will show it. As thread-safe as
 * the detector.
 */
public final class CropAligner {
  /** Lower than for photos, because a crop is known to hold a face. */
  private static final double SCORE_THRESHOLD = .5;

  /** A crop is searched at this long side, a size that the detector knows well. */
  private static final int SEARCHED_SIDE = 112;

  private static final int MARGIN = 24;
  private static final int MARGIN_GREY = 117;

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
   * A crop in which the face was looked for.
   *
   * @param picture what to sample: the crop at its full resolution if it is large, its smooth
   *     enlargement if it is small
   * @param landmarks in pixels of the picture; empty if no face of a plausible size was found
   * @param detection the same face in pixels of the crop
   */
  record Located(FaceImage picture, Optional<Landmarks> landmarks, Optional<Detection> detection) {}

  /**
   * Aligns one crop.
   *
   * @param crop image of one face
   * @return the aligned face; empty if no landmarks of a plausible size were found
   */
  public Optional<FaceImage> align(FaceImage crop) {
    Located located = locate(crop);
    return located.landmarks().map(landmarks -> aligner.crop(located.picture(), landmarks));
  }

  /**
   * Aligns one crop, or scales the whole of it where no landmarks are found.
   *
   * @param crop image of one face
   * @return square image of the aligner's size
   */
  public FaceImage alignOrScale(FaceImage crop) {
    return align(crop).orElseGet(() -> crop.resized(aligner.size(), aligner.size()));
  }

  Located locate(FaceImage crop) {
    double scale = (double) SEARCHED_SIDE / Math.max(crop.width(), crop.height());
    FaceImage standard =
        crop.resized(
            Math.max(1, (int) Math.round(crop.width() * scale)),
            Math.max(1, (int) Math.round(crop.height() * scale)));
    Optional<Detection> found = find(standard);
    Optional<Detection> inCrop = found.map(d -> d.moved(1 / scale, 0, 0));
    boolean enlarged = scale > 1;
    return new Located(
        enlarged ? standard : crop, (enlarged ? found : inCrop).map(Detection::landmarks), inCrop);
  }

  private Optional<Detection> find(FaceImage standard) {
    FaceImage canvas =
        standard.cut(
            -MARGIN,
            -MARGIN,
            standard.width() + 2 * MARGIN,
            standard.height() + 2 * MARGIN,
            MARGIN_GREY);
    return detector.detect(canvas, SCORE_THRESHOLD).stream()
        .map(d -> d.moved(1, -MARGIN, -MARGIN))
        .findFirst()
        .filter(this::hasPlausibleSize);
  }

  private boolean hasPlausibleSize(Detection detection) {
    double scale =
        aligner.transform(detection.landmarks()).scale() * SEARCHED_SIDE / aligner.size();
    return scale > LEAST_SCALE && scale < GREATEST_SCALE;
  }
}
