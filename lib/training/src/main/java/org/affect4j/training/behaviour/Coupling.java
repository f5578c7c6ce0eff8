package org.affect4j.training.behaviour;

import java.util.Locale;

/**
 * How the heads of expressions and action units teach each other (Behaviour4All, section 3). Each
 * constant is one row of the ablation.
 */
public enum Coupling {
  /** Heads learn from their own labels alone. */
  NONE(false, false),
  /**
   * Hard co-annotation (FaceBehaviorNet, section 3): labels of one kind become labels of the other.
   */
  HARD_CO_ANNOTATION(false, false),
  /** Soft co-annotation: labels of units give soft labels of expressions. */
  CO_ANNOTATION(false, true),
  /** Distribution matching: expressions say how probable each unit is. */
  MATCHING(true, false),
  /** Both. */
  BOTH(true, true);

  private final boolean matching;
  private final boolean coAnnotation;

  Coupling(boolean matching, boolean coAnnotation) {
    this.matching = matching;
    this.coAnnotation = coAnnotation;
  }

  /**
   * Tells whether distribution matching is part of it.
   *
   * @return whether units are drawn towards what expressions say
   */
  public boolean matching() {
    return matching;
  }

  /**
   * Tells whether soft co-annotation is part of it.
   *
   * @return whether expressions are drawn towards what labelled units say
   */
  public boolean coAnnotation() {
    return coAnnotation;
  }

  /**
   * Returns the name that tables and folders show.
   *
   * @return lower case, such as {@code co-annotation}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the label, which commands take too. */
  @Override
  public String toString() {
    return label();
  }
}
