package org.affect4j.training.behaviour;

import java.util.List;

/**
 * How much each part of the loss counts (Behaviour4All, equation 1); 0 leaves a part out.
 *
 * @param expression cross-entropy of the expressions
 * @param units binary cross-entropy of the action units
 * @param affect concordance of valence and arousal, and their circumplex positions where only the
 *     expression is known
 * @param matching distribution matching from the predicted expressions, on faces without labels of
 *     action units
 * @param labelMatching distribution matching from the labelled expressions, on the same faces
 * @param softCoAnnotation soft labels of expressions from labels of action units, on faces without
 *     a label of expression
 */
public record LossWeights(
    double expression,
    double units,
    double affect,
    double matching,
    double labelMatching,
    double softCoAnnotation) {
  /** Checks the weights. */
  public LossWeights {
    if (!(expression >= 0
        && units >= 0
        && affect >= 0
        && matching >= 0
        && labelMatching >= 0
        && softCoAnnotation >= 0)) {
      throw new IllegalArgumentException(
          "parts of the loss weigh 0 or more, got "
              + List.of(expression, units, affect, matching, labelMatching, softCoAnnotation));
    }
  }

  /**
   * Returns the weights for all tasks, coupled.
   *
   * @return 1 for expressions, 2 for units, .5 for affect, .03 for both kinds of matching, which
   *     are sums over 17 units, .2 for soft co-annotation
   */
  public static LossWeights coupled() {
    return new LossWeights(1, 2, .5, .03, .03, .2);
  }

  /**
   * Returns the weights for expressions alone.
   *
   * @return 1 for expressions, 0 for all else
   */
  public static LossWeights expressions() {
    return new LossWeights(1, 0, 0, 0, 0, 0);
  }

  /**
   * Returns the same without the couplings that are not wanted.
   *
   * @param coupling those that stay
   * @return the weights
   */
  public LossWeights withCoupling(Coupling coupling) {
    return new LossWeights(
        expression,
        units,
        affect,
        coupling.matching() ? matching : 0,
        coupling.matching() ? labelMatching : 0,
        coupling.coAnnotation() ? softCoAnnotation : 0);
  }
}
