package org.affect4j.face;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a network reads of a face: which expressions it tells apart, which action units, and whether
 * valence and arousal.
 *
 * @param classes expressions in the order of the network's outputs, contempt and other among them;
 *     none if it reads no expressions, otherwise two or more
 * @param units FACS numbers of action units in the order of the outputs; those outside of {@link
 *     ActionUnit} are allowed
 * @param affect whether valence and arousal are read
 * @param contempt whether contempt is read beside expressions that do without it
 */
public record BehaviourVocabulary(
    List<AnnotatedExpression> classes, List<Integer> units, boolean affect, boolean contempt) {
  private static final BehaviourVocabulary STANDARD =
      new BehaviourVocabulary(
          List.of(AnnotatedExpression.values()).subList(0, Expression.COUNT),
          ActionUnit.ALL.stream().map(ActionUnit::number).toList(),
          true);

  /**
   * Copies the lists and checks them.
   *
   * @throws IllegalArgumentException if a unit is no number from 1 to 99, one stands twice, there
   *     is a single class, or nothing is read
   */
  public BehaviourVocabulary {
    classes = List.copyOf(classes);
    units = List.copyOf(units);
    if (contempt && classes.contains(AnnotatedExpression.CONTEMPT)) {
      throw new IllegalArgumentException(
          "contempt is one of the expressions %s already".formatted(classes));
    }
    if (units.stream().anyMatch(u -> u < 1 || u > 99)
        || classes.stream().distinct().count() < classes.size()
        || units.stream().distinct().count() < units.size()
        || classes.size() == 1
        || classes.isEmpty() && units.isEmpty() && !affect) {
      throw new IllegalArgumentException(
          "expected two or more different expressions, different numbers of action units from 1 to 99, or valence and arousal, got %s and %s"
              .formatted(classes, units));
    }
  }

  /**
   * What a network reads that knows of contempt as of any other expression, or not at all.
   *
   * @param classes expressions in the order of the network's outputs
   * @param units FACS numbers of action units in the order of the outputs
   * @param affect whether valence and arousal are read
   */
  public BehaviourVocabulary(
      List<AnnotatedExpression> classes, List<Integer> units, boolean affect) {
    this(classes, units, affect, false);
  }

  /**
   * Returns the same with contempt beside it, or without.
   *
   * @param beside whether contempt is read
   * @return changed copy
   */
  public BehaviourVocabulary withContempt(boolean beside) {
    return new BehaviourVocabulary(classes, units, affect, beside);
  }

  /**
   * Returns what all bundled networks of faces read.
   *
   * @return the seven expressions, the 17 units, valence and arousal, in the usual order; without
   *     contempt
   */
  public static BehaviourVocabulary standard() {
    return STANDARD;
  }

  /**
   * Tells whether the expressions are the seven of {@link Expression}, in their order.
   *
   * @return true if they are
   */
  public boolean hasBasicClasses() {
    return classes.equals(STANDARD.classes);
  }

  /**
   * Tells whether everything that another vocabulary has is read.
   *
   * @param other any vocabulary
   * @return true if nothing is missing
   */
  public boolean covers(BehaviourVocabulary other) {
    return classes.containsAll(other.classes)
        && units.containsAll(other.units)
        && (affect || !other.affect)
        && (contempt || !other.contempt);
  }

  /**
   * Returns the columns of the probabilities of expressions in tables.
   *
   * @return such as {@code "p_contempt"}, in the order of {@link #classes}
   */
  public List<String> classColumns() {
    return classes.stream().map(AnnotatedExpression::column).toList();
  }

  /**
   * Returns the columns of action units in tables.
   *
   * @return such as {@code "au12"}, in the order of {@link #units}
   */
  public List<String> unitColumns() {
    return units.stream().map("au%02d"::formatted).toList();
  }

  /** Returns such as {@code "7 expressions, 8 action units, valence and arousal"}. */
  @Override
  public String toString() {
    return String.join(
        ", ",
        Stream.of(
                classes.isEmpty() ? "" : classes.size() + " expressions",
                units.isEmpty() ? "" : units.size() + " action units",
                affect ? "valence and arousal" : "",
                contempt ? "contempt" : "")
            .filter(s -> !s.isEmpty())
            .toList());
  }
}
