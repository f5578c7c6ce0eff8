package org.affect4j.training.train.internal;

/**
 * A linear warm-up, then half a cosine down to zero (Loshchilov and Hutter 2017, SGDR, eq. 5,
 * without restarts).
 *
 * @param peak rate at the end of the warm-up, positive
 * @param warmUpSteps steps until then, 0 or more
 * @param steps steps of the whole run, more than those of the warm-up
 */
public record LearningRate(double peak, long warmUpSteps, long steps) {
  /** Checks the ranges. */
  public LearningRate {
    if (!(peak > 0) || warmUpSteps < 0 || steps <= warmUpSteps) {
      throw new IllegalArgumentException(
          "a schedule needs a positive rate and more steps than its warm-up, got rate %s, %d of %d steps"
              .formatted(peak, warmUpSteps, steps));
    }
  }

  /**
   * Returns the rate of one step.
   *
   * @param step 0 for the first
   * @return the rate, positive until the last step
   */
  public double at(long step) {
    if (step < warmUpSteps) {
      return peak * (step + 1) / warmUpSteps;
    }
    double done = (double) Math.min(steps, step - warmUpSteps) / (steps - warmUpSteps);
    return peak * .5 * (1 + Math.cos(Math.PI * done));
  }
}
