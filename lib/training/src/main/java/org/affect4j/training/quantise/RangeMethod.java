package org.affect4j.training.quantise;

/** How the range of an activation is chosen from the values seen in calibration. */
public sealed interface RangeMethod {
  /** Everything that was seen. */
  record MinMax() implements RangeMethod {
    @Override
    public String toString() {
      return "min-max";
    }
  }

  /**
   * All but the most extreme values.
   *
   * @param percent share of the values inside the range, above 50 and at most 100; the rest is left
   *     out half at either end
   */
  record Percentile(double percent) implements RangeMethod {
    /** Checks the share. */
    public Percentile {
      if (!(percent > 50 && percent <= 100)) {
        throw new IllegalArgumentException(
            "a percentile lies above 50 and is at most 100, got " + percent);
      }
    }

    @Override
    public String toString() {
      return "percentile:" + percent;
    }
  }

  /**
   * The range with the least expected squared error: {@code step^2 / 12} for a value inside that is
   * rounded, {@code (value - end)^2} for one outside that is clipped.
   */
  record LeastSquares() implements RangeMethod {
    @Override
    public String toString() {
      return "least-squares";
    }
  }

  /**
   * Reads a method as {@code toString()} writes it.
   *
   * @param text {@code min-max}, {@code percentile:P} or {@code least-squares}
   * @return the method
   * @throws IllegalArgumentException if there is no such method
   */
  static RangeMethod parse(String text) {
    if (text.equals("min-max")) {
      return new MinMax();
    }
    if (text.equals("least-squares")) {
      return new LeastSquares();
    }
    if (text.startsWith("percentile:")) {
      try {
        return new Percentile(Double.parseDouble(text.substring("percentile:".length())));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + text + "' names no number", e);
      }
    }
    throw new IllegalArgumentException(
        "there is no range method '%s'; choose min-max, percentile:99.99 or least-squares"
            .formatted(text));
  }
}
