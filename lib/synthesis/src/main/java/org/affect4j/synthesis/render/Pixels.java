package org.affect4j.synthesis.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** A picture as 8-bit sRGB. The arrays belong to this object alone. Immutable. */
public final class Pixels {
  private final int width;
  private final int height;
  private final byte[] rgb;

  Pixels(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Returns the width.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * Returns one channel of a pixel.
   *
   * @param x 0 to width - 1
   * @param y 0 to height - 1
   * @param channel 0 red, 1 green, 2 blue
   * @return 0 to 255
   */
  public int value(int x, int y, int channel) {
    return rgb[3 * (y * width + x) + channel] & 0xFF;
  }

  /**
   * Copies into an AWT image.
   *
   * @return image of type {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < rgb.length; i += 3) {
      bgr[i] = rgb[i + 2];
      bgr[i + 1] = rgb[i + 1];
      bgr[i + 2] = rgb[i];
    }
    return image;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pixels p && width == p.width && java.util.Arrays.equals(rgb, p.rgb);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(rgb);
  }
}
