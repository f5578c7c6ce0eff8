package org.affect4j.synthesis.internal.render;

/**
 * Darkening of what lies behind its surroundings in the picture: depth against its mean over three
 * squares, from summed-area tables. Not thread-safe.
 */
final class Occlusion {
  private static final float[] RADII_CM = {.27f, .75f, 1.75f};
  private static final float[] STRENGTHS = {1.5f, .5f, .11f};

  private int width;
  private int height;
  private double[] depthSum = new double[0];
  private int[] countSum = new int[0];
  private float[] depth = new float[0];
  private float[] open = new float[0];

  void compute(VisibilityBuffer seen, float pixelsPerCm, float strength) {
    width = seen.width / 2;
    height = seen.height / 2;
    int n = width * height;
    int stride = width + 1;
    if (depth.length < n) {
      depth = new float[n];
      open = new float[n];
    }
    if (depthSum.length < stride * (height + 1)) {
      depthSum = new double[stride * (height + 1)];
      countSum = new int[stride * (height + 1)];
    }
    java.util.Arrays.fill(depthSum, 0, stride, 0);
    java.util.Arrays.fill(countSum, 0, stride, 0);
    for (int y = 0; y < height; y++) {
      double rowDepth = 0;
      int rowCount = 0;
      depthSum[(y + 1) * stride] = 0;
      countSum[(y + 1) * stride] = 0;
      for (int x = 0; x < width; x++) {
        int o = 2 * y * seen.width + 2 * x;
        int below = o + seen.width;
        float z =
            Math.max(
                Math.max(seen.inverseDepth[o], seen.inverseDepth[o + 1]),
                Math.max(seen.inverseDepth[below], seen.inverseDepth[below + 1]));
        int i = y * width + x;
        depth[i] = z > 0 ? 1 / z : 0;
        open[i] = 1;
        if (z > 0) {
          rowDepth += depth[i];
          rowCount++;
        }
        depthSum[(y + 1) * stride + x + 1] = depthSum[y * stride + x + 1] + rowDepth;
        countSum[(y + 1) * stride + x + 1] = countSum[y * stride + x + 1] + rowCount;
      }
    }
    for (int k = 0; k < RADII_CM.length; k++) {
      int r = Math.max(k + 1, Math.round(RADII_CM[k] * pixelsPerCm));
      darken(r, strength * STRENGTHS[k]);
    }
  }

  private void darken(int r, float strength) {
    int stride = width + 1;
    for (int y = 0; y < height; y++) {
      int top = Math.max(0, y - r) * stride;
      int bottom = Math.min(height, y + r + 1) * stride;
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        if (depth[i] == 0) {
          continue;
        }
        int left = Math.max(0, x - r);
        int right = Math.min(width, x + r + 1);
        int count =
            countSum[bottom + right]
                - countSum[top + right]
                - countSum[bottom + left]
                + countSum[top + left];
        double sum =
            depthSum[bottom + right]
                - depthSum[top + right]
                - depthSum[bottom + left]
                + depthSum[top + left];
        float behind = Maths.clamp(depth[i] - (float) (sum / count), -.25f, 1.2f);
        open[i] *= behind > 0 ? Maths.exp(-strength * behind) : 1 - .25f * strength * behind;
      }
    }
  }

  /** Share of the light from around that reaches a pixel; a little above 1 on ridges. */
  float open(int x, int y) {
    return open[y * width + x];
  }
}
