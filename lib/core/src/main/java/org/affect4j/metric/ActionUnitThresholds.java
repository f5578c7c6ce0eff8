package org.affect4j.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.affect4j.face.ActionUnit;

/**
 * From which probability on each unit counts as active. Choose them on validation data only, then
 * apply them to test data.
 *
 * @param values threshold from 0 to 1 of each unit; {@link #DEFAULT} holds for the others
 * @param unsupported units for which no threshold could be chosen because the validation data had
 *     no positive label
 */
public record ActionUnitThresholds(Map<ActionUnit, Double> values, Set<ActionUnit> unsupported) {
  /** The threshold of a unit for which none was chosen: 0.5. */
  public static final double DEFAULT = .5;

  /** Nearest to one half first, so that a later candidate has to be strictly better. */
  private static final double[] CANDIDATES = {.5, .4, .6, .3, .7, .2, .8, .1, .9};

  /** Checks the ranges, and notes the threshold of every unit. */
  public ActionUnitThresholds {
    EnumMap<ActionUnit, Double> all = new EnumMap<>(ActionUnit.class);
    for (ActionUnit unit : ActionUnit.ALL) {
      double threshold = values.getOrDefault(unit, DEFAULT);
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException(
            "the threshold of %s is %s, expected 0 to 1".formatted(unit.label(), threshold));
      }
      all.put(unit, threshold);
    }
    values = Collections.unmodifiableMap(all);
    unsupported = Collections.unmodifiableSet(new TreeSet<>(unsupported));
  }

  /**
   * Uses one threshold for all units.
   *
   * @param threshold 0 to 1; a score that reaches it is active
   * @return the thresholds
   */
  public static ActionUnitThresholds fixed(double threshold) {
    return new ActionUnitThresholds(
        ActionUnit.ALL.stream().collect(Collectors.toMap(unit -> unit, unit -> threshold)),
        Set.of());
  }

  /**
   * Chooses for each unit the threshold among 0.1, 0.2, … 0.9 with the highest F1 (HSE, section 2).
   * Of equals, the one nearest to 0.5 is taken, of two equally near ones the lower.
   *
   * @param units unit of each column
   * @param labels validation labels, one row per sample: 0, 1, or NaN where not annotated
   * @param scores validation probabilities, 0 to 1
   * @return the thresholds; units without a positive label keep 0.5, see {@link #unsupported()}
   * @throws IllegalArgumentException if the shapes differ or a value is outside its range
   */
  public static ActionUnitThresholds chosenOn(
      List<ActionUnit> units, double[][] labels, double[][] scores) {
    EnumMap<ActionUnit, Double> best = new EnumMap<>(ActionUnit.class);
    EnumMap<ActionUnit, Double> bestF1 = new EnumMap<>(ActionUnit.class);
    EnumSet<ActionUnit> unsupported = EnumSet.noneOf(ActionUnit.class);
    for (double threshold : CANDIDATES) {
      for (ActionUnitScores.Unit score :
          ActionUnitScores.of(units, labels, scores, fixed(threshold)).units()) {
        if (score.score().positives() == 0) {
          unsupported.add(score.unit());
        } else if (score.score().f1() > bestF1.getOrDefault(score.unit(), -1.0)) {
          bestF1.put(score.unit(), score.score().f1());
          best.put(score.unit(), threshold);
        }
      }
    }
    return new ActionUnitThresholds(best, unsupported);
  }

  /**
   * Returns the threshold of a unit.
   *
   * @param unit the unit
   * @return 0 to 1
   */
  public double of(ActionUnit unit) {
    return values.get(unit);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (ActionUnit unit : ActionUnit.ALL) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(unit.label())
          .append(" >= ")
          .append(of(unit))
          .append(unsupported.contains(unit) ? " (no positive label to choose on)" : "");
    }
    return text.toString();
  }
}
