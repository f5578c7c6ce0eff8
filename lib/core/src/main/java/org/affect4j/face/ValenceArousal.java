package org.affect4j.face;

/**
 * A point of the circumplex of affect (Russell 1980).
 *
 * @param valence how unpleasant (-1) or pleasant (1)
 * @param arousal how passive (-1) or active (1)
 */
public record ValenceArousal(double valence, double arousal) {
  /** Checks that both lie between -1 and 1. */
  public ValenceArousal {
    if (!(Math.abs(valence) <= 1) || !(Math.abs(arousal) <= 1)) {
      throw new IllegalArgumentException(
          "valence and arousal lie between -1 and 1, got " + valence + " and " + arousal);
    }
  }
}
