package org.affect4j.synthesis.internal.appearance;

import java.util.Locale;

/** What a person wears on the head. */
public enum HairStyle {
  /** No hair. */
  BALD,
  /** A few millimetres. */
  BUZZED,
  /** Short, combed. */
  SHORT,
  /** Short and receding from forehead and crown. */
  RECEDING,
  /** Short curls. */
  CURLY,
  /** A large round head of tight curls. */
  AFRO,
  /** Down to the chin. */
  BOB,
  /** Long and straight. */
  LONG,
  /** Long and wavy. */
  WAVY,
  /** Combed back and tied. */
  TIED,
  /** A scarf over hair and neck. */
  SCARF;

  /**
   * Returns the name in tables.
   *
   * @return lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether hair falls beside and behind the face.
   *
   * @return true for bob, long and wavy
   */
  public boolean falls() {
    return this == BOB || this == LONG || this == WAVY;
  }
}
