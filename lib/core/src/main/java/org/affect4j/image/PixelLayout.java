package org.affect4j.image;

/**
 * How a network wants its pixels: {@code (value - mean) / scale} per channel, value in 0 to 255.
 *
 * @param order channel order of the tensor
 * @param mean0 mean of the tensor's first channel
 * @param mean1 mean of the tensor's second channel
 * @param mean2 mean of the tensor's third channel
 * @param scale divisor, positive
 */
public record PixelLayout(Order order, float mean0, float mean1, float mean2, float scale) {
  /** Channel order. */
  public enum Order {
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red. */
    BGR
  }

  /** RGB in -1 to 1: {@code value / 127.5 - 1}. */
  public static final PixelLayout SIGNED_RGB =
      new PixelLayout(Order.RGB, 127.5f, 127.5f, 127.5f, 127.5f);

  /** Checks the scale. */
  public PixelLayout {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("the scale must be positive, got " + scale);
    }
  }

  float mean(int channel) {
    return switch (channel) {
      case 0 -> mean0;
      case 1 -> mean1;
      default -> mean2;
    };
  }

  /** Index of the image's band (0 red, 1 green, 2 blue) that fills a channel of the tensor. */
  int band(int channel) {
    return order == Order.RGB ? channel : 2 - channel;
  }
}
