package org.affect4j.image;

import java.util.Arrays;

/**
 * Takes a picture's pixels while they are decoded, in any order, each once, and averages squares of
 * them, so that a large photo never is in memory as a whole.
 *
 * <p>Pixels that never come are white.
 */
final class PictureBuilder {
  /** Sums of this many squared values of 255 fit in 16 bits. */
  static final int LARGEST_STEP = 16;

  private static final int WHITE = 255;

  private final int width;
  private final int height;
  private final int step;
  private final int newWidth;
  private final int newHeight;
  private final byte[][] bands = new byte[3][];

  /** What is missing to white in each square; wraps around meanwhile. */
  private final char[][] sums = new char[3][];

  private long received;

  /**
   * Prepares.
   *
   * @param width width of the picture as stored, in pixels
   * @param height its height
   * @param step side of the squares that are averaged, 1 to 16
   */
  PictureBuilder(int width, int height, int step) {
    this.width = width;
    this.height = height;
    this.step = step;
    newWidth = (width + step - 1) / step;
    newHeight = (height + step - 1) / step;
    int size = Math.multiplyExact(newWidth, newHeight);
    for (int b = 0; b < bands.length; b++) {
      if (step == 1) {
        bands[b] = new byte[size];
        Arrays.fill(bands[b], (byte) WHITE);
      } else {
        sums[b] = new char[size];
      }
    }
  }

  /** Bytes that building takes, besides what the decoder needs. */
  static long bytes(int width, int height, int step) {
    long pixels = (long) ((width + step - 1) / step) * ((height + step - 1) / step);
    return 3 * pixels * (step == 1 ? 1 : 3);
  }

  /** Takes the first pixels of a row's colours; what lies outside the picture is left out. */
  void put(int x, int y, int count, byte[][] rgb) {
    if (y < 0 || y >= height) {
      return;
    }
    int from = Math.max(0, -x);
    int to = Math.min(count, width - x);
    if (to <= from) {
      return;
    }
    received += to - from;
    for (int b = 0; b < bands.length; b++) {
      if (step == 1) {
        System.arraycopy(rgb[b], from, bands[b], y * newWidth + x + from, to - from);
      } else {
        add(rgb[b], from, to, x, sums[b], y / step * newWidth);
      }
    }
  }

  private void add(byte[] values, int from, int to, int x, char[] sum, int row) {
    int i = from;
    for (int square = (x + from) / step; i < to; square++) {
      int end = Math.min(to, (square + 1) * step - x);
      int light = 0;
      int count = end - i;
      for (; i < end; i++) {
        light += values[i] & 0xFF;
      }
      sum[row + square] += (char) (count * WHITE - light);
    }
  }

  /** Forgets all pixels. */
  void restart() {
    received = 0;
    for (int b = 0; b < bands.length; b++) {
      if (step == 1) {
        Arrays.fill(bands[b], (byte) WHITE);
      } else {
        Arrays.fill(sums[b], (char) 0);
      }
    }
  }

  /** How many pixels have come. */
  long received() {
    return received;
  }

  /** The picture; this builder is of no use afterwards. */
  FaceImage finish() {
    for (int b = 0; step > 1 && b < bands.length; b++) {
      bands[b] = new byte[sums[b].length];
      for (int y = 0, i = 0; y < newHeight; y++) {
        int rows = Math.min(step, height - y * step);
        for (int x = 0; x < newWidth; x++, i++) {
          int area = rows * Math.min(step, width - x * step);
          bands[b][i] = (byte) (WHITE - (sums[b][i] + area / 2) / area);
        }
      }
      sums[b] = null;
    }
    return FaceImage.ofBands(newWidth, newHeight, bands[0], bands[1], bands[2]);
  }
}
