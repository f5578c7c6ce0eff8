package org.affect4j.face;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where the basic expressions lie between unpleasant and pleasant, calm and excited, when nothing
 * else is known: weak supervision of valence and arousal for faces that are labelled with an
 * expression alone. The order and the quadrants are those of the circumplex (Russell 1980, J. Pers.
 * Soc. Psychol. 39(6), Fig. 2); the numbers are ours. A network that has learned nothing else is no
 * better than this table.
 */
public final class CircumplexPrior {
  private static final Map<Expression, ValenceArousal> POSITIONS = positions();

  private CircumplexPrior() {}

  private static Map<Expression, ValenceArousal> positions() {
    Map<Expression, ValenceArousal> map = new EnumMap<>(Expression.class);
    map.put(Expression.NEUTRAL, new ValenceArousal(0, -.05));
    map.put(Expression.ANGER, new ValenceArousal(-.6, .6));
    map.put(Expression.DISGUST, new ValenceArousal(-.65, .3));
    map.put(Expression.FEAR, new ValenceArousal(-.55, .65));
    map.put(Expression.HAPPINESS, new ValenceArousal(.8, .35));
    map.put(Expression.SADNESS, new ValenceArousal(-.7, -.35));
    map.put(Expression.SURPRISE, new ValenceArousal(.15, .75));
    return map;
  }

  /**
   * Returns the position of an expression.
   *
   * @param expression the expression
   * @return valence and arousal
   */
  public static ValenceArousal of(Expression expression) {
    return POSITIONS.get(expression);
  }
}
