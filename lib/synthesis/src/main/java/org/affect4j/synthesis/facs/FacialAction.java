package org.affect4j.synthesis.facs;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a face does: an intensity of 0 to 1 for each action unit and side. Immutable.
 *
 * <pre>
 * FacialAction smile = FacialAction.neutral().with(FacsUnit.AU12, .6).with(FacsUnit.AU06, .4);
 * FacialAction wink = FacialAction.parse("12B+L43");
 * </pre>
 */
public final class FacialAction {
  private static final FacialAction NEUTRAL = new FacialAction(new double[2 * FacsUnit.ALL.size()]);
  private static final Pattern TERM = Pattern.compile("(?i)([LR])?(?:AU)?(\\d{1,2})([A-E])?");

  /** Left side first, then right side, in the order of {@link FacsUnit#ALL}. */
  private final double[] intensities;

  private FacialAction(double[] intensities) {
    this.intensities = intensities;
  }

  /**
   * Returns the face at rest.
   *
   * @return all units at 0
   */
  public static FacialAction neutral() {
    return NEUTRAL;
  }

  /**
   * Reads a FACS code such as {@code "1+2+L12D+25C"}: units joined by a plus sign, each with L or R
   * before it for one side, and a letter A to E behind it for the intensity (E if there is none).
   *
   * @param code the code; an empty one is the neutral face
   * @return the action
   * @throws IllegalArgumentException if a term cannot be read or its unit is unknown
   */
  public static FacialAction parse(String code) {
    FacialAction action = NEUTRAL;
    for (String term : code.isBlank() ? new String[0] : code.strip().split("\\s*\\+\\s*")) {
      Matcher m = TERM.matcher(term);
      if (!m.matches()) {
        throw new IllegalArgumentException(
            "cannot read '"
                + term
                + "' in the FACS code '"
                + code
                + "'; expected units such as 12, 12D or L12D joined by +");
      }
      Side side =
          m.group(1) == null
              ? Side.BOTH
              : m.group(1).equalsIgnoreCase("L") ? Side.LEFT : Side.RIGHT;
      double intensity =
          m.group(3) == null
              ? 1
              : IntensityLetter.valueOf(m.group(3).toUpperCase(java.util.Locale.ROOT)).intensity();
      action = action.with(FacsUnit.ofNumber(Integer.parseInt(m.group(2))), side, intensity);
    }
    return action;
  }

  /**
   * Returns this action with a unit on both sides.
   *
   * @param unit the unit
   * @param intensity 0 (absent) to 1 (maximum)
   * @return the changed action
   * @throws IllegalArgumentException if the intensity lies outside 0 to 1
   */
  public FacialAction with(FacsUnit unit, double intensity) {
    return with(unit, Side.BOTH, intensity);
  }

  /**
   * Returns this action with a unit on one side or both.
   *
   * @param unit the unit
   * @param side which side; the other side keeps its intensity
   * @param intensity 0 (absent) to 1 (maximum)
   * @return the changed action
   * @throws IllegalArgumentException if the intensity lies outside 0 to 1, or one side is asked of
   *     a unit that moves both
   */
  public FacialAction with(FacsUnit unit, Side side, double intensity) {
    if (!(intensity >= 0 && intensity <= 1)) {
      throw new IllegalArgumentException(
          "AU%d has intensity %s; expected 0 (absent) to 1 (maximum)"
              .formatted(unit.number(), intensity));
    }
    if (side != Side.BOTH && !unit.hasSides()) {
      throw new IllegalArgumentException(
          "AU%d (%s) moves both sides; it cannot be shown on one alone"
              .formatted(unit.number(), unit.facsName()));
    }
    double[] changed = intensities.clone();
    if (side != Side.RIGHT) {
      changed[unit.ordinal()] = intensity;
    }
    if (side != Side.LEFT) {
      changed[FacsUnit.ALL.size() + unit.ordinal()] = intensity;
    }
    return new FacialAction(changed);
  }

  /** Multiplies both sides of a unit; used by the rules. */
  FacialAction scaled(FacsUnit unit, double factor) {
    double[] changed = intensities.clone();
    changed[unit.ordinal()] *= factor;
    changed[FacsUnit.ALL.size() + unit.ordinal()] *= factor;
    return new FacialAction(changed);
  }

  /**
   * Returns the intensity on the person's left.
   *
   * @param unit the unit
   * @return 0 to 1
   */
  public double left(FacsUnit unit) {
    return intensities[unit.ordinal()];
  }

  /**
   * Returns the intensity on the person's right.
   *
   * @param unit the unit
   * @return 0 to 1
   */
  public double right(FacsUnit unit) {
    return intensities[FacsUnit.ALL.size() + unit.ordinal()];
  }

  /**
   * Returns the intensity of a unit as FACS scores it: that of the stronger side.
   *
   * @param unit the unit
   * @return 0 to 1
   */
  public double intensity(FacsUnit unit) {
    return Math.max(left(unit), right(unit));
  }

  /**
   * Returns the action on the way to another one.
   *
   * @param other the other action
   * @param share 0 (this) to 1 (the other)
   * @return every intensity interpolated linearly
   */
  public FacialAction toward(FacialAction other, double share) {
    double[] mixed = new double[intensities.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] =
          Math.min(
              1, Math.max(0, intensities[i] + share * (other.intensities[i] - intensities[i])));
    }
    return new FacialAction(mixed);
  }

  /**
   * Returns the FACS code, with the letters nearest to the intensities.
   *
   * @return such as {@code "6B+L12D"}, which {@link #parse(String)} reads; empty at rest
   */
  public String code() {
    StringBuilder s = new StringBuilder();
    for (FacsUnit unit : FacsUnit.ALL) {
      IntensityLetter[] letters = {letter(left(unit)), letter(right(unit))};
      if (letters[0] == letters[1]) {
        append(s, "", unit, letters[0]);
      } else {
        append(s, "L", unit, letters[0]);
        append(s, "R", unit, letters[1]);
      }
    }
    return s.toString();
  }

  private static void append(StringBuilder s, String side, FacsUnit unit, IntensityLetter letter) {
    if (letter != null) {
      s.append(s.isEmpty() ? "" : "+").append(side).append(unit.number()).append(letter);
    }
  }

  private static IntensityLetter letter(double intensity) {
    return intensity > 0 ? IntensityLetter.nearest(intensity) : null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FacialAction action && Arrays.equals(intensities, action.intensities);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(intensities);
  }

  /** Returns units and intensities, such as {@code "AU6 .40 + L AU12 .80"}. */
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder();
    for (FacsUnit unit : FacsUnit.ALL) {
      if (intensity(unit) > 0) {
        boolean same = left(unit) == right(unit);
        s.append(s.isEmpty() ? "" : " + ").append("AU").append(unit.number());
        s.append(
            same
                ? " %.2f".formatted(left(unit))
                : " L %.2f R %.2f".formatted(left(unit), right(unit)));
      }
    }
    return s.isEmpty() ? "neutral" : s.toString();
  }
}
