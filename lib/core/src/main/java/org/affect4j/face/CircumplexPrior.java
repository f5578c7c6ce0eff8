package org.affect4j.face;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the basic expressions lie between unpleasant and pleasant, calm and excited, when nothing
 * else is known: weak supervision of valence and arousal for faces that are labelled with an
 * expression alone. The table is the resource {@code circumplex.csv} beside this class. Its angles
 * lie between those that the circumplex gives to affective concepts: pleasure 0 degrees, excitement
 * 45, arousal 90, distress 135, displeasure 180, depression 225 (Russell 1980, J. Pers. Soc.
 * Psychol. 39(6), 1161-1178, abstract); where between, and how far out, are ours. A network that
 * has learned nothing else is no better than this table.
 */
public final class CircumplexPrior {
  private static final Map<Expression, ValenceArousal> POSITIONS = positions();

  private CircumplexPrior() {}

  private static Map<Expression, ValenceArousal> positions() {
    try (InputStream in = CircumplexPrior.class.getResourceAsStream("circumplex.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .collect(
              Collectors.toUnmodifiableMap(
                  cells -> Expression.ofLabel(cells[0]),
                  cells ->
                      new ValenceArousal(
                          Double.parseDouble(cells[1]), Double.parseDouble(cells[2]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the position of an expression that is shown in full.
   *
   * @param expression the expression
   * @return valence and arousal
   */
  public static ValenceArousal of(Expression expression) {
    return POSITIONS.get(expression);
  }

  /**
   * Returns the position of an expression that is shown more or less: as far from the face at rest
   * towards the whole expression as it is strong. A smile of .25 is a little pleasant.
   *
   * @param expression the expression
   * @param strength 0 for a face at rest, 1 for all of the expression
   * @return valence and arousal
   * @throws IllegalArgumentException if the strength is outside of its range
   */
  public static ValenceArousal of(Expression expression, double strength) {
    if (!(strength >= 0 && strength <= 1)) {
      throw new IllegalArgumentException("a strength is 0 to 1, got " + strength);
    }
    ValenceArousal rest = of(Expression.NEUTRAL);
    ValenceArousal there = of(expression);
    return new ValenceArousal(
        rest.valence() + strength * (there.valence() - rest.valence()),
        rest.arousal() + strength * (there.arousal() - rest.arousal()));
  }
}
