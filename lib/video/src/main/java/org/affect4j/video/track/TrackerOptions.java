package org.affect4j.video.track;

/**
 * How faces are followed.
 *
 * @param scoreThreshold least score of a face, in whole frames and around its last place, 0 to 1
 * @param keyFrameSeconds at least so often the whole frame is searched; 0 for every frame
 * @param memorySeconds a face that comes back within this time to where its motion leads keeps its
 *     number
 * @param mostFaces so many faces are followed at most, the largest first
 */
public record TrackerOptions(
    double scoreThreshold, double keyFrameSeconds, double memorySeconds, int mostFaces) {
  /** Checks the ranges. */
  public TrackerOptions {
    if (!(scoreThreshold > 0 && scoreThreshold < 1)) {
      throw new IllegalArgumentException("the score lies between 0 and 1, got " + scoreThreshold);
    }
    if (!(keyFrameSeconds >= 0 && memorySeconds >= 0)) {
      throw new IllegalArgumentException(
          "times are 0 or more, got %s s and %s s".formatted(keyFrameSeconds, memorySeconds));
    }
    if (mostFaces < 1) {
      throw new IllegalArgumentException("1 face or more is followed, got " + mostFaces);
    }
  }

  /**
   * Returns the usual options: all faces, the whole frame at least every fifth of a second, numbers
   * kept for a second.
   *
   * @param scoreThreshold least score of a face, 0 to 1
   * @return the options
   */
  public static TrackerOptions of(double scoreThreshold) {
    return new TrackerOptions(scoreThreshold, .2, 1, Integer.MAX_VALUE);
  }

  /**
   * Searches every frame as a whole, so that a frame's faces do not depend on other frames.
   *
   * @return a copy
   */
  public TrackerOptions everyFrame() {
    return new TrackerOptions(scoreThreshold, 0, memorySeconds, mostFaces);
  }

  /**
   * Follows the largest faces alone.
   *
   * @param most how many, 1 or more
   * @return a copy
   */
  public TrackerOptions largest(int most) {
    return new TrackerOptions(scoreThreshold, keyFrameSeconds, memorySeconds, most);
  }
}
