package org.affect4j.series;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A centred filter along time (HSEmotion, ABAW 2023, section 2): each value becomes the mean or the
 * median of those in a window around it, which is cut at the ends of the series. What is missing
 * stays missing and counts in no window.
 *
 * @param kind mean, median, or nothing
 * @param length length of the window, positive: an odd number of frames, or seconds
 * @param inSeconds whether the length is in seconds; then all values count that are at most half of
 *     it away, however unevenly the frames follow one another
 */
public record Smoothing(Kind kind, double length, boolean inSeconds) {
  /** The pair that HSEmotion found best: means of 15 frames, and medians of 15 for units. */
  public static final String USUAL = "mean:15,median:15";

  /** What becomes of the values in a window. */
  public enum Kind {
    /** They stay as they are. */
    NONE,
    /** The box filter. */
    MEAN,
    /** The median filter; the mean of both middle values where their number is even. */
    MEDIAN;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern TEXT = Pattern.compile("(mean|median):(\\d+|\\d*\\.?\\d+s)");

  /** Checks the length. */
  public Smoothing {
    boolean odd = inSeconds || (length == Math.rint(length) && length % 2 == 1);
    if (!(length > 0) || Double.isInfinite(length) || !odd) {
      throw new IllegalArgumentException(
          "a window has an odd number of frames such as 15, or a positive number of seconds, got "
              + length);
    }
  }

  /**
   * Returns the filter that changes nothing.
   *
   * @return windows of one frame
   */
  public static Smoothing none() {
    return new Smoothing(Kind.NONE, 1, false);
  }

  /**
   * Returns the box filter.
   *
   * @param frames odd
   * @return means of so many frames
   */
  public static Smoothing mean(int frames) {
    return new Smoothing(Kind.MEAN, frames, false);
  }

  /**
   * Returns the median filter.
   *
   * @param frames odd
   * @return medians of so many frames
   */
  public static Smoothing median(int frames) {
    return new Smoothing(Kind.MEDIAN, frames, false);
  }

  /**
   * Reads a filter as it stands on a command line.
   *
   * @param text {@code mean:15}, {@code median:5}, {@code mean:0.6s} or {@code none}
   * @return the filter
   * @throws IllegalArgumentException if it is none of these
   */
  public static Smoothing parse(String text) {
    if (text.equals("none")) {
      return none();
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no filter; expected such as mean:15, median:5, mean:0.6s or none"
              .formatted(text));
    }
    String length = parts.group(2);
    boolean seconds = length.endsWith("s");
    return new Smoothing(
        Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
        Double.parseDouble(seconds ? length.substring(0, length.length() - 1) : length),
        seconds);
  }

  /**
   * Reads one filter for everything, or two: the first for expressions, valence and arousal, the
   * second for action units.
   *
   * @param text such as {@link #USUAL}
   * @return two filters
   * @throws IllegalArgumentException if it is anything else
   */
  public static List<Smoothing> parsePair(String text) {
    List<Smoothing> filters = Arrays.stream(text.split(",", -1)).map(Smoothing::parse).toList();
    if (filters.size() > 2) {
      throw new IllegalArgumentException(
          "expected one filter, or one for expressions, valence and arousal and one for units, got '%s'"
              .formatted(text));
    }
    return List.of(filters.get(0), filters.get(filters.size() - 1));
  }

  /**
   * Chooses a filter as UNI section V and HSEmotion do: the one with the highest figure on a
   * validation set, and none of them unless it beats unfiltered values there.
   *
   * @param candidates filters in the order in which equals are preferred
   * @param figure gives the figure of a filter on the validation set, such as a CCC; higher is
   *     better, NaN counts as worst
   * @return one of the candidates, or {@link #none()}
   */
  public static Smoothing chosenOn(List<Smoothing> candidates, ToDoubleFunction<Smoothing> figure) {
    Smoothing best = none();
    double highest = figure.applyAsDouble(best);
    for (Smoothing candidate : candidates) {
      double reached = figure.applyAsDouble(candidate);
      if (reached > highest || (Double.isNaN(highest) && !Double.isNaN(reached))) {
        best = candidate;
        highest = reached;
      }
    }
    return best;
  }

  /**
   * Filters a series.
   *
   * @param seconds time of each value, rising
   * @param values one per time; NaN is missing
   * @return one value per time; NaN where it was missing
   */
  public double[] apply(double[] seconds, double[] values) {
    if (seconds.length != values.length) {
      throw new IllegalArgumentException(
          "%d times and %d values; expected as many".formatted(seconds.length, values.length));
    }
    if (kind == Kind.NONE) {
      return values.clone();
    }
    double[] smooth = new double[values.length];
    int from = 0;
    int to = 0;
    for (int i = 0; i < values.length; i++) {
      while (!inWindow(seconds, from, i)) {
        from++;
      }
      while (to < values.length && (to <= i || inWindow(seconds, to, i))) {
        to++;
      }
      smooth[i] = Double.isNaN(values[i]) ? Double.NaN : middle(values, from, to);
    }
    return smooth;
  }

  private boolean inWindow(double[] seconds, int other, int centre) {
    // Times are written with few digits: the edge of a window is not missed by rounding.
    return inSeconds
        ? Math.abs(seconds[other] - seconds[centre]) <= length / 2 + 1e-9
        : Math.abs(other - centre) <= (length - 1) / 2;
  }

  private double middle(double[] values, int from, int to) {
    double[] there = Arrays.stream(values, from, to).filter(v -> !Double.isNaN(v)).toArray();
    if (kind == Kind.MEAN) {
      return Arrays.stream(there).sum() / there.length;
    }
    Arrays.sort(there);
    int half = there.length / 2;
    return there.length % 2 == 1 ? there[half] : (there[half - 1] + there[half]) / 2;
  }

  /**
   * Returns the filter as a part of a column's name.
   *
   * @return such as {@code "mean15"} or {@code "median0.6s"}
   */
  public String suffix() {
    return kind == Kind.NONE ? kind.label() : toString().replace(":", "");
  }

  /** Returns what {@link #parse} reads. */
  @Override
  public String toString() {
    String number = length == Math.rint(length) ? Long.toString((long) length) : "" + length;
    return kind == Kind.NONE ? kind.label() : kind.label() + ":" + number + (inSeconds ? "s" : "");
  }
}
