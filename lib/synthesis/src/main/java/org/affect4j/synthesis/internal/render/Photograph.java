package org.affect4j.synthesis.internal.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.affect4j.image.Luma;
import org.affect4j.synthesis.internal.common.RandomStream;

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
   * Damages the picture at random: blur or sharpening, contrast, colour cast, grey, noise,
   * compression; each with the chance and range stated in the code's constants.
   *
   * @param random the picture's own stream
   * @param colours the stream of contrast and colours: the same one, unless those stay as they are
   *     from picture to picture
   */
  public void degrade(RandomStream random, RandomStream colours) {
    if (random.chance(.35)) {
      blur(random.between(.3, 1.2), 1);
    } else if (random.chance(.25)) {
      blur(1, (float) -random.between(.2, 1));
    }
    tone(colours);
    noise(random.between(0, 4), random.between(0, 2), random);
    if (random.chance(.7)) {
      int quality = (int) random.between(35, 96);
      boolean halved = random.chance(.7);
      jpeg.apply(red, green, blue, width, height, quality, halved);
    }
  }

  /**
   * Enlarges the picture as if it had been taken at a low resolution.
   *
   * @param newWidth width in pixels, not below the present one
   * @param newHeight height in pixels, not below the present one
   * @param smooth whether pixels merge softly, rather than linearly
   * @throws IllegalArgumentException if the picture is larger already
   */
  public void enlarge(int newWidth, int newHeight, boolean smooth) {
    if (newWidth < width || newHeight < height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d cannot be enlarged to %d x %d"
              .formatted(width, height, newWidth, newHeight));
    }
    int w = width;
    int h = height;
    width = newWidth;
    height = newHeight;
    int n = width * height;
    if (spare.length < n) {
      spare = new float[n];
    }
    red = enlarged(red, w, h, smooth);
    green = enlarged(green, w, h, smooth);
    blue = enlarged(blue, w, h, smooth);
  }

  /** Enlarges a band into the spare one, which the old one becomes. */
  private float[] enlarged(float[] band, int w, int h, boolean smooth) {
    float[] large = spare;
    int[] left = new int[width];
    float[] share = new float[width];
    for (int x = 0; x < width; x++) {
      float fx = (x + .5f) * w / width - .5f;
      left[x] = Maths.floor(fx);
      share[x] = smooth ? Maths.step(0, 1, fx - left[x]) : fx - left[x];
    }
    for (int y = 0; y < height; y++) {
      float fy = (y + .5f) * h / height - .5f;
      int j = Maths.floor(fy);
      float v = smooth ? Maths.step(0, 1, fy - j) : fy - j;
      int j0 = Math.max(0, j) * w;
      int j1 = Math.min(h - 1, j + 1) * w;
      for (int x = 0; x < width; x++) {
        int i0 = Math.max(0, left[x]);
        int i1 = Math.min(w - 1, left[x] + 1);
        float top = band[j0 + i0] + share[x] * (band[j0 + i1] - band[j0 + i0]);
        float bottom = band[j1 + i0] + share[x] * (band[j1 + i1] - band[j1 + i0]);
        large[y * width + x] = top + v * (bottom - top);
      }
    }
    spare = band.length < width * height ? new float[width * height] : band;
    return large;
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
    float[] line = new float[width];
    for (float[] band : bands()) {
      for (int y = 0; y < height; y++) {
        int o = y * width;
        for (int x = 0; x < width; x++) {
          spare[o + x] = kernel[0] * band[o + x];
        }
        for (int k = 1; k <= reach; k++) {
          float weight = kernel[k];
          int inner = Math.min(k, width);
          int outer = Math.max(inner, width - k);
          for (int x = 0; x < inner; x++) {
            spare[o + x] += weight * (band[o] + band[o + Math.min(width - 1, x + k)]);
          }
          for (int x = inner; x < outer; x++) {
            spare[o + x] += weight * (band[o + x - k] + band[o + x + k]);
          }
          for (int x = outer; x < width; x++) {
            spare[o + x] += weight * (band[o + x - k] + band[o + width - 1]);
          }
        }
      }
      for (int y = 0; y < height; y++) {
        int o = y * width;
        for (int x = 0; x < width; x++) {
          line[x] = kernel[0] * spare[o + x];
        }
        for (int k = 1; k <= reach; k++) {
          float weight = kernel[k];
          int above = Math.max(0, y - k) * width;
          int below = Math.min(height - 1, y + k) * width;
          for (int x = 0; x < width; x++) {
            line[x] += weight * (spare[above + x] + spare[below + x]);
          }
        }
        for (int x = 0; x < width; x++) {
          band[o + x] += share * (line[x] - band[o + x]);
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
      float m = Luma.of(cr, cg, cb);
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
   * @return a picture of type {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage finish() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < width * height; i++) {
      bgr[3 * i] = level(blue[i]);
      bgr[3 * i + 1] = level(green[i]);
      bgr[3 * i + 2] = level(red[i]);
    }
    return image;
  }

  /**
   * Rounds the picture to 8 bits and makes it transparent where nobody is.
   *
   * @param opacity 0 to 255 for each pixel, row by row
   * @return a picture with opacity
   * @throws IllegalArgumentException if there is not one opacity for each pixel
   */
  public BufferedImage finish(byte[] opacity) {
    if (opacity.length != width * height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d needs as many opacities, got %d"
              .formatted(width, height, opacity.length));
    }
    BufferedImage opaque = finish();
    BufferedImage cut = new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR);
    for (int i = 0; i < opacity.length; i++) {
      int rgb = opaque.getRGB(i % width, i / width) & 0xFFFFFF;
      cut.setRGB(i % width, i / width, (opacity[i] & 255) << 24 | rgb);
    }
    return cut;
  }

  private static byte level(float v) {
    return (byte) (int) (Maths.clamp(v, 0, 255) + .5f);
  }
}
