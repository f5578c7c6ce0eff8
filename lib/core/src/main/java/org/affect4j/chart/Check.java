package org.affect4j.chart;

/** What every chart asks of its numbers; all throw {@link IllegalArgumentException}. */
final class Check {
  private Check() {}

  static void some(String what, int count) {
    if (count == 0) {
      throw new IllegalArgumentException("there is nothing to draw: no " + what);
    }
  }

  static void same(String what, int expected, String other, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "lengths differ: %d %s but %d %s".formatted(expected, what, actual, other));
    }
  }

  static void range(double from, double to) {
    if (!(from < to) || Double.isInfinite(from) || Double.isInfinite(to)) {
      throw new IllegalArgumentException(
          "an axis goes from a smaller to a larger finite number, got %s to %s"
              .formatted(from, to));
    }
  }

  static void finite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("only finite numbers can be drawn here, got " + value);
      }
    }
  }

  /** Points of valence and arousal; where numbers may be missing, NaN is no error. */
  static void plane(double[] valence, double[] arousal, boolean missing) {
    some("points", valence.length);
    same("valence", valence.length, "arousal", arousal.length);
    for (int i = 0; i < valence.length; i++) {
      if (!(inside(valence[i], missing) && inside(arousal[i], missing))) {
        throw new IllegalArgumentException(
            "valence and arousal lie between -1 and 1, got %s and %s at point %d%s"
                .formatted(
                    valence[i], arousal[i], i, missing ? "" : "; leave out missing values first"));
      }
    }
  }

  private static boolean inside(double value, boolean missing) {
    return Math.abs(value) <= 1 || missing && Double.isNaN(value);
  }
}
