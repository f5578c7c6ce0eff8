package org.affect4j.series;

/**
 * Fills gaps in a series (HSEmotion section 2): linearly in time between the neighbouring values,
 * by the nearest value at the ends.
 *
 * @param maximumGapSeconds a gap is filled if the values beside it are at most so far apart; at the
 *     ends, values so far from the nearest one are filled; 0 fills none
 */
public record Filling(double maximumGapSeconds) {
  /**
   * The longest gap that is filled if nothing else is said: as long as a track waits for its face.
   */
  public static final double DEFAULT_SECONDS = 1;

  /** Checks the gap. */
  public Filling {
    if (!(maximumGapSeconds >= 0)) {
      throw new IllegalArgumentException(
          "the longest gap has 0 seconds or more, got " + maximumGapSeconds);
    }
  }

  /**
   * Fills a series.
   *
   * @param seconds time of each value, rising
   * @param values one per time; NaN is missing
   * @return one value per time; NaN in gaps that are too long
   */
  public double[] apply(double[] seconds, double[] values) {
    double[] filled = values.clone();
    int before = -1;
    for (int next = 0; next <= values.length; next++) {
      if (next == values.length || !Double.isNaN(values[next])) {
        for (int i = before + 1; i < next; i++) {
          filled[i] = between(seconds, values, before, i, next);
        }
        before = next;
      }
    }
    return filled;
  }

  private double between(double[] seconds, double[] values, int before, int i, int next) {
    if (before >= 0 && next < values.length) {
      double gap = seconds[next] - seconds[before];
      return gap > maximumGapSeconds
          ? Double.NaN
          : values[before]
              + (values[next] - values[before]) * ((seconds[i] - seconds[before]) / gap);
    }
    int nearest = before >= 0 ? before : next;
    boolean near =
        nearest < values.length && Math.abs(seconds[nearest] - seconds[i]) <= maximumGapSeconds;
    return near ? values[nearest] : Double.NaN;
  }
}
