package org.affect4j.face;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.affect4j.face.internal.Rendering;

/**
 * What the behaviour network reads from one face: probabilities of expressions and of action units,
 * valence and arousal, and the embedding from which all of them are computed. The bundled networks
 * read seven expressions and 17 units; of other networks {@link #vocabulary} says what they read.
 *
 * <p>Immutable: arrays are copied on the way in and out.
 */
public final class Behaviour {
  static {
    Rendering.begin();
  }

  private final BehaviourVocabulary vocabulary;
  private final double[] expressions;
  private final double[] actionUnits;
  private final Optional<ValenceArousal> valenceArousal;
  private final float[] embedding;
  private final OptionalDouble contempt;

  /**
   * Makes a value from the outputs of a network that reads what the bundled ones read.
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
    this(
        BehaviourVocabulary.standard(),
        expressions,
        actionUnits,
        Optional.of(valenceArousal),
        embedding);
  }

  /**
   * Makes a value from the outputs of any network.
   *
   * @param vocabulary what the network reads, contempt beside it left out ({@link #withContempt})
   * @param expressions probabilities in the order of its classes, adding up to 1
   * @param actionUnits probabilities in the order of its units
   * @param valenceArousal valence and arousal, if it reads them
   * @param embedding feature vector of any length
   * @throws IllegalArgumentException if something is missing or too much, a probability lies
   *     outside 0 to 1, or the expressions do not add up to 1 (within .001)
   */
  public Behaviour(
      BehaviourVocabulary vocabulary,
      double[] expressions,
      double[] actionUnits,
      Optional<ValenceArousal> valenceArousal,
      float[] embedding) {
    this(vocabulary, expressions, actionUnits, valenceArousal, embedding, OptionalDouble.empty());
  }

  private Behaviour(
      BehaviourVocabulary vocabulary,
      double[] expressions,
      double[] actionUnits,
      Optional<ValenceArousal> valenceArousal,
      float[] embedding,
      OptionalDouble contempt) {
    this.vocabulary = vocabulary;
    this.contempt = contempt;
    this.expressions = probabilities("expression", expressions, vocabulary.classes().size());
    this.actionUnits = probabilities("action unit", actionUnits, vocabulary.units().size());
    this.valenceArousal = valenceArousal;
    this.embedding = embedding.clone();
    probabilities("contempt", contempt.stream().toArray(), vocabulary.contempt() ? 1 : 0);
    if (valenceArousal.isPresent() != vocabulary.affect()) {
      throw new IllegalArgumentException(
          "a network of %s was given %s".formatted(vocabulary, valenceArousal));
    }
    if (expressions.length > 0 && !isWhole(expressions)) {
      throw new IllegalArgumentException(
          "expression probabilities add up to %s, not 1"
              .formatted(Arrays.stream(expressions).sum()));
    }
  }

  /**
   * Returns the same with contempt beside the expressions.
   *
   * @param part of raters who would see contempt, 0 to 1
   * @return changed copy
   * @throws IllegalArgumentException if it lies outside its range, or contempt is one of the
   *     expressions
   */
  public Behaviour withContempt(double part) {
    return new Behaviour(
        vocabulary.withContempt(true),
        expressions,
        actionUnits,
        valenceArousal,
        embedding,
        OptionalDouble.of(part));
  }

