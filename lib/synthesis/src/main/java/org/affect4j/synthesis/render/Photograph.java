package org.affect4j.synthesis.render;

import java.util.Arrays;
import org.affect4j.synthesis.RandomStream;

/**
 * A picture on its way from linear light to a file: develop, then damage as pictures are damaged.
 * Holds working memory; not thread-safe.
 */
public final class Photograph {
  private static final int CURVE = 4096;
  private static final float BRIGHTEST = 4;
  private static final float[] TONE = toneCurve();

  private int width;
  private int height;
  private float[] red = new float[0];
  private float[] green = new float[0];
  private float[] blue = new float[0];
  private float[] spare = new float[0];
  private final JpegDamage jpeg = new JpegDamage();

  /** Makes an empty photograph. */
  public Photograph() {}

  /** Shoulder above .8, then the sRGB curve; index is the square root of light. */
  private static float[] toneCurve() {
    float[] curve = new float[CURVE + 1];
    for (int i = 0; i <= CURVE; i++) {
      double v = BRIGHTEST * (double) i / CURVE * i / CURVE;
      v = v < .8 ? v : .8 + .2 * (1 - StrictMath.exp(-(v - .8) / .2));
      v = v <= .0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - .055;
      curve[i] = (float) (255 * v);
    }
    return curve;
  }

  /**
   * Develops a canvas: linear light times a gain through a shoulder and the sRGB curve.
   *
   * @param canvas the picture
   * @param gain factor on the light, positive
   */
  public void develop(Canvas canvas, double gain) {
    width = canvas.width();
    height = canvas.height();
    int n = width * height;
    if (red.length < n) {
      red = new float[n];
      green = new float[n];
      blue = new float[n];
      spare = new float[n];
    }
    float g = (float) gain / BRIGHTEST;
    develop(canvas.red, red, g, n);
    develop(canvas.green, green, g, n);
    develop(canvas.blue, blue, g, n);
  }

  private static void develop(float[] from, float[] to, float gain, int n) {
    for (int i = 0; i < n; i++) {
      float v = Maths.sqrt(Maths.clamp01(from[i] * gain)) * CURVE;
      int k = Math.min(CURVE - 1, (int) v);
      to[i] = TONE[k] + (v - k) * (TONE[k + 1] - TONE[k]);
    }
  }

  /**
   * Damages the picture at random: low resolution, blur or sharpening, contrast, colour cast, grey,
   * noise, compression; each with the chance and range stated in the code's constants.
   *
   * @param random the picture's own stream
   */
  public void degrade(RandomStream random) {
    if (random.chance(.35)) {
      lowResolution(random.between(.36, .9), random.chance(.5));
    }
    if (random.chance(.35)) {
      blur(random.between(.3, 1.2), 1);
    } else if (random.chance(.25)) {
      blur(1, (float) -random.between(.2, 1));
    }
    tone(random);
    noise(random.between(0, 4), random.between(0, 2), random);
    if (random.chance(.7)) {
      int quality = (int) random.between(35, 96);
      boolean halved = random.chance(.7);
      jpeg.apply(red, green, blue, width, height, quality, halved);
    }
  }

