package org.affect4j.chart;

import java.awt.Color;

/** Maps numbers in 0 to 1 to colours, for heat maps; all can be read by colour-blind people. */
public enum ColourMap {
  /**
   * Dark violet to yellow, perceptually uniform; ten samples of matplotlib's viridis (van der Walt
   * and Smith 2015, public domain).
   */
  VIRIDIS(
      0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C,
      0xFDE725),
  /** White to dark blue, for shares and counts: "Blues" of ColorBrewer (Brewer 2002). */
  BLUES(0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B),
  /**
   * Blue over white to red, for signed numbers with 0 in the middle: "RdBu" of ColorBrewer (Brewer
   * 2002), reversed.
   */
  BLUE_RED(
      0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D,
      0xB2182B, 0x67001F);

  private final int[] samples;

  ColourMap(int... samples) {
    this.samples = samples;
  }

  /**
   * Returns the colour of a number; between the samples it is interpolated linearly in sRGB.
   *
   * @param value 0 to 1; smaller and larger numbers get the colours of the ends
   * @return the colour; light grey for NaN, the sign of a missing number
   */
  public Color at(double value) {
    if (Double.isNaN(value)) {
      return new Color(0xDDDDDD);
    }
    double position = Math.max(0, Math.min(1, value)) * (samples.length - 1);
    int low = Math.min((int) position, samples.length - 2);
    double part = position - low;
    int a = samples[low];
    int b = samples[low + 1];
    return new Color(mix(a >> 16, b >> 16, part), mix(a >> 8, b >> 8, part), mix(a, b, part));
  }

  private static int mix(int a, int b, double part) {
    int from = a & 0xFF;
    return (int) Math.round(from + ((b & 0xFF) - from) * part);
  }
}
