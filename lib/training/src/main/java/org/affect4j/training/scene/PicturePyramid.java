package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.image.FaceImage;

/**
 * A picture with its halves, quarters and so on, so that it can be sampled at any smaller size
 * without reading each pixel. Grey pictures keep one plane. Immutable.
 */
final class PicturePyramid {
  private static final int LEAST_SIDE = 8;

  /** Mean difference of channels below which a picture counts as grey: JPEG adds a little. */
  private static final double GREY_DIFFERENCE = 3;

  private final List<Level> levels;

  /**
   * One size of the picture.
   *
   * @param channels 1, or 3 in the order blue, green, red, interleaved
   * @param alpha opacity of each pixel; empty where all is opaque
   */
  record Level(int width, int height, int channels, byte[] values, byte[] alpha) {}

  private PicturePyramid(Level largest) {
    List<Level> all = new ArrayList<>(List.of(largest));
    Level last = largest;
    while (Math.min(last.width(), last.height()) >= 2 * LEAST_SIDE) {
      last = half(last);
      all.add(last);
    }
    levels = List.copyOf(all);
  }

  /** Takes a photo, halved until its long side is small enough. */
  static PicturePyramid of(FaceImage photo, int longSide) {
    return of(photo.toBufferedImage(), longSide);
  }

  /** Takes an image, transparent or not, halved until its long side is small enough. */
  static PicturePyramid of(BufferedImage image, int longSide) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    boolean transparent = image.getColorModel().hasAlpha();
    byte[] alpha = new byte[transparent ? argb.length : 0];
    long difference = 0;
    for (int i = 0; i < argb.length; i++) {
      if (transparent) {
        alpha[i] = (byte) (argb[i] >>> 24);
      }
      int green = argb[i] >> 8 & 255;
      difference += Math.abs((argb[i] >> 16 & 255) - green) + Math.abs((argb[i] & 255) - green);
    }
    int channels = difference < 2 * GREY_DIFFERENCE * argb.length ? 1 : 3;
    byte[] values = new byte[channels * argb.length];
    for (int i = 0; i < argb.length; i++) {
      if (channels == 1) {
        values[i] = (byte) (argb[i] >> 8);
      } else {
        values[3 * i] = (byte) argb[i];
        values[3 * i + 1] = (byte) (argb[i] >> 8);
        values[3 * i + 2] = (byte) (argb[i] >> 16);
      }
    }
    Level level = new Level(width, height, channels, values, alpha);
    while (Math.max(level.width(), level.height()) > longSide) {
      level = half(level);
    }
    return new PicturePyramid(level);
  }

  /**
   * Averages blocks of 2 x 2, each pixel by its opacity; an odd row or column at the end is lost.
   */
  private static Level half(Level from) {
    int width = Math.max(1, from.width() / 2);
    int height = Math.max(1, from.height() / 2);
    int n = from.channels();
    byte[] values = new byte[n * width * height];
    byte[] alpha = new byte[from.alpha().length == 0 ? 0 : width * height];
    int right = from.width() > 1 ? 1 : 0;
    int below = from.height() > 1 ? from.width() : 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = 2 * y * from.width() + 2 * x;
        int[] four = {at, at + right, at + below, at + right + below};
        int opacity = 0;
        for (int i : four) {
          opacity += alpha.length == 0 ? 255 : from.alpha()[i] & 255;
        }
        for (int c = 0; c < n; c++) {
          int sum = 0;
          for (int i : four) {
            int weight = alpha.length == 0 ? 255 : from.alpha()[i] & 255;
            sum += weight * (from.values()[n * i + c] & 255);
          }
          values[n * (y * width + x) + c] =
              (byte) (opacity == 0 ? from.values()[n * at + c] & 255 : sum / opacity);
        }
        if (alpha.length > 0) {
          alpha[y * width + x] = (byte) (opacity / 4);
        }
      }
    }
    return new Level(width, height, n, values, alpha);
  }

  int width() {
    return levels.get(0).width();
  }

  int height() {
    return levels.get(0).height();
  }

  boolean isTransparent() {
    return largest().alpha().length > 0;
  }

  boolean isGrey() {
    return levels.get(0).channels() == 1;
  }

  /** The largest level, for checksums; not to be changed. */
  Level largest() {
    return levels.get(0);
  }

  Level level(int number) {
    return levels.get(number);
  }

  /** The smallest level that a picture drawn at a scale is at most slightly enlarged from. */
  int levelFor(double scale) {
    int level = 0;
    double k = scale;
    while (k <= .6 && level + 1 < levels.size()) {
      k *= 2;
      level++;
    }
    return level;
  }

  /** A part of this picture as a new one, its tiles exchanged. */
  PicturePyramid tiles(int left, int top, int side, int perSide, int[] order) {
    Level from = levels.get(0);
    int tile = side / perSide;
    int whole = tile * perSide;
    int n = from.channels();
    byte[] values = new byte[n * whole * whole];
    for (int k = 0; k < order.length; k++) {
      int sourceX = left + order[k] % perSide * tile;
      int sourceY = top + order[k] / perSide * tile;
      for (int y = 0; y < tile; y++) {
        System.arraycopy(
            from.values(),
            n * ((sourceY + y) * from.width() + sourceX),
            values,
            n * ((k / perSide * tile + y) * whole + k % perSide * tile),
            n * tile);
      }
    }
    return new PicturePyramid(new Level(whole, whole, n, values, new byte[0]));
  }

  /** A rectangle of this picture as a new one. */
  PicturePyramid part(int left, int top, int width, int height) {
    Level from = levels.get(0);
    int n = from.channels();
    byte[] values = new byte[n * width * height];
    byte[] alpha = new byte[from.alpha().length == 0 ? 0 : width * height];
    for (int y = 0; y < height; y++) {
      int source = (top + y) * from.width() + left;
      System.arraycopy(from.values(), n * source, values, n * y * width, n * width);
      if (alpha.length > 0) {
        System.arraycopy(from.alpha(), source, alpha, y * width, width);
      }
    }
    return new PicturePyramid(new Level(width, height, n, values, alpha));
  }
}