  /** Samples down by averaging and up again; neighbours or smoothly. */
  private void lowResolution(double scale, boolean smooth) {
    int w = Math.max(8, (int) (width * scale));
    int h = Math.max(8, (int) (height * scale));
    float[] small = new float[w * h];
    for (float[] band : bands()) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          small[y * w + x] = area(band, (float) x / w, (float) y / h, (x + 1f) / w, (y + 1f) / h);
        }
      }
      for (int y = 0; y < height; y++) {
        float fy = (y + .5f) * h / height - .5f;
        int j = Maths.floor(fy);
        float v = smooth ? Maths.step(0, 1, fy - j) : fy - j;
        int j0 = Math.max(0, j) * w;
        int j1 = Math.min(h - 1, j + 1) * w;
        for (int x = 0; x < width; x++) {
          float fx = (x + .5f) * w / width - .5f;
          int i = Maths.floor(fx);
          float u = smooth ? Maths.step(0, 1, fx - i) : fx - i;
          int i0 = Math.max(0, i);
          int i1 = Math.min(w - 1, i + 1);
          float top = small[j0 + i0] + u * (small[j0 + i1] - small[j0 + i0]);
          float bottom = small[j1 + i0] + u * (small[j1 + i1] - small[j1 + i0]);
          band[y * width + x] = top + v * (bottom - top);
        }
      }
    }
  }

  private float area(float[] band, float x0, float y0, float x1, float y1) {
    float left = x0 * width;
    float right = x1 * width;
    float top = y0 * height;
    float bottom = y1 * height;
    float sum = 0;
    float weight = 0;
    for (int y = (int) top; y < bottom && y < height; y++) {
      float wy = Math.min(bottom, y + 1) - Math.max(top, y);
      for (int x = (int) left; x < right && x < width; x++) {
        float w = wy * (Math.min(right, x + 1) - Math.max(left, x));
        sum += w * band[y * width + x];
        weight += w;
      }
    }
    return weight > 0 ? sum / weight : 0;
  }

  /** Moves the picture toward its Gaussian blur by a share; a negative share sharpens. */
  private void blur(double sigma, float share) {
    int reach = Math.max(1, (int) StrictMath.ceil(2.5 * sigma));
    float[] kernel = new float[reach + 1];
    float sum = 0;
    for (int k = 0; k <= reach; k++) {
      kernel[k] = (float) StrictMath.exp(-k * k / (2 * sigma * sigma));
      sum += k == 0 ? kernel[k] : 2 * kernel[k];
    }
    for (int k = 0; k <= reach; k++) {
      kernel[k] /= sum;
    }
    for (float[] band : bands()) {
      for (int y = 0; y < height; y++) {
        int o = y * width;
        for (int x = 0; x < width; x++) {
          float v = kernel[0] * band[o + x];
          for (int k = 1; k <= reach; k++) {
            v += kernel[k] * (band[o + Math.max(0, x - k)] + band[o + Math.min(width - 1, x + k)]);
          }
          spare[o + x] = v;
        }
      }
      for (int y = 0; y < height; y++) {
        int o = y * width;
        for (int x = 0; x < width; x++) {
          float v = kernel[0] * spare[o + x];
          for (int k = 1; k <= reach; k++) {
            v +=
                kernel[k]
                    * (spare[Math.max(0, y - k) * width + x]
                        + spare[Math.min(height - 1, y + k) * width + x]);
          }
          band[o + x] += share * (v - band[o + x]);
        }
      }
    }
  }

  private void tone(RandomStream random) {
    float contrast = (float) random.between(.82, 1.25);
    float shift = (float) random.between(-14, 14);
    float saturation = random.chance(.05) ? 0 : (float) random.between(.55, 1.2);
    float r = (float) StrictMath.exp(random.gaussian(.04, .12));
    float g = (float) StrictMath.exp(random.gaussian(.04, .12));
    float b = (float) StrictMath.exp(random.gaussian(.04, .12));
    int n = width * height;
    for (int i = 0; i < n; i++) {
      float cr = (red[i] - 118) * contrast + 118 + shift;
      float cg = (green[i] - 118) * contrast + 118 + shift;
      float cb = (blue[i] - 118) * contrast + 118 + shift;
      float m = .299f * cr + .587f * cg + .114f * cb;
      float k = saturation;
      float tint = saturation == 0 ? 0 : 1;
      red[i] = (m + k * (cr - m)) * (1 + tint * (r - 1));
      green[i] = (m + k * (cg - m)) * (1 + tint * (g - 1));
      blue[i] = (m + k * (cb - m)) * (1 + tint * (b - 1));
    }
  }

  /**
   * Adds the noise of a sensor.
   *
   * @param grey standard deviation of noise common to the channels, in levels of 255
   * @param colour standard deviation of noise of each channel, in levels of 255
   * @param random the picture's own stream
   */
  public void noise(double grey, double colour, RandomStream random) {
    // Four bytes of a hash added up are normal enough for a sensor; deviation of their sum is
    // 147.8.
    float g = (float) (grey / 147.8);
    float c = (float) (colour / 147.8);
    int n = width * height;
    for (int i = 0; i < n; i++) {
      long a = random.nextLong();
      long b = random.nextLong();
      float common = g * fourBytes((int) a);
      red[i] += common + c * fourBytes((int) (a >>> 32));
      green[i] += common + c * fourBytes((int) b);
      blue[i] += common + c * fourBytes((int) (b >>> 32));
    }
  }

  private static int fourBytes(int h) {
    return (h & 255) + (h >>> 8 & 255) + (h >>> 16 & 255) + (h >>> 24) - 510;
  }

  private float[][] bands() {
    return new float[][] {red, green, blue};
  }

  /**
   * Rounds the picture to 8 bits.
   *
   * @return the finished pixels
   */
  public Pixels finish() {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = level(red[i]);
      rgb[3 * i + 1] = level(green[i]);
      rgb[3 * i + 2] = level(blue[i]);
    }
    return new Pixels(width, height, rgb);
  }

  private static byte level(float v) {
    return (byte) (int) (Maths.clamp(v, 0, 255) + .5f);
  }

  @Override
  public String toString() {
    return "Photograph %d x %d, first levels %s"
        .formatted(width, height, Arrays.toString(Arrays.copyOf(red, Math.min(4, red.length))));
  }
}
