package org.affect4j.face;

import java.util.Arrays;
import java.util.Objects;
import org.affect4j.face.internal.Rendering;

/**
 * What the behaviour network reads from one face: probabilities of the seven expressions and of the
 * seventeen action units, valence and arousal, and the embedding from which all of them are
 * computed.
 *
 * <p>Immutable: arrays are copied on the way in and out.
 */
public final class Behaviour {
  static {
    Rendering.begin();
  }

  private final double[] expressions;
  private final double[] actionUnits;
  private final ValenceArousal valenceArousal;
  private final float[] embedding;

  /**
   * Makes a value from the network's outputs.
   *
   * @param expressions 7 probabilities in the order of {@link Expression#ALL}, adding up to 1
   * @param actionUnits 17 probabilities in the order of {@link ActionUnit#ALL}
   * @param valenceArousal valence and arousal
   * @param embedding feature vector of any length
   * @throws IllegalArgumentException if an array has another length, a probability lies outside 0
   *     to 1, or the expressions do not add up to 1 (within .001)
   */
  public Behaviour(
      double[] expressions,
      double[] actionUnits,
      ValenceArousal valenceArousal,
      float[] embedding) {
    this.expressions = probabilities("expression", expressions, Expression.COUNT);
    this.actionUnits = probabilities("action unit", actionUnits, ActionUnit.COUNT);
    this.valenceArousal = Objects.requireNonNull(valenceArousal, "valenceArousal");
    this.embedding = embedding.clone();
    double sum = Arrays.stream(this.expressions).sum();
    if (Math.abs(sum - 1) > 1e-3) {
      throw new IllegalArgumentException("expression probabilities add up to " + sum + ", not 1");
    }
  }

  private static double[] probabilities(String what, double[] values, int count) {
    if (values.length != count) {
      throw new IllegalArgumentException(
          "expected " + count + " " + what + " probabilities, got " + values.length);
    }
    for (double p : values) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "a probability lies between 0 and 1, got " + p + " in the " + what + " outputs");
      }
    }
    return values.clone();
  }

  /**
   * Returns the most probable expression; among equals the first of {@link Expression#ALL}.
   *
   * @return the expression
   */
  public Expression expression() {
    int best = 0;
    for (int i = 1; i < expressions.length; i++) {
      if (expressions[i] > expressions[best]) {
        best = i;
      }
    }
    return Expression.ALL.get(best);
  }

  /**
   * Returns the probability of an expression.
   *
   * @param expression which
   * @return 0 to 1; the seven add up to 1
   */
  public double probability(Expression expression) {
    return expressions[expression.ordinal()];
  }

  /**
   * Returns the probability that an action unit is active.
   *
   * @param unit which
   * @return 0 to 1, each unit for itself
   */
  public double probability(ActionUnit unit) {
    return actionUnits[unit.ordinal()];
  }

  /**
   * Returns the probabilities of all expressions.
   *
   * @return a copy, 7 values in the order of {@link Expression#ALL}
   */
  public double[] expressionProbabilities() {
    return expressions.clone();
  }

  /**
   * Returns the probabilities of all action units.
   *
   * @return a copy, 17 values in the order of {@link ActionUnit#ALL}
   */
  public double[] actionUnitProbabilities() {
    return actionUnits.clone();
  }

  /**
   * Returns valence and arousal.
   *
   * @return both in -1 to 1
   */
  public ValenceArousal valenceArousal() {
    return valenceArousal;
  }

  /**
   * Returns the features that the three heads share.
   *
   * @return a copy
   */
  public float[] embedding() {
    return embedding.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Behaviour b
        && Arrays.equals(expressions, b.expressions)
        && Arrays.equals(actionUnits, b.actionUnits)
        && valenceArousal.equals(b.valenceArousal)
        && Arrays.equals(embedding, b.embedding);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(expressions),
        Arrays.hashCode(actionUnits),
        valenceArousal,
        Arrays.hashCode(embedding));
  }

  @Override
  public String toString() {
    return "%s %.2f, valence %.2f, arousal %.2f"
        .formatted(
            expression().label(),
            probability(expression()),
            valenceArousal.valence(),
            valenceArousal.arousal());
  }
}
