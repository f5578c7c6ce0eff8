package org.affect4j.face;

import java.util.List;
import java.util.Locale;

/**
 * The seven basic expressions of the behaviour network, in the order of its output.
 *
 * <p>Datasets number expressions differently and some add more: map by name through {@link
 * AnnotatedExpression}.
 */
public enum Expression {
  /** No expression. */
  NEUTRAL,
  /** Anger. */
  ANGER,
  /** Disgust. */
  DISGUST,
  /** Fear. */
  FEAR,
  /** Happiness. */
  HAPPINESS,
  /** Sadness. */
  SADNESS,
  /** Surprise. */
  SURPRISE;

  /** All expressions in array order, unmodifiable. */
  public static final List<Expression> ALL = List.of(values());

  /** How many expressions there are: 7. */
  public static final int COUNT = ALL.size();

  /**
   * Returns the expression in words, as it stands in tables.
   *
   * @return such as {@code "happiness"}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the name of the probability column in tables and CSV files.
   *
   * @return such as {@code "p_happiness"}
   */
  public String column() {
    return "p_" + label();
  }

  /**
   * Returns the same as people annotate it.
   *
   * @return the label of the same name
   */
  public AnnotatedExpression annotated() {
    return AnnotatedExpression.valueOf(name());
  }

  /**
   * Finds an expression by its label.
   *
   * @param label such as {@code "happiness"}; case and surrounding space do not matter
   * @return the expression
   * @throws IllegalArgumentException if no basic expression has this label
   */
  public static Expression ofLabel(String label) {
    return AnnotatedExpression.ofLabel(label)
        .basic()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + label + "' is not one of the seven basic expressions " + labels()));
  }

  private static List<String> labels() {
    return ALL.stream().map(Expression::label).toList();
  }
}
