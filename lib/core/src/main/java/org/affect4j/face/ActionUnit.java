package org.affect4j.face;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The 17 action units of the Facial Action Coding System (FACS) that the behaviour network reads.
 *
 * <p>They are exactly the units that occur in the table of Du, Tao and Martinez (PNAS 2014), see
 * {@link Relatedness#du()}. The order of the constants is the order of every array of action units
 * in this library: ascending by number. Names and muscles follow Ekman, Friesen and Hager, FACS
 * (2002).
 */
public enum ActionUnit {
  /** Action unit 1, inner brow raiser. */
  AU01(1, "Inner brow raiser", "Frontalis, pars medialis", Region.UPPER_FACE),
  /** Action unit 2, outer brow raiser. */
  AU02(2, "Outer brow raiser", "Frontalis, pars lateralis", Region.UPPER_FACE),
  /** Action unit 4, brow lowerer. */
  AU04(
      4,
      "Brow lowerer",
      "Corrugator supercilii, depressor supercilii, procerus",
      Region.UPPER_FACE),
  /** Action unit 5, upper lid raiser. */
  AU05(5, "Upper lid raiser", "Levator palpebrae superioris", Region.UPPER_FACE),
  /** Action unit 6, cheek raiser. */
  AU06(6, "Cheek raiser", "Orbicularis oculi, pars orbitalis", Region.UPPER_FACE),
  /** Action unit 7, lid tightener. */
  AU07(7, "Lid tightener", "Orbicularis oculi, pars palpebralis", Region.UPPER_FACE),
  /** Action unit 9, nose wrinkler. */
  AU09(9, "Nose wrinkler", "Levator labii superioris alaeque nasi", Region.LOWER_FACE),
  /** Action unit 10, upper lip raiser. */
  AU10(10, "Upper lip raiser", "Levator labii superioris", Region.LOWER_FACE),
  /** Action unit 11, nasolabial deepener. */
  AU11(11, "Nasolabial deepener", "Zygomaticus minor", Region.LOWER_FACE),
  /** Action unit 12, lip corner puller. */
  AU12(12, "Lip corner puller", "Zygomaticus major", Region.LOWER_FACE),
  /** Action unit 15, lip corner depressor. */
  AU15(15, "Lip corner depressor", "Depressor anguli oris", Region.LOWER_FACE),
  /** Action unit 17, chin raiser. */
  AU17(17, "Chin raiser", "Mentalis", Region.LOWER_FACE),
  /** Action unit 20, lip stretcher. */
  AU20(20, "Lip stretcher", "Risorius, platysma", Region.LOWER_FACE),
  /** Action unit 23, lip tightener. */
  AU23(23, "Lip tightener", "Orbicularis oris", Region.LOWER_FACE),
  /** Action unit 24, lip pressor. */
  AU24(24, "Lip pressor", "Orbicularis oris", Region.LOWER_FACE),
  /** Action unit 25, lips part. */
  AU25(25, "Lips part", "Depressor labii inferioris, relaxed mentalis", Region.LOWER_FACE),
  /** Action unit 26, jaw drop. */
  AU26(26, "Jaw drop", "Masseter, relaxed temporalis and pterygoid", Region.LOWER_FACE);

  /** The half of the face that a unit moves, as FACS divides it. */
  public enum Region {
    /** Brows, lids and cheeks: units 1 to 7. */
    UPPER_FACE("upper face"),
    /** Nose, lips, chin and jaw: units 9 to 26. */
    LOWER_FACE("lower face");

    private final String label;

    Region(String label) {
      this.label = label;
    }

    /**
     * Returns the region in words.
     *
     * @return {@code "upper face"} or {@code "lower face"}
     */
    public String label() {
      return label;
    }
  }

  /** All units in array order, unmodifiable. */
  public static final List<ActionUnit> ALL = List.of(values());

  /** How many units there are: 17. */
  public static final int COUNT = ALL.size();

  private final int number;
  private final String facsName;
  private final String muscle;
  private final Region region;

  ActionUnit(int number, String facsName, String muscle, Region region) {
    this.number = number;
    this.facsName = facsName;
    this.muscle = muscle;
    this.region = region;
  }

  /**
   * Returns the unit with a FACS number.
   *
   * @param number FACS number, such as 12
   * @return the unit
   * @throws IllegalArgumentException if the number is not one of the 17
   */
  public static ActionUnit ofNumber(int number) {
    for (ActionUnit unit : ALL) {
      if (unit.number == number) {
        return unit;
      }
    }
    throw new IllegalArgumentException(
        "action unit "
            + number
            + " is not one of the 17 that affect4j knows; use one of "
            + Arrays.toString(ALL.stream().mapToInt(ActionUnit::number).toArray()));
  }

  /**
   * Returns the FACS number.
   *
   * @return 1 to 26
   */
  public int number() {
    return number;
  }

  /**
   * Returns the name that FACS gives the movement.
   *
   * @return such as {@code "Lip corner puller"}
   */
  public String facsName() {
    return facsName;
  }

  /**
   * Returns the muscle that makes the movement.
   *
   * @return such as {@code "Zygomaticus major"}
   */
  public String muscle() {
    return muscle;
  }

  /**
   * Returns the half of the face that moves.
   *
   * @return upper or lower face
   */
  public Region region() {
    return region;
  }

  /**
   * Returns the short label for charts.
   *
   * @return such as {@code "AU12"}
   */
  public String label() {
    return "AU" + number;
  }

  /**
   * Returns the column name in tables and CSV files.
   *
   * @return such as {@code "au01"}
   */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
