package org.affect4j.synthesis.geometry;

import java.util.List;

/**
 * Painted height maps of facial creases over the x and y of the neutral face, one map for each
 * crease. Immutable.
 *
 * <p>A map's value 1 is a full crease; the renderer turns value times weight into a depth of up to
 * one millimetre.
 */
public final class WrinkleMaps {
  private final List<String> names;
  private final int height;
  private final int width;
  private final float pixelsPerCm;
  private final float left;
  private final float top;
  private final byte[] values;

  WrinkleMaps(
      List<String> names,
      int height,
      int width,
      float pixelsPerCm,
      float left,
      float top,
      byte[] values) {
    if (values.length != names.size() * height * width) {
      throw new IllegalArgumentException(
          "%d maps of %d x %d need %d values, got %d"
              .formatted(
                  names.size(), width, height, names.size() * height * width, values.length));
    }
    this.names = List.copyOf(names);
    this.height = height;
    this.width = width;
    this.pixelsPerCm = pixelsPerCm;
    this.left = left;
    this.top = top;
    this.values = values;
  }

  /**
   * Returns the names of the creases.
   *
   * @return unmodifiable list, such as {@code glabella}
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the height of every map.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * Returns the width of every map.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * Returns the resolution.
   *
   * @return pixels for each centimetre of the neutral face
   */
  public float pixelsPerCm() {
    return pixelsPerCm;
  }

  /**
   * Returns where the maps begin.
   *
   * @return x of the left edge in centimetres
   */
  public float left() {
    return left;
  }

  /**
   * Returns where the maps begin.
   *
   * @return y of the upper edge in centimetres
   */
  public float top() {
    return top;
  }

  /**
   * Returns the height of a crease at a pixel.
   *
   * @param map index in {@link #names()}
   * @param column 0 to width - 1
   * @param row 0 to height - 1
   * @return -1.28 to 1.27; 0 is no crease
   */
  public float value(int map, int column, int row) {
    return ((values[(map * height + row) * width + column] & 0xFF) - 128) / 100f;
  }

  byte[] values() {
    return values;
  }
}
