package org.affect4j.training.batch;

import java.nio.ByteBuffer;
import java.util.List;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;

/**
 * Faces and labels of one training step. The pixels lie in a buffer that is used again two batches
 * later.
 *
 * @param size number of faces
 * @param side side of the faces in pixels
 * @param pixels floats in native order: face, row, column, channel; -1 to 1
 * @param expressions {@link #CLASSES} shares per face that sum to the weight of its label; zeros
 *     where it is not annotated
 * @param units 17 values per face, 0 to 1; NaN where a unit is not annotated
 * @param affect valence and arousal per face; NaN where they are not annotated
 * @param weakUnits the same by weak teachers, see {@link WeakUnits}; empty where no set has one
 * @param names name of each face, with its set, for messages
 */
public record FaceBatch(
    int size,
    int side,
    ByteBuffer pixels,
    float[] expressions,
    float[] units,
    float[] affect,
    float[] weakUnits,
    List<String> names) {
  /** Expressions that people annotate, in the order of {@link AnnotatedExpression}: 9. */
  public static final int CLASSES = AnnotatedExpression.values().length;

  /**
   * Returns how much the label of expression of a face counts.
   *
   * @param face its place
   * @return sum of its shares, 0 where it is not annotated
   */
  public float expressionWeight(int face) {
    float sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      sum += expressions[face * CLASSES + k];
    }
    return sum;
  }

  /**
   * Tells whether a unit of a face is annotated.
   *
   * @param face its place
   * @return true if at least one is
   */
  public boolean hasUnits(int face) {
    for (int u = 0; u < ActionUnit.COUNT; u++) {
      if (!Float.isNaN(units[face * ActionUnit.COUNT + u])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same faces with other labels of expression.
   *
   * @param shares as {@link #expressions}
   * @return changed copy
   */
  public FaceBatch withExpressions(float[] shares) {
    return new FaceBatch(size, side, pixels, shares, units, affect, weakUnits, names);
  }
}
