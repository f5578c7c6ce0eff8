package org.affect4j.synthesis.internal.appearance;

import java.util.Locale;

/**
 * What a fairness audit groups faces by. These are settings of the renderer, not claims about
 * people: shapes are pushed along published mean differences, and persons of every group overlap.
 *
 * @param sex which way the shape, hair and beard were drawn
 * @param age group of age
 * @param ancestry which way the shape was drawn
 * @param monkTone skin tone on the Monk scale, 1 (lightest) to 10 (darkest)
 */
public record Attributes(Sex sex, Age age, Ancestry ancestry, int monkTone) {
  /** How many tones the Monk scale has. */
  public static final int MONK_TONES = 10;

  /** Sex by which shape and hair are drawn. */
  public enum Sex {
    /** Female. */
    FEMALE,
    /** Male. */
    MALE;

    /**
     * Returns the name in tables.
     *
     * @return lower case
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Groups of age. */
  public enum Age {
    /** 18 to 29 years. */
    YOUNG("18-29"),
    /** 30 to 44 years. */
    ADULT("30-44"),
    /** 45 to 59 years. */
    MIDDLE("45-59"),
    /** 60 to 79 years. */
    OLD("60-79");

    private final String label;

    Age(String label) {
      this.label = label;
    }

    /**
     * Returns the name in tables.
     *
     * @return years, such as {@code "18-29"}
     */
    public String label() {
      return label;
    }
  }

  /** Ancestry by which the shape is drawn. */
  public enum Ancestry {
    /** African. */
    AFRICAN,
    /** East Asian. */
    EAST_ASIAN,
    /** European. */
    EUROPEAN,
    /** South Asian. */
    SOUTH_ASIAN;

    /**
     * Returns the name in tables.
     *
     * @return lower case words
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Checks the skin tone. */
  public Attributes {
    if (monkTone < 1 || monkTone > MONK_TONES) {
      throw new IllegalArgumentException("a Monk tone is 1 to " + MONK_TONES + ", got " + monkTone);
    }
  }

  /**
   * Returns the Fitzpatrick type that the Monk tone stands closest to, by our reading: 1 is type 1,
   * 2 is 2, 3 and 4 are 3, 5 is 4, 6 and 7 are 5, and 8 to 10 are 6.
   *
   * @return 1 to 6
   */
  public int fitzpatrickType() {
    return switch (monkTone) {
      case 1 -> 1;
      case 2 -> 2;
      case 3, 4 -> 3;
      case 5 -> 4;
      case 6, 7 -> 5;
      default -> 6;
    };
  }
}
