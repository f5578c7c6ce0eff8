package org.affect4j.synthesis.facs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.ActionUnit;

/**
 * The action units that the renderer can show: the 17 of {@link ActionUnit} and seven more that
 * vary a face without being labelled by the behaviour network. Names follow Ekman, Friesen and
 * Hager, FACS (2002).
 */
public enum FacsUnit {
  /** Inner brow raiser. */
  AU01(1, "Inner brow raiser", true),
  /** Outer brow raiser. */
  AU02(2, "Outer brow raiser", true),
  /** Brow lowerer. */
  AU04(4, "Brow lowerer", true),
  /** Upper lid raiser. */
  AU05(5, "Upper lid raiser", true),
  /** Cheek raiser. */
  AU06(6, "Cheek raiser", true),
  /** Lid tightener. */
  AU07(7, "Lid tightener", true),
  /** Nose wrinkler. */
  AU09(9, "Nose wrinkler", true),
  /** Upper lip raiser. */
  AU10(10, "Upper lip raiser", true),
  /** Nasolabial deepener. */
  AU11(11, "Nasolabial deepener", true),
  /** Lip corner puller. */
  AU12(12, "Lip corner puller", true),
  /** Dimpler. */
  AU14(14, "Dimpler", true),
  /** Lip corner depressor. */
  AU15(15, "Lip corner depressor", true),
  /** Lower lip depressor. */
  AU16(16, "Lower lip depressor", true),
  /** Chin raiser; moves both sides. */
  AU17(17, "Chin raiser", false),
  /** Lip pucker; moves both sides. */
  AU18(18, "Lip pucker", false),
  /** Lip stretcher. */
  AU20(20, "Lip stretcher", true),
  /** Lip funneler; moves both sides. */
  AU22(22, "Lip funneler", false),
  /** Lip tightener; moves both sides. */
  AU23(23, "Lip tightener", false),
  /** Lip pressor; moves both sides. */
  AU24(24, "Lip pressor", false),
  /** Lips part; moves both sides. */
  AU25(25, "Lips part", false),
  /** Jaw drop; moves both sides. */
  AU26(26, "Jaw drop", false),
  /** Mouth stretch; moves both sides. */
  AU27(27, "Mouth stretch", false),
  /** Eyes closed. */
  AU43(43, "Eye closure", true),
  /** Blink. */
  AU45(45, "Blink", true);

  /** All units, ascending by number, unmodifiable. */
  public static final List<FacsUnit> ALL = List.of(values());

  private final int number;
  private final String facsName;
  private final boolean hasSides;

  FacsUnit(int number, String facsName, boolean hasSides) {
    this.number = number;
    this.facsName = facsName;
    this.hasSides = hasSides;
  }

  /**
   * Returns the unit with a FACS number.
   *
   * @param number FACS number, such as 12
   * @return the unit
   * @throws IllegalArgumentException if the renderer does not know the unit
   */
  public static FacsUnit ofNumber(int number) {
    return ALL.stream()
        .filter(u -> u.number == number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown action unit "
                        + number
                        + "; the renderer shows "
                        + Arrays.toString(ALL.stream().mapToInt(FacsUnit::number).toArray())));
  }

  /**
   * Returns the renderer's unit for one of the 17 of the vocabulary.
   *
   * @param unit any of the 17
   * @return the unit of the same number
   */
  public static FacsUnit of(ActionUnit unit) {
    return ofNumber(unit.number());
  }

  /**
   * Returns the FACS number.
   *
   * @return 1 to 45
   */
  public int number() {
    return number;
  }

  /**
   * Returns the name that FACS gives the movement.
   *
   * @return such as {@code "Dimpler"}
   */
  public String facsName() {
    return facsName;
  }

  /**
   * Tells whether the unit can be shown on one side alone.
   *
   * @return false for movements of the jaw and of the whole mouth
   */
  public boolean hasSides() {
    return hasSides;
  }

  /**
   * Returns the unit of the vocabulary, if it is one of the 17.
   *
   * @return the unit, or empty for those that only vary a face
   */
  public Optional<ActionUnit> labelled() {
    return ActionUnit.ALL.stream().filter(u -> u.number() == number).findFirst();
  }

  /**
   * Returns the column name in tables.
   *
   * @return such as {@code "au45"}
   */
  public String column() {
    return "au%02d".formatted(number);
  }
}
