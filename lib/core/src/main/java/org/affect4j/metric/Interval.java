package org.affect4j.metric;

/**
 * A figure with its confidence interval.
 *
 * @param estimate the figure on the whole sample; NaN if it is not defined there
 * @param low lower bound; NaN if the figure is not defined on most resamples
 * @param high upper bound; NaN if the figure is not defined on most resamples
 * @param level how often such intervals are meant to hold the true figure, such as 0.95
 * @param draws resamples that were drawn
 * @param undefined resamples on which the figure was not defined, and which were left out
 */
public record Interval(
    double estimate, double low, double high, double level, int draws, int undefined) {

  /**
   * Tells whether a value lies within the bounds.
   *
   * @param value any value
   * @return false also where the bounds are NaN
   */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /**
   * Tells whether there is no figure.
   *
   * @return whether the estimate is NaN
   */
  public boolean isUndefined() {
    return Double.isNaN(estimate);
  }

  @Override
  public String toString() {
    return "%.3f [%.3f, %.3f]".formatted(estimate, low, high);
  }
}
