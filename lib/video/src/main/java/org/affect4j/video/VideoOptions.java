package org.affect4j.video;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which frames of a video are read, and how large.
 *
 * @param every 1 for all frames, n for those whose number is a multiple of n
 * @param from time of the first frame wanted, in seconds on the file's own clock; may be infinite
 * @param to time before which the last frame wanted lies, in seconds; may be infinite
 * @param stream the stream to read, as {@link VideoInfo#streams()} counts them; empty for the one
 *     that the file names as its default, else the one with most pixels
 * @param longSide frames whose long side is longer are made smaller to this, in pixels, 16 or more
 * @param rate frames a second of numbered pictures, which have no times without it
 */
public record VideoOptions(
    int every, double from, double to, OptionalInt stream, int longSide, OptionalDouble rate) {
  /** Half of the last digit of times as they are printed, in seconds. */
  static final double ROUNDING = 5e-7;

  /** Smaller frames show no face. */
  private static final int SHORTEST_LONG_SIDE = 16;

  /** Checks the ranges. */
  public VideoOptions {
    Objects.requireNonNull(stream);
    if (every < 1) {
      throw new IllegalArgumentException("every n-th frame: n is 1 or more, got " + every);
    }
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "a range of time ends after it begins, got %s to %s seconds".formatted(from, to));
    }
    if (longSide < SHORTEST_LONG_SIDE) {
      throw new IllegalArgumentException(
          "frames have a long side of %d pixels or more, got %d"
              .formatted(SHORTEST_LONG_SIDE, longSide));
    }
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() < 1e6)) {
      throw new IllegalArgumentException(
          "a rate is a positive number of frames a second, got " + rate.getAsDouble());
    }
  }

  /**
   * Returns the defaults: all frames at full size.
   *
   * @return the defaults
   */
  public static VideoOptions defaults() {
    return new VideoOptions(
        1,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        OptionalInt.empty(),
        Integer.MAX_VALUE,
        OptionalDouble.empty());
  }

  /**
   * Returns these options for a part of the frames.
   *
   * @param n 1 for all frames, n for those whose number is a multiple of n
   * @return changed copy
   */
  public VideoOptions withEvery(int n) {
    return new VideoOptions(n, from, to, stream, longSide, rate);
  }

  /**
   * Returns these options for a range of time, on the file's own clock.
   *
   * @param first seconds; negative infinity for the beginning
   * @param end seconds, no longer part of the range; infinity for all
   * @return changed copy
   */
  public VideoOptions withRange(double first, double end) {
    return new VideoOptions(every, first, end, stream, longSide, rate);
  }

  /**
   * Returns these options for another stream.
   *
   * @param index its place in {@link VideoInfo#streams()}
   * @return changed copy
   */
  public VideoOptions withStream(int index) {
    return new VideoOptions(every, from, to, OptionalInt.of(index), longSide, rate);
  }

  /**
   * Returns these options for smaller frames, which cost less time.
   *
   * @param pixels the long side at most, 16 or more
   * @return changed copy
   */
  public VideoOptions withLongSide(int pixels) {
    return new VideoOptions(every, from, to, stream, pixels, rate);
  }

  /**
   * Returns these options with times for numbered pictures.
   *
   * @param framesPerSecond how many numbers make a second; the time of number 0 is 0
   * @return changed copy
   */
  public VideoOptions withRate(double framesPerSecond) {
    return new VideoOptions(every, from, to, stream, longSide, OptionalDouble.of(framesPerSecond));
  }

  /** Whether a frame is wanted by its number; its time is judged by {@link #hasBegun}. */
  boolean wants(long number) {
    return number % every == 0;
  }

  /** Whether a time is not before the range. */
  boolean hasBegun(double seconds) {
    return seconds >= from - ROUNDING;
  }

  boolean hasEnded(double seconds) {
    return seconds >= to - ROUNDING;
  }
}
