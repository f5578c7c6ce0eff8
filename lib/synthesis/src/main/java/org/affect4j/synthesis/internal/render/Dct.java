package org.affect4j.synthesis.internal.render;

/** The 8 x 8 discrete cosine transform and the tables of baseline JPEG (ITU-T T.81). */
final class Dct {
  static final int[] LUMINANCE = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  static final int[] CHROMINANCE = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };
  private static final float[] COSINE = cosines();

  private Dct() {}

  private static float[] cosines() {
    float[] c = new float[64];
    for (int u = 0; u < 8; u++) {
      double k = u == 0 ? StrictMath.sqrt(.125) : .5;
      for (int x = 0; x < 8; x++) {
        c[u * 8 + x] = (float) (k * StrictMath.cos((2 * x + 1) * u * StrictMath.PI / 16));
      }
    }
    return c;
  }

  /** Quantisation table for a quality of 1 to 100, as the Independent JPEG Group scales it. */
  static int[] table(int[] base, int quality) {
    int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int[] table = new int[64];
    for (int i = 0; i < 64; i++) {
      table[i] = Math.max(1, Math.min(255, (base[i] * scale + 50) / 100));
    }
    return table;
  }

  /** Transforms a block in place; scratch holds 64 values. */
  static void forward(float[] block, float[] scratch) {
    for (int y = 0; y < 64; y += 8) {
      forward(block, y, 1, scratch, y, 1);
    }
    for (int u = 0; u < 8; u++) {
      forward(scratch, u, 8, block, u, 8);
    }
  }

  /** Eight values: even cosines are even about the middle, odd ones odd. */
  private static void forward(float[] in, int i, int by, float[] out, int o, int step) {
    float s0 = in[i] + in[i + 7 * by];
    float s1 = in[i + by] + in[i + 6 * by];
    float s2 = in[i + 2 * by] + in[i + 5 * by];
    float s3 = in[i + 3 * by] + in[i + 4 * by];
    float d0 = in[i] - in[i + 7 * by];
    float d1 = in[i + by] - in[i + 6 * by];
    float d2 = in[i + 2 * by] - in[i + 5 * by];
    float d3 = in[i + 3 * by] - in[i + 4 * by];
    for (int u = 0; u < 64; u += 16) {
      out[o] = COSINE[u] * s0 + COSINE[u + 1] * s1 + COSINE[u + 2] * s2 + COSINE[u + 3] * s3;
      o += step;
      out[o] = COSINE[u + 8] * d0 + COSINE[u + 9] * d1 + COSINE[u + 10] * d2 + COSINE[u + 11] * d3;
      o += step;
    }
  }

  /** Transforms a block back in place; the zeros that quantising leaves at ends are passed over. */
  static void inverse(float[] block, float[] scratch) {
    int rows = 0;
    for (int v = 0; v < 8; v++) {
      int end = 8;
      while (end > 0 && block[v * 8 + end - 1] == 0) {
        end--;
      }
      if (end > 0) {
        rows = v + 1;
      }
      for (int x = 0; x < 8; x++) {
        float sum = 0;
        for (int u = 0; u < end; u++) {
          sum += COSINE[u * 8 + x] * block[v * 8 + u];
        }
        scratch[v * 8 + x] = sum;
      }
    }
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 8; y++) {
        float sum = 0;
        for (int v = 0; v < rows; v++) {
          sum += COSINE[v * 8 + y] * scratch[v * 8 + x];
        }
        block[y * 8 + x] = sum;
      }
    }
  }

  static int round(float v) {
    return v < 0 ? -(int) (.5f - v) : (int) (v + .5f);
  }
}
