package org.affect4j.face;

import java.util.Locale;
import java.util.Optional;
import org.affect4j.face.internal.Labels;

/**
 * An expression label as people annotate it: the seven of {@link Expression}, and the two that some
 * datasets add.
 *
 * <p>AffectNet adds contempt, Aff-Wild2 adds other. The bundled networks have no output for these
 * two, so that they are kept apart: {@link #basic()} is empty for them.
 */
public enum AnnotatedExpression {
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
  SURPRISE,
  /** Contempt (AffectNet, CK+). */
  CONTEMPT,
  /** Any other affective state (Aff-Wild2). */
  OTHER;

  /**
   * Returns the label in words.
   *
   * @return such as {@code "contempt"}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the name of the probability column in tables and CSV files, of networks that tell it
   * apart.
   *
   * @return such as {@code "p_contempt"}
   */
  public String column() {
    return "p_" + label();
  }

  /**
   * Returns the basic expression of the same name.
   *
   * @return the expression, or empty for contempt and other
   */
  public Optional<Expression> basic() {
    return Expression.ALL.stream().filter(e -> e.name().equals(name())).findFirst();
  }

  /**
   * Finds a label by its text.
   *
   * @param label such as {@code "happiness"}; case and surrounding space do not matter
   * @return the label
   * @throws IllegalArgumentException if there is no such label
   */
  public static AnnotatedExpression ofLabel(String label) {
    return Labels.find("expression", label, values(), AnnotatedExpression::label);
  }
}
