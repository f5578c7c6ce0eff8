package org.affect4j.series;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;

/**
 * What happened in windows of a series, as numbers for statistics and classifiers. Every value
 * counts by the time for which it stood, until the next frame, so that a picture that stands still
 * for long weighs as much as many quick ones.
 *
 * <p>For each column {@code c}: {@code c_mean}; {@code c_sd}, of the population; {@code c_slope},
 * the least-squares line's rise per second; {@code c_peaks}, per minute: how often the value rises
 * by {@code riseOfPeaks} above the lowest one since the last peak and falls by as much again. For
 * each pair of action units {@code a} and {@code b}: {@code a_and_b}, the fraction of the time in
 * which both are at least {@code activeFrom}.
 *
 * @param windowSeconds length of a window, positive
 * @param stepSeconds from the start of one window to the next, positive
 * @param activeFrom a unit counts as active from here on, 0 to 1
 * @param riseOfPeaks how far a peak stands out, positive
 */
public record SeriesStatistics(
    double windowSeconds, double stepSeconds, double activeFrom, double riseOfPeaks) {
  /** Start of the window on the clock of the file. */
  public static final String START = "start_s";

  /** How much of the window the face is there, in seconds. */
  public static final String SEEN = "seen_s";

  /** Checks the numbers. */
  public SeriesStatistics {
    if (!(windowSeconds > 0 && stepSeconds > 0 && riseOfPeaks > 0)) {
      throw new IllegalArgumentException(
          "window, step and rise are positive, got %s s, %s s and %s"
              .formatted(windowSeconds, stepSeconds, riseOfPeaks));
    }
  }

  /**
   * Sums up windows that follow one another; units are active from one half, peaks stand out by .2.
   *
   * @param windowSeconds length of a window, positive
   * @return the statistics
   */
  public static SeriesStatistics ofWindows(double windowSeconds) {
    return new SeriesStatistics(windowSeconds, windowSeconds, .5, .2);
  }

  /**
   * Sums up all tracks.
   *
   * @param series faces over time
   * @param columns columns of numbers to sum up, such as {@link FaceSeries#UNITS}
   * @return one row per window in which the track has a value: input, face_id, {@code start_s},
   *     {@code seen_s} and the statistics; missing where a window has no value of a column
   */
  public FaceTable of(FaceSeries series, List<String> columns) {
    Map<String, double[]> numbers = new LinkedHashMap<>();
    columns.forEach(c -> numbers.put(c, series.table().numbers(c)));
    List<String> units = columns.stream().filter(FaceSeries.UNITS::contains).toList();
    FaceTableBuilder rows =
        new FaceTableBuilder("windows", List.of(FaceColumns.INPUT, FaceColumns.FACE));
    for (FaceSeries.Track track : series.tracks()) {
      double[] seconds = track.seconds();
      double[] weights = weights(seconds);
      Map<String, double[]> values = new LinkedHashMap<>();
      numbers.forEach((column, all) -> values.put(column, track.values(all)));
      double last = seconds[seconds.length - 1];
      for (int k = 0; seconds[0] + k * stepSeconds <= last; k++) {
        double start = seconds[0] + k * stepSeconds;
        int from = first(seconds, start);
        int to = first(seconds, start + windowSeconds);
        int[] frames =
            IntStream.range(from, to)
                .filter(i -> values.values().stream().anyMatch(v -> !Double.isNaN(v[i])))
                .toArray();
        if (frames.length > 0) {
          rows.set(FaceColumns.INPUT, track.input()).set(FaceColumns.FACE, track.face());
          rows.set(START, start)
              .set(SEEN, Arrays.stream(frames).mapToDouble(i -> weights[i]).sum());
          values.forEach((column, v) -> window(rows, column, seconds, weights, v, from, to));
          together(rows, units, values, weights, frames);
          rows.add();
        }
      }
    }
    return rows.build();
  }

  /** The first frame that is not before a time; the edge of a window is not missed by rounding. */
  private static int first(double[] seconds, double time) {
    int found = Arrays.binarySearch(seconds, time - 1e-9);
    return found < 0 ? -found - 1 : found;
  }

  /** The time until the next frame; the last one stands as long as the median of them. */
  private static double[] weights(double[] seconds) {
    double[] stood = new double[seconds.length];
    for (int i = 0; i + 1 < seconds.length; i++) {
      stood[i] = seconds[i + 1] - seconds[i];
    }
    double[] sorted = Arrays.copyOf(stood, Math.max(0, stood.length - 1));
    Arrays.sort(sorted);
    stood[stood.length - 1] = sorted.length == 0 ? 1 : sorted[sorted.length / 2];
    return stood;
  }

  private void window(
      FaceTableBuilder rows,
      String column,
      double[] seconds,
      double[] weights,
      double[] values,
      int from,
      int to) {
    double w = 0;
    double wx = 0;
    double wt = 0;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(values[i])) {
        w += weights[i];
        wx += weights[i] * values[i];
        wt += weights[i] * seconds[i];
      }
    }
    double mean = wx / w;
    double meanTime = wt / w;
    double xx = 0;
    double tt = 0;
    double xt = 0;
    int peaks = 0;
    boolean rising = true;
    double extreme = Double.NaN;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      double dx = values[i] - mean;
      double dt = seconds[i] - meanTime;
      xx += weights[i] * dx * dx;
      tt += weights[i] * dt * dt;
      xt += weights[i] * dx * dt;
      // Rising: the lowest value so far; then the highest, until it has fallen far enough below.
      extreme =
          Double.isNaN(extreme)
              ? values[i]
              : rising ? Math.min(extreme, values[i]) : Math.max(extreme, values[i]);
      if (Math.abs(values[i] - extreme) >= riseOfPeaks) {
        peaks += rising ? 0 : 1;
        rising = !rising;
        extreme = values[i];
      }
    }
    rows.set(column + "_mean", mean).set(column + "_sd", Math.sqrt(xx / w));
    rows.set(column + "_slope", xt / tt)
        .set(column + "_peaks", w > 0 ? 60 * peaks / w : Double.NaN);
  }

  private void together(
      FaceTableBuilder rows,
      List<String> units,
      Map<String, double[]> values,
      double[] weights,
      int[] frames) {
    double all = Arrays.stream(frames).mapToDouble(i -> weights[i]).sum();
    for (int a = 0; a < units.size(); a++) {
      for (int b = a + 1; b < units.size(); b++) {
        double[] first = values.get(units.get(a));
        double[] second = values.get(units.get(b));
        double both =
            Arrays.stream(frames)
                .filter(i -> first[i] >= activeFrom && second[i] >= activeFrom)
                .mapToDouble(i -> weights[i])
                .sum();
        rows.set(units.get(a) + "_and_" + units.get(b), both / all);
      }
    }
  }
}
