package org.affect4j.detect;

/**
 * How a detector looks at a photo.
 *
 * @param scoreThreshold least score of a face, 0 to 1
 * @param iouThreshold of two boxes that overlap more than this, the lower score is dropped, 0 to 1
 * @param longSide photos are scaled down until their long side has at most this many pixels, and
 *     never up; at least 32
 * @param minimumFacePixels faces smaller than this ({@code sqrt(width * height)}, in pixels of the
 *     photo) are left out
 * @param tiles whether photos larger than {@code longSide} are also searched in overlapping tiles
 *     of that size at full resolution, for faces that scaling down would make too small
 * @param magnifying whether photos are also searched at twice the size, for faces of 8 to 24
 *     pixels; the network then sees five times as many pixels
 * @param anyRotation whether faces are searched that are turned by any angle; the photo is then
 *     searched in eight views
 * @param clippedBoxes whether boxes are cut at the edges of the photo; otherwise that of a face
 *     which is cut off may leave it
 */
public record DetectorOptions(
    double scoreThreshold,
    double iouThreshold,
    int longSide,
    double minimumFacePixels,
    boolean tiles,
    boolean magnifying,
    boolean anyRotation,
    boolean clippedBoxes) {
  private static final int LEAST_LONG_SIDE = 32;

  /** Checks the ranges. */
  public DetectorOptions {
    if (!(scoreThreshold >= 0 && scoreThreshold <= 1)
        || !(iouThreshold >= 0 && iouThreshold <= 1)) {
      throw new IllegalArgumentException(
          "thresholds lie between 0 and 1, got score %s, IoU %s"
              .formatted(scoreThreshold, iouThreshold));
    }
    if (longSide < LEAST_LONG_SIDE) {
      throw new IllegalArgumentException(
          "the long side is at least " + LEAST_LONG_SIDE + " pixels, got " + longSide);
    }
    if (!(minimumFacePixels >= 0)) {
      throw new IllegalArgumentException(
          "the smallest face is 0 pixels or more, got " + minimumFacePixels);
    }
  }

  /**
   * Returns the options under which the bundled detector was measured: score .95, IoU .4, long side
   * 640, any face size, no tiles, not magnifying, upright faces.
   *
   * @return the defaults
   */
  public static DetectorOptions defaults() {
    return new DetectorOptions(.95, .4, 640, 0, false, false, false, false);
  }

  /**
   * Returns these options with another score threshold.
   *
   * @param value 0 to 1
   * @return changed copy
   */
  public DetectorOptions withScoreThreshold(double value) {
    return with(value, longSide, minimumFacePixels);
  }

  /**
   * Returns these options with another long side.
   *
   * @param pixels at least 32
   * @return changed copy
   */
  public DetectorOptions withLongSide(int pixels) {
    return with(scoreThreshold, pixels, minimumFacePixels);
  }

  /**
   * Returns these options with another smallest face.
   *
   * @param pixels side of a square as large as the face, in pixels of the photo
   * @return changed copy
   */
  public DetectorOptions withMinimumFace(double pixels) {
    return with(scoreThreshold, longSide, pixels);
  }

  /**
   * Returns these options with or without tiles.
   *
   * @param value whether large photos are also searched in tiles
   * @return changed copy
   */
  public DetectorOptions withTiles(boolean value) {
    return searching(value, magnifying, anyRotation, clippedBoxes);
  }

  /**
   * Returns these options with or without magnifying.
   *
   * @param value whether photos are also searched at twice the size
   * @return changed copy
   */
  public DetectorOptions withMagnifying(boolean value) {
    return searching(tiles, value, anyRotation, clippedBoxes);
  }

  /**
   * Returns these options with or without the search for turned faces.
   *
   * @param value whether faces that are turned by any angle are searched
   * @return changed copy
   */
  public DetectorOptions withAnyRotation(boolean value) {
    return searching(tiles, magnifying, value, clippedBoxes);
  }

  /**
   * Returns these options with boxes as they are or cut at the edges of the photo.
   *
   * @param value whether boxes are cut
   * @return changed copy
   */
  public DetectorOptions withClippedBoxes(boolean value) {
    return searching(tiles, magnifying, anyRotation, value);
  }

  private DetectorOptions with(double score, int side, double face) {
    return new DetectorOptions(
        score, iouThreshold, side, face, tiles, magnifying, anyRotation, clippedBoxes);
  }

  private DetectorOptions searching(boolean tiled, boolean twice, boolean turned, boolean clipped) {
    return new DetectorOptions(
        scoreThreshold, iouThreshold, longSide, minimumFacePixels, tiled, twice, turned, clipped);
  }
}
