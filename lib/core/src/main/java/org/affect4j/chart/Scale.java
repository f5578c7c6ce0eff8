package org.affect4j.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * A linear axis: ticks at multiples of 1, 2 or 5 times a power of ten, all written with the same
 * number of decimals, and with none where the numbers are counts.
 */
record Scale(double from, double to, double step) {
  /**
   * Chooses the ticks.
   *
   * @param most roughly how many ticks
   * @param whole whether there is nothing between two whole numbers, as with counts and epochs
   */
  static Scale of(double from, double to, int most, boolean whole) {
    double least = (to - from) / most;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double step =
        DoubleStream.of(1, 2, 5, 10)
            .map(factor -> factor * power)
            .filter(candidate -> candidate >= least * (1 - 1e-9))
            .findFirst()
            .orElse(10 * power);
    return new Scale(from, to, whole ? Math.max(1, step) : step);
  }

  /**
   * An axis that fits numbers.
   *
   * @param room beyond the smallest and the largest, as a share of their distance
   */
  static Scale around(double[] values, double room, int most, boolean whole) {
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(0);
    double more = low == high ? Math.max(1, Math.abs(low) * .1) : (high - low) * room;
    return of(low - more, high + more, most, whole);
  }

  /** The same axis, from tick to tick. */
  Scale rounded() {
    double hair = 1e-9;
    return new Scale(
        Math.floor(from / step + hair) * step, Math.ceil(to / step - hair) * step, step);
  }

  static boolean whole(double... values) {
    return Arrays.stream(values).allMatch(value -> value == Math.rint(value));
  }

  double[] ticks() {
    double hair = 1e-9;
    double first = Math.ceil(from / step - hair);
    double last = Math.floor(to / step + hair);
    // Adding zero takes the sign off a negative one.
    return DoubleStream.iterate(first, k -> k <= last, k -> k + 1)
        .map(k -> k * step + 0.)
        .toArray();
  }

  /** Where a number lies, from 0 to 1; numbers beyond the ends lie at the ends. */
  double share(double value) {
    return (Math.max(from, Math.min(to, value)) - from) / (to - from);
  }

  String label(double tick) {
    return new DecimalFormat(pattern(), DecimalFormatSymbols.getInstance(Locale.ROOT)).format(tick);
  }

  /** The pattern of {@link DecimalFormat} by which all ticks are written. */
  String pattern() {
    int decimals = Math.max(0, -(int) Math.floor(Math.log10(step) + 1e-9));
    return decimals == 0 ? "#,##0" : "#,##0." + "0".repeat(decimals);
  }
}
