package org.affect4j.training.batch;

import java.nio.ByteBuffer;
import java.util.List;
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
 * @param names name of each face, with its set, for messages
 */
public record FaceBatch(
    int size,
    int side,
    ByteBuffer pixels,
    float[] expressions,
    float[] units,
    float[] affect,
    List<String> names) {
  /** Expressions that people annotate, in the order of {@link AnnotatedExpression}: 9. */
  public static final int CLASSES = AnnotatedExpression.values().length;
}
