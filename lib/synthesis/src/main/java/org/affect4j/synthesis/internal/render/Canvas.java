package org.affect4j.synthesis.internal.render;

import org.affect4j.synthesis.internal.appearance.Rgb;

/** A picture in linear light on which faces are drawn one over the other. Not thread-safe. */
public final class Canvas {
  private final int width;
  private final int height;
  final float[] red;
  final float[] green;
  final float[] blue;

  /** How much of each pixel faces cover, 0 to 1. */
  final float[] cover;

  /**
   * Makes a black canvas.
   *
   * @param width pixels
   * @param height pixels
   * @throws IllegalArgumentException if a side is not 1 to 8192 pixels
   */
  public Canvas(int width, int height) {
    if (width < 1 || height < 1 || width > 8192 || height > 8192) {
      throw new IllegalArgumentException(
          "a canvas has 1 to 8192 pixels a side, got " + width + " x " + height);
    }
    this.width = width;
    this.height = height;
    red = new float[width * height];
    green = new float[width * height];
    blue = new float[width * height];
    cover = new float[width * height];
  }

  /**
   * Returns the width.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * Returns the height.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * Paints the whole canvas.
   *
   * @param colour linear light
   */
  public void fill(Rgb colour) {
    java.util.Arrays.fill(red, (float) colour.red());
    java.util.Arrays.fill(green, (float) colour.green());
    java.util.Arrays.fill(blue, (float) colour.blue());
  }

  /**
   * A value for each place of a canvas; x and y run from 0 to 1 over width and height.
   *
   * @param <T> type of the values
   */
  @FunctionalInterface
  public interface Field<T> {
    /**
     * Returns the value at a place.
     *
     * @param x 0 (left) to 1 (right)
     * @param y 0 (top) to 1 (bottom)
     * @return the value
     */
    T at(double x, double y);
  }

  /** A number for each place of a canvas. */
  @FunctionalInterface
  public interface Share {
    /**
     * Returns the share at a place.
     *
     * @param x 0 (left) to 1 (right)
     * @param y 0 (top) to 1 (bottom)
     * @return 0 to 1
     */
    double at(double x, double y);
  }

  /**
   * Paints a smooth picture. It is evaluated on every second pixel and interpolated between.
   *
   * @param picture colour for each place
   */
  public void paint(Field<Rgb> picture) {
    int columns = (width + 1) / 2 + 1;
    float[][] above = new float[3][columns];
    float[][] below = new float[3][columns];
    row(picture, 0, above);
    for (int y = 0; y < height; y += 2) {
      row(picture, y + 2, below);
      for (int dy = 0; dy < 2 && y + dy < height; dy++) {
        for (int x = 0; x < width; x++) {
          int i = x / 2;
          float u = .5f * (x & 1);
          float v = .5f * dy;
          int o = (y + dy) * width + x;
          red[o] = mixed(above[0], below[0], i, u, v);
          green[o] = mixed(above[1], below[1], i, u, v);
          blue[o] = mixed(above[2], below[2], i, u, v);
        }
      }
      float[][] swap = above;
      above = below;
      below = swap;
    }
  }

  private void row(Field<Rgb> picture, int y, float[][] into) {
    for (int i = 0; i < into[0].length; i++) {
      Rgb c = picture.at((2 * i + .5) / width, (y + .5) / height);
      into[0][i] = (float) Math.max(0, c.red());
      into[1][i] = (float) Math.max(0, c.green());
      into[2][i] = (float) Math.max(0, c.blue());
    }
  }

  private static float mixed(float[] above, float[] below, int i, float u, float v) {
    float top = above[i] + u * (above[i + 1] - above[i]);
    float bottom = below[i] + u * (below[i + 1] - below[i]);
    return top + v * (bottom - top);
  }

  /**
   * Lays a colour over a rectangle of the picture, which may reach beyond it.
   *
   * @param colour linear light
   * @param left where the rectangle begins, 0 the left side of the canvas and 1 its right side
   * @param top where it begins, 0 the upper side and 1 the lower
   * @param right where it ends
   * @param bottom where it ends
   * @param share how much of the colour covers each place; may be asked for a little outside as
   *     well
   */
  public void blend(Rgb colour, double left, double top, double right, double bottom, Share share) {
    float r = (float) colour.red();
    float g = (float) colour.green();
    float b = (float) colour.blue();
    int firstColumn = (int) Math.max(0, left * width - 1);
    int endColumn = (int) Math.min(width, right * width + 2);
    int firstRow = (int) Math.max(0, top * height - 1);
    int endRow = (int) Math.min(height, bottom * height + 2);
    for (int y = firstRow; y < endRow; y++) {
      for (int x = firstColumn; x < endColumn; x++) {
        float k = (float) share.at((x + .5) / width, (y + .5) / height);
        if (k > 0) {
          int o = y * width + x;
          red[o] += k * (r - red[o]);
          green[o] += k * (g - green[o]);
          blue[o] += k * (b - blue[o]);
        }
      }
    }
  }

  /**
   * Takes the surroundings away from faces drawn on black: the colour of a pixel becomes that of
   * the part that faces cover.
   *
   * @return how much of each pixel faces cover, 0 to 255, row by row
   */
  public byte[] cutOut() {
    byte[] opacity = new byte[cover.length];
    for (int i = 0; i < cover.length; i++) {
      if (cover[i] > 0) {
        red[i] /= cover[i];
        green[i] /= cover[i];
        blue[i] /= cover[i];
      }
      opacity[i] = (byte) (int) (255 * cover[i] + .5f);
    }
    return opacity;
  }
}
