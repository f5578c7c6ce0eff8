package org.affect4j.synthesis.internal.geometry;

import java.util.List;

/**
 * Painted height maps of facial creases over the x and y of the neutral face, one map for each
 * crease. A map's value 1 is a full crease; the renderer turns value times weight into a depth of
 * up to one millimetre.
 *
 * @param names of the creases, such as {@code glabella}
 * @param height of every map in pixels
 * @param width of every map in pixels
 * @param pixelsPerCm pixels for each centimetre of the neutral face
 * @param left x of the left edge in centimetres
 * @param top y of the upper edge in centimetres
 * @param values map by map and row by row: hundredths, 128 for no crease; handed over, not copied
 */
public record WrinkleMaps(
    List<String> names,
    int height,
    int width,
    float pixelsPerCm,
    float left,
    float top,
    byte[] values) {
  /** Checks that the values fill the maps. */
  public WrinkleMaps {
    names = List.copyOf(names);
    if (values.length != names.size() * height * width) {
      throw new IllegalArgumentException(
          "%d maps of %d x %d need %d values, got %d"
              .formatted(
                  names.size(), width, height, names.size() * height * width, values.length));
    }
  }

  /**
   * Returns the heights of a crease.
   *
   * @param map index in {@link #names()}
   * @return -1.28 to 1.27 for each pixel, row by row; 0 is no crease
   */
  public float[] map(int map) {
    float[] heights = new float[height * width];
    for (int i = 0; i < heights.length; i++) {
      heights[i] = ((values[map * heights.length + i] & 0xFF) - 128) / 100f;
    }
    return heights;
  }
}
