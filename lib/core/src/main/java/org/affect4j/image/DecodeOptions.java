package org.affect4j.image;

/**
 * How a photo is decoded.
 *
 * @param maximumPixels images with more pixels than this are refused before any pixel is decoded,
 *     as a guard against decompression bombs; positive
 * @param sufficientLongSide images whose long side is at least twice this are shrunk while they are
 *     decoded (squares of 2, 3, … up to 16 pixels become their mean), never below this long side;
 *     positive
 */
public record DecodeOptions(long maximumPixels, int sufficientLongSide) {
  /** Checks the ranges. */
  public DecodeOptions {
    if (maximumPixels <= 0 || sufficientLongSide <= 0) {
      throw new IllegalArgumentException(
          "both limits must be positive, got maximumPixels %d, sufficientLongSide %d"
              .formatted(maximumPixels, sufficientLongSide));
    }
  }

  /**
   * Returns the defaults: at most 200 million pixels, full size whatever the long side.
   *
   * @return the defaults
   */
  public static DecodeOptions fullSize() {
    return new DecodeOptions(200_000_000L, Integer.MAX_VALUE);
  }

  /**
   * Returns the defaults of an analysis: at most 200 million pixels, and images whose long side is
   * 4096 or more shrunk to a long side of at least 2048, which bounds time and memory.
   *
   * @return the options
   */
  public static DecodeOptions forAnalysis() {
    return new DecodeOptions(200_000_000L, 2048);
  }

  /**
   * Returns these options for who needs more pixels, or fewer.
   *
   * @param pixels the long side that suffices, positive
   * @return changed copy
   */
  public DecodeOptions withSufficientLongSide(int pixels) {
    return new DecodeOptions(maximumPixels, pixels);
  }
}
