package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;

/**
 * The weights of the units for the seven expressions, as the losses need them: {@code p(AU_i | e)}.
 * Neutral has no units. Immutable.
 */
public final class RelatednessWeights {
  private final double[] table;

  private RelatednessWeights(double[] table) {
    this.table = table;
  }

  /**
   * Takes the rows of the six basic expressions that have units.
   *
   * @param relatedness a table with those rows; its {@code binary()} form gives weights of 0 and 1
   * @return the weights
   * @throws IllegalArgumentException if a row is missing
   */
  public static RelatednessWeights of(Relatedness relatedness) {
    double[] table = new double[Expression.COUNT * ActionUnit.COUNT];
    for (Expression expression : Expression.ALL) {
      if (expression != Expression.NEUTRAL) {
        System.arraycopy(
            relatedness.weights(CompoundExpression.of(expression)),
            0,
            table,
            expression.ordinal() * ActionUnit.COUNT,
            ActionUnit.COUNT);
      }
    }
    return new RelatednessWeights(table);
  }

  /**
   * Returns the weight of a unit for an expression.
   *
   * @param expression the expression
   * @param unit the unit
   * @return 0 to 1; 0 for neutral
   */
  public double weight(Expression expression, ActionUnit unit) {
    return table[expression.ordinal() * ActionUnit.COUNT + unit.ordinal()];
  }

  /** The table {@code [7, 17]} beside another array, in its type. */
  NDArray beside(NDArray like) {
    return like.getManager()
        .create(table, new Shape(Expression.COUNT, ActionUnit.COUNT))
        .toType(like.getDataType(), false);
  }
}
