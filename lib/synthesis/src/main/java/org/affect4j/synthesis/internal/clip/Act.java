package org.affect4j.synthesis.internal.clip;

import java.util.Optional;
import org.affect4j.face.Expression;
import org.affect4j.synthesis.facs.FacialAction;

/**
 * Units that come, stay and go.
 *
 * @param from when they begin, in seconds
 * @param rise how long they take to come
 * @param hold how long they stay at their strongest
 * @param fall how long they take to go
 * @param action what is shown at the strongest
 * @param expression the expression of which these are the units, if any
 */
record Act(
    double from,
    double rise,
    double hold,
    double fall,
    FacialAction action,
    Optional<Expression> expression) {

  /** How much is shown, 0 to 1. */
  double share(double seconds) {
    double passed = seconds - from;
    return passed < rise + hold
        ? Course.ease(passed / rise)
        : 1 - Course.ease((passed - rise - hold) / fall);
  }
}
