package org.affect4j.training.batch.internal;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.affect4j.image.Luma;
import org.affect4j.training.batch.Augmentation;

/**
 * Samples an 8-bit crop at the network's size, varied by an {@link Augmentation}: one affine map
 * with bilinear interpolation, then changes of the values. Outside the crop is black, as {@link
 * org.affect4j.image.FaceAligner} leaves it. Keeps its working space; for one thread.
 */
public final class Augmenter {
  /** Channels of the result: red, green, blue. */
  public static final int CHANNELS = 3;

  private static final float WHITE = 255;

  /** From this many source pixels per sample on, four samples are averaged. */
  private static final double COARSE_STEP = 1.4;

  private static final double LEAST_RESOLUTION = .33;
  private static final double MOST_RESOLUTION = .75;
  private static final double LEAST_ERASED = .12;
  private static final double MOST_ERASED = .33;
  private static final double TINT = .15;
  private static final double NOISE = .04;

  private final int side;
  private final float[][] planes;
  private final float[] scratch;
  private final BlockLoss compression = new BlockLoss();
  private byte[] small = {};

  /**
   * Makes an augmenter.
   *
   * @param side side of the result in pixels, 8 or more
   */
  public Augmenter(int side) {
    if (side < 8) {
      throw new IllegalArgumentException("crops of 8 pixels a side or more, got " + side);
    }
    this.side = side;
    this.planes = new float[CHANNELS][side * side];
    this.scratch = new float[side * side];
  }

  /**
   * Writes one crop, its channels interleaved, as values from -1 (black) to 1 (white).
   *
   * @param source bytes of the crop, plane by plane
   * @param sourceSide side of the crop in pixels
   * @param sourcePlanes 1 for grey, 3 for colour
   * @param how the variation
   * @param random decides; the same numbers give the same result
   * @param target receives {@code side * side * 3} values
   * @param offset where the first one goes
   * @return where points of the crop went, for labels that are positions
   */
  public Warp write(
      byte[] source,
      int sourceSide,
      int sourcePlanes,
      Augmentation how,
      SplittableRandom random,
      float[] target,
      int offset) {
    Warp map = Warp.draw(how, random);
    byte[] from = source;
    int fromSide = sourceSide;
    if (random.nextDouble() < how.lowResolution()) {
      fromSide =
          (int)
              (sourceSide
                  * (LEAST_RESOLUTION
                      + random.nextDouble() * (MOST_RESOLUTION - LEAST_RESOLUTION)));
      from = shrunk(source, sourceSide, sourcePlanes, fromSide);
    }
    int channels = sourcePlanes;
    for (int p = 0; p < sourcePlanes; p++) {
      sample(from, p * fromSide * fromSide, fromSide, map, planes[p]);
    }
    if (channels == CHANNELS && random.nextDouble() < how.grey()) {
      toGrey();
      channels = 1;
    }
    int damaged = channels;
    if (random.nextDouble() < how.blur()) {
      int times = random.nextInt(1, 3);
      for (int p = 0; p < damaged; p++) {
        for (int k = 0; k < times; k++) {
          blur(planes[p]);
        }
      }
    }
    if (random.nextDouble() < how.compression()) {
      double step = random.nextDouble(8, 40);
      for (int p = 0; p < damaged; p++) {
        compression.apply(planes[p], side, step);
      }
    }
    double gain = 1 + Warp.either(random, how.contrast());
    double lift = Warp.either(random, how.brightness());
    boolean tinted = random.nextDouble() < how.tint();
    if (tinted && channels == 1) {
      System.arraycopy(planes[0], 0, planes[1], 0, planes[0].length);
      System.arraycopy(planes[0], 0, planes[2], 0, planes[0].length);
      channels = CHANNELS;
    }
    for (int p = 0; p < channels; p++) {
      double cast = tinted ? Warp.either(random, TINT) : 0;
      light(planes[p], (float) gain, (float) ((lift + cast) * WHITE));
    }
    if (random.nextDouble() < how.noise()) {
      double strength = random.nextDouble() * NOISE * WHITE;
      for (int p = 0; p < channels; p++) {
        addNoise(planes[p], strength, random);
      }
    }
    for (int p = 0; p < channels; p++) {
      limit(planes[p]);
    }
    if (random.nextDouble() < how.erasing()) {
      erase(channels, random);
    }
    interleave(channels, target, offset);
    return map;
  }

  /** Means over the area of each new pixel. */
  private byte[] shrunk(byte[] source, int from, int sourcePlanes, int to) {
    if (small.length < sourcePlanes * to * to) {
      small = new byte[sourcePlanes * from * from];
    }
    double k = (double) from / to;
    float[] sums = new float[to];
    float[] weights = new float[to];
    for (int p = 0; p < sourcePlanes; p++) {
      int base = p * from * from;
      for (int y = 0; y < to; y++) {
        Arrays.fill(sums, 0);
        Arrays.fill(weights, 0);
        int top = (int) (y * k);
        int bottom = Math.min(from, (int) Math.ceil((y + 1) * k));
        for (int sy = top; sy < bottom; sy++) {
          float wy = (float) (Math.min(sy + 1, (y + 1) * k) - Math.max(sy, y * k));
          for (int x = 0; x < to; x++) {
            int right = Math.min(from, (int) Math.ceil((x + 1) * k));
            for (int sx = (int) (x * k); sx < right; sx++) {
              float w = wy * (float) (Math.min(sx + 1, (x + 1) * k) - Math.max(sx, x * k));
              sums[x] += w * (source[base + sy * from + sx] & 0xFF);
              weights[x] += w;
            }
          }
        }
        for (int x = 0; x < to; x++) {
          small[p * to * to + y * to + x] = (byte) (sums[x] / weights[x] + .5f);
        }
      }
    }
    return small;
  }