  /**
   * Tells whether probabilities are those of all expressions that were told apart.
   *
   * @param expressions probabilities
   * @return true if they add up to 1, to .001
   */
  public static boolean isWhole(double[] expressions) {
    return Math.abs(Arrays.stream(expressions).sum() - 1) <= 1e-3;
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
   * Returns what was read.
   *
   * @return expressions, units, and whether there are valence and arousal
   */
  public BehaviourVocabulary vocabulary() {
    return vocabulary;
  }

  /**
   * Returns the most probable of the basic expressions; among equals the first of {@link
   * Expression#ALL}. A network that tells others apart too may find one of those more probable, see
   * {@link #label}.
   *
   * @return the expression
   * @throws IllegalStateException if an expression was not read
   */
  public Expression expression() {
    Expression best = Expression.NEUTRAL;
    for (Expression e : Expression.ALL) {
      if (probability(e) > probability(best)) {
        best = e;
      }
    }
    return best;
  }

  /**
   * Returns the most probable of all expressions that the network tells apart.
   *
   * @return the expression; empty if it reads none
   */
  public Optional<AnnotatedExpression> label() {
    int best = 0;
    for (int i = 1; i < expressions.length; i++) {
      if (expressions[i] > expressions[best]) {
        best = i;
      }
    }
    return expressions.length == 0 ? Optional.empty() : Optional.of(vocabulary.classes().get(best));
  }

  /**
   * Returns the probability of an expression.
   *
   * @param expression which
   * @return 0 to 1; all that are read add up to 1
   * @throws IllegalStateException if it was not read
   */
  public double probability(Expression expression) {
    return expressions[index(vocabulary.classes(), expression.annotated(), expression.label())];
  }

  /**
   * Returns the probability that an action unit is active.
   *
   * @param unit which
   * @return 0 to 1, each unit for itself
   * @throws IllegalStateException if it was not read
   */
  public double probability(ActionUnit unit) {
    return actionUnits[index(vocabulary.units(), unit.number(), unit.label())];
  }

  private <T> int index(List<T> read, T wanted, String name) {
    int index = read.indexOf(wanted);
    if (index < 0) {
      throw notRead(name);
    }
    return index;
  }

  private IllegalStateException notRead(String name) {
    return new IllegalStateException(
        "the network that read this face does not read %s; it reads %s, expressions %s, units %s"
            .formatted(name, vocabulary, labels(), vocabulary.units()));
  }

  private List<String> labels() {
    return vocabulary.classes().stream().map(AnnotatedExpression::label).toList();
  }

  /**
   * Returns the probabilities of all expressions.
   *
   * @return a copy, in the order of the vocabulary: for the bundled networks 7 values in the order
   *     of {@link Expression#ALL}
   */
  public double[] expressionProbabilities() {
    return expressions.clone();
  }

  /**
   * Returns the probabilities of all action units.
   *
   * @return a copy, in the order of the vocabulary: for the bundled networks 17 values in the order
   *     of {@link ActionUnit#ALL}
   */
  public double[] actionUnitProbabilities() {
    return actionUnits.clone();
  }

  /**
   * Returns valence and arousal.
   *
   * @return both in -1 to 1
   * @throws IllegalStateException if they were not read
   */
  public ValenceArousal valenceArousal() {
    return valenceArousal.orElseThrow(() -> notRead("valence and arousal"));
  }

  /**
   * Returns how many people would see contempt, which is no part of the expressions: those add up
   * to 1 without it, and no {@link ExpressionPrior} moves it.
   *
   * @return part of raters, 0 to 1; empty if the network does not read it so
   */
  public OptionalDouble contempt() {
    return contempt;
  }

  /**
   * Returns the features that the heads share.
   *
   * @return a copy
   */
  public float[] embedding() {
    return embedding.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Behaviour b
        && vocabulary.equals(b.vocabulary)
        && Arrays.equals(expressions, b.expressions)
        && Arrays.equals(actionUnits, b.actionUnits)
        && valenceArousal.equals(b.valenceArousal)
        && contempt.equals(b.contempt)
        && Arrays.equals(embedding, b.embedding);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        vocabulary,
        Arrays.hashCode(expressions),
        Arrays.hashCode(actionUnits),
        valenceArousal,
        contempt,
        Arrays.hashCode(embedding));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    label()
        .ifPresent(
            best ->
                text.append(
                    "%s %.2f"
                        .formatted(best.label(), expressions[vocabulary.classes().indexOf(best)])));
    valenceArousal.ifPresent(
        affect ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(
                    "valence %.2f, arousal %.2f".formatted(affect.valence(), affect.arousal())));
    return text.isEmpty() ? vocabulary.toString() : text.toString();
  }
}
