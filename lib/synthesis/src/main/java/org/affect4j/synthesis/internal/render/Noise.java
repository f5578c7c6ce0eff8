package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.common.RandomStream;

/**
 * Two tileable noise textures with mean 0 and deviation 1: one coarse, one fine. A coordinate of 1
 * is one tile. Immutable.
 */
final class Noise {
  private static final int SIZE = 256;
  private static final int MASK = SIZE - 1;
  private static final double COARSE_PIXELS = 5.76;
  private static final double FINE_PIXELS = .82;
  private static final long SEED = 20260101;

  // 16 bits a value, so that both tiles fit into a processor's second cache.
  private static final float UNIT = 1 / 4096f;
  private final short[] coarse = tile(COARSE_PIXELS, 1);
  private final short[] fine = tile(FINE_PIXELS, 2);

  float coarse(float x, float y) {
    return sample(coarse, x, y);
  }

  float fine(float x, float y) {
    return sample(fine, x, y);
  }

  private static float sample(short[] tile, float x, float y) {
    float fx = x * SIZE;
    float fy = y * SIZE;
    int i = Maths.floor(fx);
    int j = Maths.floor(fy);
    float u = fx - i;
    float v = fy - j;
    int i0 = i & MASK;
    int i1 = i + 1 & MASK;
    int j0 = (j & MASK) * SIZE;
    int j1 = (j + 1 & MASK) * SIZE;
    float top = tile[j0 + i0] + u * (tile[j0 + i1] - tile[j0 + i0]);
    float bottom = tile[j1 + i0] + u * (tile[j1 + i1] - tile[j1 + i0]);
    return UNIT * (top + v * (bottom - top));
  }

  private static short[] tile(double sigma, int channel) {
    RandomStream random = RandomStream.of(SEED, channel);
    double[] white = new double[SIZE * SIZE];
    for (int i = 0; i < white.length; i++) {
      white[i] = random.gaussian();
    }
    int reach = (int) (3 * sigma) + 1;
    double[] kernel = new double[2 * reach + 1];
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = StrictMath.exp(-k * k / (2 * sigma * sigma));
    }
    double[] blurred = blur(blur(white, kernel, reach, true), kernel, reach, false);
    double mean = 0;
    for (double v : blurred) {
      mean += v / blurred.length;
    }
    double variance = 0;
    for (double v : blurred) {
      variance += (v - mean) * (v - mean) / blurred.length;
    }
    double k = 1 / StrictMath.sqrt(variance);
    short[] out = new short[blurred.length];
    for (int i = 0; i < out.length; i++) {
      double v = StrictMath.rint((blurred[i] - mean) * k / UNIT);
      out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, v));
    }
    return out;
  }

  private static double[] blur(double[] in, double[] kernel, int reach, boolean horizontal) {
    double[] out = new double[in.length];
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
          int i = horizontal ? y * SIZE + (x + k & MASK) : (y + k & MASK) * SIZE + x;
          sum += kernel[k + reach] * in[i];
        }
        out[y * SIZE + x] = sum;
      }
    }
    return out;
  }
}
