package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;

/**
 * Gives labels of one kind to samples of the other (FaceBehaviorNet, section 3): a sample with an
 * expression gets that expression's units as active, observational ones with their fraction as
 * weight; a sample whose active units include all those of an expression gets the expression.
 *
 * @param weights the relatedness of units and expressions
 */
public record HardCoAnnotation(RelatednessWeights weights) {
  /**
   * Returns the units that belong to an expression.
   *
   * @param expression the expression
   * @return units of a positive weight, none for neutral; unmodifiable
   */
  public Set<ActionUnit> units(Expression expression) {
    Set<ActionUnit> units = EnumSet.noneOf(ActionUnit.class);
    for (ActionUnit unit : ActionUnit.ALL) {
      if (weights.weight(expression, unit) > 0) {
        units.add(unit);
      }
    }
    return Collections.unmodifiableSet(units);
  }

  /**
   * Returns the expression whose units are all active; if there are several, the one of most units,
   * and of those the first in array order.
   *
   * @param active the units annotated as active
   * @return the expression, if any; never neutral
   */
  public Optional<Expression> expression(Set<ActionUnit> active) {
    Expression best = null;
    for (Expression expression : Expression.ALL) {
      Set<ActionUnit> units = units(expression);
      if (!units.isEmpty()
          && active.containsAll(units)
          && (best == null || units.size() > units(best).size())) {
        best = expression;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Computes the loss of the units that samples get from their expression: the weighted mean of
   * {@code -log p_i} over the expression's units, then the mean over the samples that have such an
   * expression.
   *
   * @param unitLogits {@code [batch, 17]}
   * @param expressionLabels {@code [batch]}, number of the expression or -1
   * @return scalar
   */
  public NDArray of(NDArray unitLogits, NDArray expressionLabels) {
    long batch = Masked.rows(unitLogits, "action unit logits", ActionUnit.COUNT);
    Masked.require(expressionLabels, "expression labels", batch);
    NDArray table = weights.beside(unitLogits);
    NDArray labels =
        expressionLabels
            .toType(ai.djl.ndarray.types.DataType.INT64, false)
            .clip(0, Expression.COUNT - 1)
            .oneHot(Expression.COUNT)
            .toType(unitLogits.getDataType(), false);
    NDArray mask =
        labels.matMul(table).mul(Masked.known(expressionLabels, unitLogits).reshape(-1, 1));
    return Masked.mean(
        Masked.rowMeans(Masked.minusLogSigmoid(unitLogits), mask), Masked.anyInRow(mask));
  }
}
