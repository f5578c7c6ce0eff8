package org.affect4j.image;

import boofcv.alg.filter.misc.impl.ImplAverageDownSample2;
import boofcv.struct.image.GrayU8;
import java.util.Arrays;

/**
 * Shrinks one band: each new pixel is the mean of the area it covers, partly covered pixels counted
 * by their share.
 *
 * <p>Ours, because it runs for every photo and BoofCV's {@code AverageDownSampleOps} was measured
 * at ten times the time on one thread, and slower still on several.
 */
final class AreaAverage {
  /** Shares of rows are multiples of 1 / ONE: integers are faster to add than floats. */
  private static final int ONE = 1 << 16;

  private final int[] starts;
  private final float[][] weights;

  /** Prepares one axis: which old pixels each new one covers, and their shares, adding up to 1. */
  private AreaAverage(int from, int to) {
    double ratio = (double) from / to;
    starts = new int[to];
    weights = new float[to][];
    for (int i = 0; i < to; i++) {
      double low = i * ratio;
      double high = Math.min(from, low + ratio);
      int first = (int) low;
      int last = Math.min(from - 1, (int) Math.ceil(high) - 1);
      starts[i] = first;
      weights[i] = new float[last - first + 1];
      for (int j = first; j <= last; j++) {
        weights[i][j - first] = (float) ((Math.min(high, j + 1) - Math.max(low, j)) / (high - low));
      }
    }
  }

  /**
   * Shrinks.
   *
   * @param from old band, row by row
   * @param width old width in pixels
   * @param height old height in pixels
   * @param to receives the new band
   * @param newWidth at most the old width
   * @param newHeight at most the old height
   */
  static void shrink(byte[] from, int width, int height, byte[] to, int newWidth, int newHeight) {
    if (width == 2 * newWidth && height == 2 * newHeight) {
      ImplAverageDownSample2.down(band(from, width, height), band(to, newWidth, newHeight));
      return;
    }
    AreaAverage columns = new AreaAverage(width, newWidth);
    AreaAverage rows = new AreaAverage(height, newHeight);
    int[] sums = new int[width];
    for (int y = 0; y < newHeight; y++) {
      Arrays.fill(sums, 0);
      float[] shares = rows.weights[y];
      for (int k = 0; k < shares.length; k++) {
        addRow(from, (rows.starts[y] + k) * width, Math.round(shares[k] * ONE), sums);
      }
      for (int x = 0; x < newWidth; x++) {
        float[] w = columns.weights[x];
        int start = columns.starts[x];
        float sum = 0;
        for (int k = 0; k < w.length; k++) {
          sum += w[k] * sums[start + k];
        }
        to[y * newWidth + x] = (byte) Math.min(255, Math.round(sum / ONE));
      }
    }
  }

  /** A band as BoofCV takes it; nothing is copied. */
  static GrayU8 band(byte[] data, int width, int height) {
    GrayU8 band = new GrayU8();
    band.data = data;
    band.width = width;
    band.height = height;
    band.stride = width;
    return band;
  }

  private static void addRow(byte[] from, int offset, int share, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += share * (from[offset + x] & 0xFF);
    }
  }
}
