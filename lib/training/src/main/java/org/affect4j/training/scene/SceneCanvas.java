package org.affect4j.training.scene;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import org.affect4j.face.PixelBox;
import org.affect4j.image.Luma;

/** A square that pictures are painted on, and what covers each of its pixels. */
final class SceneCanvas {
  /** Covered by nothing that matters. */
  static final int FREE = 0;

  /** Covered by something that is no face. */
  static final int OTHER = -1;

  private static final double HALF = .5;

  private final int width;
  private final int height;
  private final BufferedImage image;
  private final byte[] bgr;
  private final short[] owner;
  private final int[] sample = new int[3];

  SceneCanvas(int width, int height) {
    this.width = width;
    this.height = height;
    image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    owner = new short[width * height];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Blue, green, red of each pixel; may be changed. */
  byte[] bgr() {
    return bgr;
  }

  BufferedImage image() {
    return image;
  }

  /** Paints a picture. {@code ellipse} tells where the inner colours of the paint are used. */
  void paste(
      PicturePyramid picture, Affine map, Paint paint, Mask mask, PixelBox ellipse, int covers) {
    int number = picture.levelFor(Math.sqrt(Math.abs(map.determinant())));
    PicturePyramid.Level level = picture.level(number);
    double shrink = 1 << number;
    // Beyond the picture its edge is repeated for half a pixel.
    PixelBox bounds = corners(map, picture.width(), picture.height());
    int left = (int) Math.max(0, Math.floor(bounds.x()));
    int top = (int) Math.max(0, Math.floor(bounds.y()));
    int right = (int) Math.min(width, Math.ceil(bounds.right()) + 1);
    int bottom = (int) Math.min(height, Math.ceil(bounds.bottom()) + 1);
    Affine back = map.inverse();
    Mask skin = paint.isUneven() ? Mask.ellipse(ellipse, 1, .08) : Mask.ALL;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        double u = back.xx() * x + back.xy() * y + back.x0();
        double v = back.yx() * x + back.yy() * y + back.y0();
        if (u < -HALF || v < -HALF || u > picture.width() - HALF || v > picture.height() - HALF) {
          continue;
        }
        double opacity = mask.at(u, v);
        if (opacity <= 0) {
          continue;
        }
        double own = sample(level, (u + HALF) / shrink - HALF, (v + HALF) / shrink - HALF);
        opacity *= own;
        if (opacity <= 0) {
          continue;
        }
        int i = y * width + x;
        double within = paint.isUneven() ? skin.at(u, v) : 1;
        put(3 * i, paint, within, opacity);
        if (covers != FREE && opacity > HALF) {
          owner[i] = (short) covers;
        }
      }
    }
  }

  private static PixelBox corners(Affine map, int width, int height) {
    double cx = map.xx() * (width - 1) / 2 + map.xy() * (height - 1) / 2 + map.x0();
    double cy = map.yx() * (width - 1) / 2 + map.yy() * (height - 1) / 2 + map.y0();
    double halfWidth = (Math.abs(map.xx()) * width + Math.abs(map.xy()) * height) / 2;
    double halfHeight = (Math.abs(map.yx()) * width + Math.abs(map.yy()) * height) / 2;
    return new PixelBox(cx - halfWidth, cy - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }

  /** Reads a level between its pixels into {@link #sample} and returns its opacity there. */
  private double sample(PicturePyramid.Level level, double u, double v) {
    int w = level.width();
    double cu = Math.max(0, Math.min(w - 1.0, u));
    double cv = Math.max(0, Math.min(level.height() - 1.0, v));
    int x = Math.min((int) cu, Math.max(0, w - 2));
    int y = Math.min((int) cv, Math.max(0, level.height() - 2));
    int fx = (int) ((cu - x) * 256);
    int fy = (int) ((cv - y) * 256);
    int a = y * w + x;
    int b = a + (w > 1 ? 1 : 0);
    int c = a + (level.height() > 1 ? w : 0);
    int d = c + b - a;
    int wa = (256 - fx) * (256 - fy);
    int wb = fx * (256 - fy);
    int wc = (256 - fx) * fy;
    int wd = fx * fy;
    byte[] values = level.values();
    int n = level.channels();
    for (int k = 0; k < n; k++) {
      sample[k] =
          (wa * (values[n * a + k] & 255)
                  + wb * (values[n * b + k] & 255)
                  + wc * (values[n * c + k] & 255)
                  + wd * (values[n * d + k] & 255)
                  + 32768)
              >> 16;
    }
    if (n == 1) {
      sample[1] = sample[0];
      sample[2] = sample[0];
    }
    byte[] alpha = level.alpha();
    if (alpha.length == 0) {
      return 1;
    }
    return (wa * (long) (alpha[a] & 255)
            + wb * (alpha[b] & 255)
            + wc * (alpha[c] & 255)
            + wd * (alpha[d] & 255))
        / (255.0 * 65536);
  }

  private void put(int at, Paint paint, double within, double opacity) {
    if (paint.toGrey()) {
      int luma = luma(sample[0], sample[1], sample[2]);
      sample[0] = luma;
      sample[1] = luma;
      sample[2] = luma;
    }
    for (int c = 0; c < 3; c++) {
      double value =
          within >= 1
              ? paint.inside(c, sample[c])
              : within * paint.inside(c, sample[c]) + (1 - within) * paint.outside(c, sample[c]);
      if (opacity < 1) {
        value = opacity * value + (1 - opacity) * (bgr[at + c] & 255);
      }
      bgr[at + c] = (byte) (int) (value + HALF);
    }
  }

  /** Rounded luma from blue, green, red. */
  static int luma(int blue, int green, int red) {
    return (Luma.thousandths(red, green, blue) + 500) / 1000;
  }

  /** Part of a box's inner two thirds within the canvas that something else than a face covers. */
  double hidden(PixelBox box, int face) {
    double third = 1.0 / 6;
    int left = (int) Math.max(0, Math.floor(box.x() + box.width() * third));
    int top = (int) Math.max(0, Math.floor(box.y() + box.height() * third));
    int right = (int) Math.min(width, Math.ceil(box.right() - box.width() * third));
    int bottom = (int) Math.min(height, Math.ceil(box.bottom() - box.height() * third));
    int all = 0;
    int other = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int o = owner[y * width + x];
        all++;
        other += o != FREE && o != face ? 1 : 0;
      }
    }
    return all == 0 ? 1 : (double) other / all;
  }

  /** Mean of each channel over a box, as far as it lies within. */
  double[] mean(PixelBox box) {
    int left = (int) Math.max(0, Math.min(width - 1.0, box.x()));
    int top = (int) Math.max(0, Math.min(height - 1.0, box.y()));
    int right = (int) Math.max(left + 1, Math.min(width, box.right()));
    int bottom = (int) Math.max(top + 1, Math.min(height, box.bottom()));
    double[] sum = new double[3];
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        for (int c = 0; c < 3; c++) {
          sum[c] += bgr[3 * (y * width + x) + c] & 255;
        }
      }
    }
    return Arrays.stream(sum).map(s -> s / ((double) (right - left) * (bottom - top))).toArray();
  }
}
