package org.affect4j.face;

import static org.affect4j.face.Expression.ANGER;
import static org.affect4j.face.Expression.DISGUST;
import static org.affect4j.face.Expression.FEAR;
import static org.affect4j.face.Expression.HAPPINESS;
import static org.affect4j.face.Expression.SADNESS;
import static org.affect4j.face.Expression.SURPRISE;

import java.util.List;
import java.util.Locale;
import org.affect4j.face.internal.Labels;

/**
 * The 21 categories of Du, Tao and Martinez (PNAS 2014): six basic expressions and fifteen compound
 * ones.
 *
 * <p>The order is that of the published table. Appalled, hatred and awed have no two-word name; the
 * pairs given here are those by which Du et al. describe them: appalled is disgust with anger,
 * hatred is anger with disgust, and awed is fear with surprise.
 */
public enum CompoundExpression {
  /** Category 1, basic. */
  HAPPY(HAPPINESS),
  /** Category 2, basic. */
  SAD(SADNESS),
  /** Category 3, basic. */
  FEARFUL(FEAR),
  /** Category 4, basic. */
  ANGRY(ANGER),
  /** Category 5, basic. */
  SURPRISED(SURPRISE),
  /** Category 6, basic. */
  DISGUSTED(DISGUST),
  /** Category 7. */
  HAPPILY_SURPRISED(HAPPINESS, SURPRISE),
  /** Category 8. */
  HAPPILY_DISGUSTED(HAPPINESS, DISGUST),
  /** Category 9. */
  SADLY_FEARFUL(SADNESS, FEAR),
  /** Category 10. */
  SADLY_ANGRY(SADNESS, ANGER),
  /** Category 11. */
  SADLY_SURPRISED(SADNESS, SURPRISE),
  /** Category 12. */
  SADLY_DISGUSTED(SADNESS, DISGUST),
  /** Category 13. */
  FEARFULLY_ANGRY(FEAR, ANGER),
  /** Category 14. */
  FEARFULLY_SURPRISED(FEAR, SURPRISE),
  /** Category 15. */
  FEARFULLY_DISGUSTED(FEAR, DISGUST),
  /** Category 16. */
  ANGRILY_SURPRISED(ANGER, SURPRISE),
  /** Category 17. */
  ANGRILY_DISGUSTED(ANGER, DISGUST),
  /** Category 18. */
  DISGUSTEDLY_SURPRISED(DISGUST, SURPRISE),
  /** Category 19, disgust with anger. */
  APPALLED(DISGUST, ANGER),
  /** Category 20, anger with disgust. */
  HATRED(ANGER, DISGUST),
  /** Category 21, fear with surprise. */
  AWED(FEAR, SURPRISE);

  /** All categories in the order of the published table, unmodifiable. */
  public static final List<CompoundExpression> ALL = List.of(values());

  private final List<Expression> components;

  CompoundExpression(Expression... components) {
    this.components = List.of(components);
  }

  /**
   * Returns the basic expressions that the category is made of.
   *
   * @return one for a basic category, two for a compound one; unmodifiable
   */
  public List<Expression> components() {
    return components;
  }

  /**
   * Tells whether the category joins two basic expressions.
   *
   * @return false for the six basic categories
   */
  public boolean isCompound() {
    return components.size() == 2;
  }

  /**
   * Returns the category in words; basic categories are called as their expression.
   *
   * @return such as {@code "happily surprised"} or {@code "happiness"}
   */
  public String label() {
    return isCompound()
        ? name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : components.get(0).label();
  }

  /**
   * Returns the category of a single basic expression.
   *
   * @param expression any but neutral, which the table does not hold
   * @return the category
   * @throws IllegalArgumentException for neutral
   */
  public static CompoundExpression of(Expression expression) {
    return ALL.stream()
        .filter(c -> !c.isCompound() && c.components.get(0) == expression)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    expression.label() + " has no category: the table holds no units for it"));
  }

  /**
   * Finds a category by its label.
   *
   * @param label such as {@code "happily surprised"}; case, surrounding space and underscores
   *     instead of spaces do not matter
   * @return the category
   * @throws IllegalArgumentException if there is no such category
   */
  public static CompoundExpression ofLabel(String label) {
    return Labels.find("category", label.replace('_', ' '), values(), CompoundExpression::label);
  }
}
