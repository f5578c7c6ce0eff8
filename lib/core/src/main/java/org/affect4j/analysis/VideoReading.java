package org.affect4j.analysis;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.affect4j.detect.DetectorOptions;

/**
 * Which frames and faces of videos are read.
 *
 * @param every 1 for all frames, n for those whose number is a multiple of n
 * @param from time of the first frame, in seconds on the file's own clock; may be infinite
 * @param to time before which the last frame lies, in seconds; may be infinite
 * @param stream number of the stream from 0; empty for the main one
 * @param rate frames a second of numbered pictures, which have no times without it
 * @param scoreThreshold least score of a face, 0 to 1
 * @param mostFaces so many faces are followed at most, the largest first
 * @param everyFrame whether faces are searched in every frame, rather than followed in between
 */
public record VideoReading(
    int every,
    double from,
    double to,
    OptionalInt stream,
    OptionalDouble rate,
    double scoreThreshold,
    int mostFaces,
    boolean everyFrame) {
  /** Checks what no file is needed for. */
  public VideoReading {
    if (every < 1) {
      throw new IllegalArgumentException("every n-th frame: n is 1 or more, got " + every);
    }
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "a range of time ends after it begins, got %s to %s seconds".formatted(from, to));
    }
    if (mostFaces < 1) {
      throw new IllegalArgumentException("1 face or more is followed, got " + mostFaces);
    }
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() < 1e6)) {
      throw new IllegalArgumentException(
          "a rate is a positive number of frames a second, got " + rate.getAsDouble());
    }
  }

  /**
   * Returns the usual way: all frames, all faces.
   *
   * @return the defaults
   */
  public static VideoReading standard() {
    return new VideoReading(
        1,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        DetectorOptions.defaults().scoreThreshold(),
        Integer.MAX_VALUE,
        false);
  }
}
