package org.affect4j.compound;

import java.util.Comparator;
import java.util.List;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Recognises compound expressions from the network's outputs, without having been trained on any
 * (Behaviour4All, equation 7):
 *
 * <pre>
 * C_e    = I_AU + F_expr + D_VA
 * I_AU   = sum_i p_i w_i(e) / sum_i w_i(e)     over the units of category e
 * F_expr = p(e1) + p(e2)                       its two basic expressions
 * D_VA   = 1 if valence > 0 else 0             for happily surprised and happily disgusted only
 * </pre>
 *
 * <p>Equation 7 has weights w of 0 and 1: that is {@code Relatedness.du().binary()}. Unless a table
 * is given, the weights are Du's fractions, with which a unit counts by how many people showed it.
 *
 * <p>Two things are ours, because the papers leave them open. Appalled, hatred and awed are scored
 * with the pairs that {@link CompoundExpression} documents. A basic category, which EmotioNet has
 * beside the compound ones, has {@code F_expr = p(e)}, and happiness gets the valence term as its
 * two compounds do; otherwise it could never win against them. Immutable.
 */
public final class ZeroShotCompound {
  private final List<CompoundExpression> categories;
  private final Relatedness relatedness;

  private ZeroShotCompound(List<CompoundExpression> categories, Relatedness relatedness) {
    this.categories = categories;
    this.relatedness = relatedness;
  }

  /**
   * Makes the rule for a set of categories with the table of Du et al.
   *
   * @param set categories to choose among
   * @return the rule
   */
  public static ZeroShotCompound of(CompoundSet set) {
    return of(set.categories(), Relatedness.du());
  }

  /**
   * Makes the rule for any categories and any table.
   *
   * @param categories categories to choose among, each once, at least one
   * @param relatedness weights of the units; needs a row with a positive weight for each category
   * @return the rule
   * @throws IllegalArgumentException if the categories are empty or repeated, or one has no weights
   */
  public static ZeroShotCompound of(List<CompoundExpression> categories, Relatedness relatedness) {
    if (categories.isEmpty() || categories.stream().distinct().count() < categories.size()) {
      throw new IllegalArgumentException(
          "expected one or more categories, each once, got " + categories);
    }
    for (CompoundExpression category : categories) {
      if (StatUtils.sum(relatedness.weights(category)) == 0) {
        throw new IllegalArgumentException(
            "the table '" + relatedness.name() + "' gives " + category.label() + " no units");
      }
    }
    return new ZeroShotCompound(List.copyOf(categories), relatedness);
  }

  /**
   * Returns the categories among which this rule chooses.
   *
   * @return unmodifiable list
   */
  public List<CompoundExpression> categories() {
    return categories;
  }

  /**
   * Scores every category for a face.
   *
   * @param behaviour what the network reads from the face
   * @return one score per category, in the order of {@link #categories()}; unmodifiable
   */
  public List<CompoundScore> scores(Behaviour behaviour) {
    return categories.stream().map(c -> score(c, behaviour)).toList();
  }

  /**
   * Returns the scores from the highest to the lowest; equal ones keep the order of {@link
   * #categories()}.
   *
   * @param behaviour what the network reads from the face
   * @return one score per category; unmodifiable
   */
  public List<CompoundScore> ranked(Behaviour behaviour) {
    return scores(behaviour).stream()
        .sorted(Comparator.comparingDouble(CompoundScore::total).reversed())
        .toList();
  }

  /**
   * Predicts the category of the highest score.
   *
   * @param behaviour what the network reads from the face
   * @return the category
   */
  public CompoundExpression predict(Behaviour behaviour) {
    return ranked(behaviour).get(0).category();
  }

  private CompoundScore score(CompoundExpression category, Behaviour behaviour) {
    double[] w = relatedness.weights(category);
    double weighted = 0;
    for (ActionUnit unit : ActionUnit.ALL) {
      weighted += behaviour.probability(unit) * w[unit.ordinal()];
    }
    double expressions = category.components().stream().mapToDouble(behaviour::probability).sum();
    boolean pleasant =
        category.components().contains(Expression.HAPPINESS)
            && behaviour.valenceArousal().valence() > 0;
    return new CompoundScore(category, weighted / StatUtils.sum(w), expressions, pleasant ? 1 : 0);
  }
}
