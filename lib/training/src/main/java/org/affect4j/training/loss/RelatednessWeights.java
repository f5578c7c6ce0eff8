package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;

/**
 * The weights of U units for C expressions, as the losses need them: {@code p(AU_i | e)}. Neutral,
 * contempt and other have no units. Immutable.
 */
public final class RelatednessWeights {
  private final List<AnnotatedExpression> classes;
  private final List<ActionUnit> units;
  private final double[] table;

  private RelatednessWeights(
      List<AnnotatedExpression> classes, List<ActionUnit> units, double[] table) {
    this.classes = List.copyOf(classes);
    this.units = List.copyOf(units);
    this.table = table;
  }

  /**
   * Takes the seven expressions and all units.
   *
   * @param relatedness a table with the rows of the six basic expressions that have units; its
   *     {@code binary()} form gives weights of 0 and 1
   * @return the weights
   * @throws IllegalArgumentException if a row is missing
   */
  public static RelatednessWeights of(Relatedness relatedness) {
    return of(
        relatedness,
        List.of(AnnotatedExpression.values()).subList(0, Expression.COUNT),
        ActionUnit.ALL);
  }

  /**
   * Takes the expressions and units of a network, in its order.
   *
   * @param relatedness a table with the rows of those basic expressions that have units
   * @param classes the C expressions
   * @param units the U units
   * @return the weights
   * @throws IllegalArgumentException if a row is missing
   */
  public static RelatednessWeights of(
      Relatedness relatedness, List<AnnotatedExpression> classes, List<ActionUnit> units) {
    double[] table = new double[classes.size() * units.size()];
    for (int c = 0; c < classes.size(); c++) {
      Optional<Expression> basic = classes.get(c).basic().filter(e -> e != Expression.NEUTRAL);
      for (int u = 0; basic.isPresent() && u < units.size(); u++) {
        table[c * units.size() + u] =
            relatedness.weight(CompoundExpression.of(basic.get()), units.get(u));
      }
    }
    return new RelatednessWeights(classes, units, table);
  }

  /**
   * Returns the weight of a unit for an expression.
   *
   * @param expression the expression
   * @param unit the unit
   * @return 0 to 1; 0 for neutral, and for what is not in the table
   */
  public double weight(Expression expression, ActionUnit unit) {
    int row = classes.indexOf(AnnotatedExpression.values()[expression.ordinal()]);
    int column = units.indexOf(unit);
    return row < 0 || column < 0 ? 0 : table[row * units.size() + column];
  }

  /** The C expressions of the rows. */
  List<AnnotatedExpression> classes() {
    return classes;
  }

  /** The U units of the columns. */
  List<ActionUnit> units() {
    return units;
  }

  /** The table {@code [C, U]} beside another array, in its type. */
  NDArray beside(NDArray like) {
    return like.getManager()
        .create(table, new Shape(classes.size(), units.size()))
        .toType(like.getDataType(), false);
  }
}
