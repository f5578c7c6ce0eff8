package org.affect4j.training.batch;

import java.util.Arrays;
import java.util.Optional;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Expression;

/**
 * What is known of one face. NaN stands for what is not annotated.
 *
 * @param annotated the expression, contempt and other included; empty if not annotated
 * @param units activity of each action unit in the order of {@link ActionUnit#ALL}, 0 to 1 or NaN
 * @param valence -1 to 1 or NaN
 * @param arousal -1 to 1 or NaN; NaN if and only if valence is
 */
public record CropLabels(
    Optional<AnnotatedExpression> annotated, float[] units, float valence, float arousal) {
  /** Checks the ranges. */
  public CropLabels {
    units = units.clone();
    if (units.length != ActionUnit.COUNT) {
      throw new IllegalArgumentException(
          "expected %d action units, got %d".formatted(ActionUnit.COUNT, units.length));
    }
    for (int i = 0; i < units.length; i++) {
      if (units[i] < 0 || units[i] > 1) {
        throw new IllegalArgumentException(
            "%s is %s, expected 0 to 1, or NaN where it is not annotated"
                .formatted(ActionUnit.ALL.get(i).label(), units[i]));
      }
    }
    if (Math.abs(valence) > 1 || Math.abs(arousal) > 1) {
      throw new IllegalArgumentException(
          "valence %s and arousal %s: expected -1 to 1, or NaN where they are not annotated"
              .formatted(valence, arousal));
    }
    if (Float.isNaN(valence) != Float.isNaN(arousal)) {
      throw new IllegalArgumentException(
          "valence is %s but arousal is %s: both are annotated or neither"
              .formatted(valence, arousal));
    }
  }

  /**
   * Labels of an expression alone.
   *
   * @param expression the expression
   * @return the labels
   */
  public static CropLabels of(Expression expression) {
    return of(expression.annotated());
  }

  /**
   * Labels of an expression alone, contempt and other among them.
   *
   * @param annotated the expression
   * @return the labels
   */
  public static CropLabels of(AnnotatedExpression annotated) {
    return new CropLabels(Optional.of(annotated), unknownUnits(), Float.NaN, Float.NaN);
  }

  /**
   * Labels of action units alone.
   *
   * @param units 17 activities, 0 to 1; NaN where a unit is not annotated
   * @return the labels
   */
  public static CropLabels ofUnits(float[] units) {
    return new CropLabels(Optional.empty(), units, Float.NaN, Float.NaN);
  }

  /**
   * Returns the same with an expression.
   *
   * @param shown what the face shows
   * @return changed copy
   */
  public CropLabels withExpression(Expression shown) {
    return new CropLabels(Optional.of(shown.annotated()), units, valence, arousal);
  }

  /**
   * Returns the expression, if it is one of the seven.
   *
   * @return the expression; empty if not annotated, or contempt or other
   */
  public Optional<Expression> expression() {
    return annotated.flatMap(AnnotatedExpression::basic);
  }

  /**
   * Units of a face of which no unit is annotated.
   *
   * @return NaN for each unit
   */
  public static float[] unknownUnits() {
    float[] units = new float[ActionUnit.COUNT];
    Arrays.fill(units, Float.NaN);
    return units;
  }

  /**
   * Tells whether at least one unit is annotated.
   *
   * @return true if the face serves the task of action units
   */
  public boolean hasUnits() {
    for (float unit : units) {
      if (!Float.isNaN(unit)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether valence and arousal are annotated.
   *
   * @return true if the face serves that task
   */
  public boolean hasAffect() {
    return !Float.isNaN(valence);
  }

  /**
   * Returns the units.
   *
   * @return a copy
   */
  @Override
  public float[] units() {
    return units.clone();
  }

  /**
   * Returns one unit.
   *
   * @param index its place in {@link ActionUnit#ALL}
   * @return 0 to 1 or NaN
   */
  public float unit(int index) {
    return units[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CropLabels labels
        && annotated.equals(labels.annotated)
        && Arrays.equals(units, labels.units)
        && Float.compare(valence, labels.valence) == 0
        && Float.compare(arousal, labels.arousal) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * annotated.hashCode() + Arrays.hashCode(units);
  }

  @Override
  public String toString() {
    return "CropLabels[%s, units %s, valence %s, arousal %s]"
        .formatted(
            annotated.map(AnnotatedExpression::label).orElse("-"),
            Arrays.toString(units),
            valence,
            arousal);
  }
}
