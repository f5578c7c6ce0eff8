package org.affect4j.synthesis.internal.clip;

import java.util.List;
import java.util.Optional;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.face.ValenceArousal;
import org.affect4j.synthesis.facs.FacsUnit;

/**
 * What a face that shows expressions, or nothing, is said to feel: the strongest expression, and
 * the place between rest and the expressions' places in the circumplex as far as they are shown.
 *
 * @param expression the strongest, neutral unless it is shown by more than half
 * @param valence -1 to 1
 * @param arousal -1 to 1
 */
record Feeling(Expression expression, double valence, double arousal) {
  /** Known at rest and where all that is shown belongs to an expression. */
  static Optional<Feeling> of(List<Act> acts, double time) {
    if (acts.stream().anyMatch(act -> act.expression().isEmpty())) {
      return Optional.empty();
    }
    ValenceArousal rest = CircumplexPrior.of(Expression.NEUTRAL);
    double valence = rest.valence();
    double arousal = rest.arousal();
    Expression strongest = Expression.NEUTRAL;
    double most = .5;
    for (Act act : acts) {
      Expression expression = act.expression().orElseThrow();
      double strength =
          act.share(time)
              * ActionUnit.ALL.stream()
                  .mapToDouble(u -> act.action().intensity(FacsUnit.of(u)))
                  .max()
                  .orElse(0);
      ValenceArousal there = CircumplexPrior.of(expression, strength);
      valence += there.valence() - rest.valence();
      arousal += there.arousal() - rest.arousal();
      if (act.share(time) > most) {
        most = act.share(time);
        strongest = expression;
      }
    }
    return Optional.of(new Feeling(strongest, valence, arousal));
  }
}
