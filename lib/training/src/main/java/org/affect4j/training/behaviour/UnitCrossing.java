package org.affect4j.training.behaviour;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.metric.BinaryScore;

/**
 * A test of whether units that were learned on rendered faces mean something on real ones, of which
 * only expressions are known: the unit that belongs to some expressions (Ekman and Friesen 1978;
 * Du, Tao and Martinez 2014, Table 1) should be higher on their faces than on those of others.
 *
 * @param units the units, of which the highest counts
 * @param shown expressions that the units belong to
 * @param others expressions that they do not belong to
 */
public record UnitCrossing(List<ActionUnit> units, Set<Expression> shown, Set<Expression> others) {
  /** AU12 on happy faces against all others. */
  public static final UnitCrossing SMILE =
      new UnitCrossing(
          units(12),
          EnumSet.of(Expression.HAPPINESS),
          EnumSet.complementOf(EnumSet.of(Expression.HAPPINESS)));

  /** AU4 on angry and sad faces against happy and surprised ones. */
  public static final UnitCrossing FROWN =
      new UnitCrossing(
          units(4),
          EnumSet.of(Expression.ANGER, Expression.SADNESS),
          EnumSet.of(Expression.HAPPINESS, Expression.SURPRISE));

  /** The higher of AU25 and AU26 on surprised faces against neutral ones. */
  public static final UnitCrossing OPEN_MOUTH =
      new UnitCrossing(
          units(25, 26), EnumSet.of(Expression.SURPRISE), EnumSet.of(Expression.NEUTRAL));

  /** The higher of AU9 and AU10 on disgusted faces against neutral ones. */
  public static final UnitCrossing RAISED_LIP =
      new UnitCrossing(
          units(9, 10), EnumSet.of(Expression.DISGUST), EnumSet.of(Expression.NEUTRAL));

  /** All four tests, unmodifiable. */
  public static final List<UnitCrossing> ALL = List.of(SMILE, FROWN, OPEN_MOUTH, RAISED_LIP);

  /** Copies the lists, and checks that the expressions are told apart. */
  public UnitCrossing {
    units = List.copyOf(units);
    shown = Set.copyOf(shown);
    others = Set.copyOf(others);
    if (units.isEmpty() || shown.isEmpty() || others.isEmpty()) {
      throw new IllegalArgumentException(
          "a test needs a unit and expressions of both kinds, got %s, %s and %s"
              .formatted(units, shown, others));
    }
    if (shown.stream().anyMatch(others::contains)) {
      throw new IllegalArgumentException(
          "an expression is on both sides: %s and %s".formatted(shown, others));
    }
  }

  private static List<ActionUnit> units(int... numbers) {
    List<ActionUnit> units = new ArrayList<>();
    for (int number : numbers) {
      units.add(ActionUnit.ofNumber(number));
    }
    return units;
  }

  /**
   * Returns what is asked.
   *
   * @return such as {@code AU4: anger, sadness or happiness, surprise}
   */
  public String question() {
    boolean allOthers = shown.size() + others.size() == Expression.COUNT;
    return "%s: %s or %s"
        .formatted(
            units.stream().map(ActionUnit::label).collect(Collectors.joining(", ")),
            words(shown),
            allOthers ? "not" : words(others));
  }

  private static String words(Set<Expression> expressions) {
    return Expression.ALL.stream()
        .filter(expressions::contains)
        .map(Expression::label)
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns a name for columns.
   *
   * @return the units, such as {@code au25_au26_auc}
   */
  public String column() {
    return units.stream().map(ActionUnit::column).collect(Collectors.joining("_")) + "_auc";
  }

  /**
   * Returns the area under the receiver operating characteristic: the probability that a face of
   * {@link #shown} scores above one of {@link #others}, ties counting one half.
   *
   * @param expressions label of each face
   * @param probabilities of each face the 17 units in the order of {@link ActionUnit#ALL}, 0 to 1
   * @return 0 to 1, .5 for chance; NaN unless faces of both kinds occur
   * @throws IllegalArgumentException if the lengths differ or a probability is outside its range
   */
  public double areaUnderCurve(List<Expression> expressions, double[][] probabilities) {
    if (expressions.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "%d expressions but %d rows of units; they must be of the same faces"
              .formatted(expressions.size(), probabilities.length));
    }
    double[] labels = new double[probabilities.length];
    double[] scores = new double[probabilities.length];
    for (int i = 0; i < probabilities.length; i++) {
      Expression expression = expressions.get(i);
      labels[i] = shown.contains(expression) ? 1 : others.contains(expression) ? 0 : Double.NaN;
      for (ActionUnit unit : units) {
        scores[i] = Math.max(scores[i], probabilities[i][unit.ordinal()]);
      }
    }
    return BinaryScore.areaUnderCurve(labels, scores);
  }
}
