package org.affect4j.compound;

import org.affect4j.face.CompoundExpression;

/**
 * The score of one category, term by term (Behaviour4All, equation 7).
 *
 * @param category which
 * @param actionUnitTerm {@code I_AU}: weighted mean of the probabilities of the category's units, 0
 *     to 1
 * @param expressionTerm {@code F_expr}: probability of its components together, 0 to 1
 * @param valenceTerm {@code D_VA}: 1 if the category is a happy one and valence is positive,
 *     otherwise 0
 */
public record CompoundScore(
    CompoundExpression category, double actionUnitTerm, double expressionTerm, double valenceTerm) {
  /**
   * Returns the sum of the three terms.
   *
   * @return {@code C_e = I_AU + F_expr + D_VA}, 0 to 3
   */
  public double total() {
    return actionUnitTerm + expressionTerm + valenceTerm;
  }
}
