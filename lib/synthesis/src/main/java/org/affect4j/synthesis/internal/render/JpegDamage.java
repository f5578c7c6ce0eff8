package org.affect4j.synthesis.internal.render;

import org.affect4j.image.Luma;

/**
 * What baseline JPEG does to pixels, without the file: colours are halved in resolution, 8 x 8
 * blocks transformed, quantised and transformed back. Not thread-safe.
 */
final class JpegDamage {
  private float[] luma = new float[0];
  private float[] cb = new float[0];
  private float[] cr = new float[0];
  private final float[] block = new float[64];
  private final float[] scratch = new float[64];
  private final float[] inverse = new float[64];

  void apply(
      float[] red,
      float[] green,
      float[] blue,
      int width,
      int height,
      int quality,
      boolean halved) {
    int shift = halved ? 1 : 0;
    int step = 1 << shift;
    int pad = 8 * step;
    int w = (width + pad - 1) / pad * pad;
    int h = (height + pad - 1) / pad * pad;
    int cw = w / step;
    int ch = h / step;
    if (luma.length < w * h) {
      luma = new float[w * h];
      cb = new float[w * h];
      cr = new float[w * h];
    }
    java.util.Arrays.fill(cb, 0, cw * ch, 0);
    java.util.Arrays.fill(cr, 0, cw * ch, 0);
    float share = 1f / (step * step);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int i = Math.min(height - 1, y) * width + Math.min(width - 1, x);
        float r = Maths.clamp(red[i], 0, 255);
        float g = Maths.clamp(green[i], 0, 255);
        float b = Maths.clamp(blue[i], 0, 255);
        luma[y * w + x] = Luma.of(r, g, b) - 128;
        int o = (y >> shift) * cw + (x >> shift);
        cb[o] += share * (-.168736f * r - .331264f * g + .5f * b);
        cr[o] += share * (.5f * r - .418688f * g - .081312f * b);
      }
    }
    quantise(luma, w, h, Dct.table(Dct.LUMINANCE, quality));
    int[] table = Dct.table(Dct.CHROMINANCE, quality);
    quantise(cb, cw, ch, table);
    quantise(cr, cw, ch, table);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        float l = luma[y * w + x] + 128;
        int o = (y >> shift) * cw + (x >> shift);
        float u = cb[o];
        float v = cr[o];
        red[i] = Maths.clamp(l + 1.402f * v, 0, 255);
        green[i] = Maths.clamp(l - .344136f * u - .714136f * v, 0, 255);
        blue[i] = Maths.clamp(l + 1.772f * u, 0, 255);
      }
    }
  }

  private void quantise(float[] plane, int width, int height, int[] table) {
    for (int i = 0; i < 64; i++) {
      inverse[i] = 1f / table[i];
    }
    for (int by = 0; by < height; by += 8) {
      for (int bx = 0; bx < width; bx += 8) {
        for (int y = 0; y < 8; y++) {
          System.arraycopy(plane, (by + y) * width + bx, block, 8 * y, 8);
        }
        Dct.forward(block, scratch);
        for (int i = 0; i < 64; i++) {
          block[i] = Dct.round(block[i] * inverse[i]) * table[i];
        }
        Dct.inverse(block, scratch);
        for (int y = 0; y < 8; y++) {
          System.arraycopy(block, 8 * y, plane, (by + y) * width + bx, 8);
        }
      }
    }
  }
}
