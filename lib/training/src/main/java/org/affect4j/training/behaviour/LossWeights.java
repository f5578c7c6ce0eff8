package org.affect4j.training.behaviour;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.affect4j.training.network.EfficientNet.Answer;

/**
 * How much each part of the loss counts (Behaviour4All, equation 1); 0 leaves a part out.
 *
 * @param expression cross-entropy of the expressions
 * @param units binary cross-entropy of the action units
 * @param affect concordance of valence and arousal, and their circumplex positions where only the
 *     expression is known
 * @param matching distribution matching from the predicted expressions
 * @param labelMatching distribution matching from the labelled expressions, on faces without labels
 *     of action units
 * @param softCoAnnotation soft labels of expressions from labels of action units
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
   * Returns what is learned from its own labels.
   *
   * @return the tasks whose loss weighs something
   */
  public Set<Answer> tasks() {
    Set<Answer> tasks = EnumSet.noneOf(Answer.class);
    if (expression > 0) {
      tasks.add(Answer.EXPRESSION);
    }
    if (units > 0) {
      tasks.add(Answer.ACTION_UNITS);
    }
    if (affect > 0) {
      tasks.add(Answer.VALENCE_AROUSAL);
    }
    return tasks;
  }

  /**
   * Returns the same for some tasks alone. Couplings stay where both of their tasks do.
   *
   * @param tasks what is learned
   * @return the weights
   */
  public LossWeights ofTasks(Set<Answer> tasks) {
    boolean both = tasks.containsAll(Set.of(Answer.EXPRESSION, Answer.ACTION_UNITS));
    return new LossWeights(
        tasks.contains(Answer.EXPRESSION) ? expression : 0,
        tasks.contains(Answer.ACTION_UNITS) ? units : 0,
        tasks.contains(Answer.VALENCE_AROUSAL) ? affect : 0,
        both ? matching : 0,
        both ? labelMatching : 0,
        both ? softCoAnnotation : 0);
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