  private void sample(byte[] source, int base, int from, Warp map, float[] plane) {
    double step = (double) from / side * Math.hypot(map.xx(), map.yx());
    int n = step > COARSE_STEP ? 2 : 1;
    float weight = 1f / (n * n);
    float dx = (float) (map.xx() / side * from);
    float dy = (float) (map.yx() / side * from);
    for (int y = 0, i = 0; y < side; y++, i += side) {
      Arrays.fill(plane, i, i + side, 0);
      for (int k = 0; k < n * n; k++) {
        double u = (k % n + .5) / n / side - .5;
        double v = (y + (k / n + .5) / n) / side - .5;
        float sx = (float) ((map.xx() * u + map.xy() * v + map.x0() + .5) * from - .5);
        float sy = (float) ((map.yx() * u + map.yy() * v + map.y0() + .5) * from - .5);
        for (int x = 0; x < side; x++) {
          plane[i + x] += weight * bilinear(source, base, from, sx + x * dx, sy + x * dy);
        }
      }
    }
  }

  private static float bilinear(byte[] source, int base, int from, float x, float y) {
    int x0 = (int) (x + 1024) - 1024;
    int y0 = (int) (y + 1024) - 1024;
    float fx = x - x0;
    float fy = y - y0;
    if (x0 >= 0 && y0 >= 0 && x0 < from - 1 && y0 < from - 1) {
      int i = base + y0 * from + x0;
      float top = (source[i] & 0xFF) * (1 - fx) + (source[i + 1] & 0xFF) * fx;
      float bottom = (source[i + from] & 0xFF) * (1 - fx) + (source[i + from + 1] & 0xFF) * fx;
      return top * (1 - fy) + bottom * fy;
    }
    return (at(source, base, from, x0, y0) * (1 - fx) + at(source, base, from, x0 + 1, y0) * fx)
            * (1 - fy)
        + (at(source, base, from, x0, y0 + 1) * (1 - fx)
                + at(source, base, from, x0 + 1, y0 + 1) * fx)
            * fy;
  }

  private static int at(byte[] source, int base, int from, int x, int y) {
    return x < 0 || y < 0 || x >= from || y >= from ? 0 : source[base + y * from + x] & 0xFF;
  }

  private void toGrey() {
    for (int i = 0; i < planes[0].length; i++) {
      planes[0][i] = Luma.of(planes[0][i], planes[1][i], planes[2][i]);
    }
  }

  /** The kernel (1, 2, 1) / 4 in both directions; edges are repeated. */
  private void blur(float[] plane) {
    for (int y = 0; y < side; y++) {
      int row = y * side;
      for (int x = 0; x < side; x++) {
        float left = plane[row + Math.max(0, x - 1)];
        float right = plane[row + Math.min(side - 1, x + 1)];
        scratch[row + x] = (left + 2 * plane[row + x] + right) / 4;
      }
    }
    for (int y = 0; y < side; y++) {
      int above = Math.max(0, y - 1) * side;
      int below = Math.min(side - 1, y + 1) * side;
      for (int x = 0; x < side; x++) {
        plane[y * side + x] =
            (scratch[above + x] + 2 * scratch[y * side + x] + scratch[below + x]) / 4;
      }
    }
  }

  /** Contrast about middle grey, then brightness. */
  private static void light(float[] plane, float gain, float lift) {
    float middle = WHITE / 2;
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (plane[i] - middle) * gain + middle + lift;
    }
  }

  /** The sum of three even numbers is close enough to a normal one, and five times as fast. */
  private static void addNoise(float[] plane, double strength, SplittableRandom random) {
    float k = (float) (strength * 2);
    for (int i = 0; i < plane.length; i++) {
      long bits = random.nextLong();
      float sum = ((bits & 0xFFFFF) + (bits >>> 20 & 0xFFFFF) + (bits >>> 40 & 0xFFFFF)) / 1048576f;
      plane[i] += (sum - 1.5f) * k;
    }
  }

  private static void limit(float[] plane) {
    for (int i = 0; i < plane.length; i++) {
      plane[i] = Math.max(0, Math.min(WHITE, plane[i]));
    }
  }

  /** Covers a rectangle with one grey (Zhong et al. 2020, Random erasing). */
  private void erase(int channels, SplittableRandom random) {
    int width = (int) (side * random.nextDouble(LEAST_ERASED, MOST_ERASED));
    int height = (int) (side * random.nextDouble(LEAST_ERASED, MOST_ERASED));
    int left = random.nextInt(side - width);
    int top = random.nextInt(side - height);
    float value = (float) (random.nextDouble() * WHITE);
    for (int p = 0; p < channels; p++) {
      for (int y = top; y < top + height; y++) {
        Arrays.fill(planes[p], y * side + left, y * side + left + width, value);
      }
    }
  }

  private void interleave(int channels, float[] target, int offset) {
    float[] red = planes[0];
    float[] green = channels == 1 ? red : planes[1];
    float[] blue = channels == 1 ? red : planes[2];
    for (int i = 0, j = offset; i < red.length; i++, j += CHANNELS) {
      target[j] = red[i] / 127.5f - 1;
      target[j + 1] = green[i] / 127.5f - 1;
      target[j + 2] = blue[i] / 127.5f - 1;
    }
  }
}
