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
      } else {
        sums[b] = new char[size];
      }
    }
    restart();
  }

  /** Bytes that building takes, besides what the decoder needs. */
  static long bytes(int width, int height, int step) {
    long pixels = (long) ((width + step - 1) / step) * ((height + step - 1) / step);
    return 3 * pixels * (step == 1 ? 1 : 3);
  }

  /** Takes the first pixels of a row's colours; what lies outside the picture is left out. */
  void put(int x, int y, int count, byte[][] rgb) {
    put(x, y, 0, count, rgb);
  }

  /** Takes a part of a row's colours: x is where the first of the row would lie. */
  void put(int x, int y, int start, int end, byte[][] rgb) {
    int from = Math.max(start, -x);
    int to = Math.min(end, width - x);
    if (y < 0 || y >= height || to <= from) {
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
    for (int square = row + (x + from) / step; i < to; square++) {
      int end = Math.min(to, (square - row + 1) * step - x);
      if (end - i == 2) {
        // The common case, and the one in which the inner loop would cost most.
        sum[square] += (char) (2 * WHITE - (values[i] & 0xFF) - (values[i + 1] & 0xFF));
        i = end;
        continue;
      }
      int lack = (end - i) * WHITE;
      for (; i < end; i++) {
        lack -= values[i] & 0xFF;
      }
      sum[square] += (char) lack;
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

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** How many pixels have come. */
  long received() {
    return received;
  }

  /** The picture; this builder is of no use afterwards. */
  FaceImage finish() {
    byte[] means = step == 1 ? new byte[0] : means(step * step);
    for (int b = 0; step > 1 && b < bands.length; b++) {
      bands[b] = new byte[sums[b].length];
      for (int y = 0, i = 0; y < newHeight; y++) {
        int rows = Math.min(step, height - y * step);
        for (int x = 0; x < newWidth; x++, i++) {
          int area = rows * Math.min(step, width - x * step);
          bands[b][i] = area == step * step ? means[sums[b][i]] : mean(sums[b][i], area);
        }
      }
      sums[b] = null;
    }
    return FaceImage.ofBands(newWidth, newHeight, bands[0], bands[1], bands[2]);
  }

  private static byte mean(int lack, int area) {
    return (byte) (WHITE - (lack + area / 2) / area);
  }

  /** All means of whole squares: a look is faster than a division. */
  private static byte[] means(int area) {
    byte[] means = new byte[area * WHITE + 1];
    for (int lack = 0; lack < means.length; lack++) {
      means[lack] = mean(lack, area);
    }
    return means;
  }
}
