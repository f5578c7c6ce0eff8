package org.affect4j.training.quantise;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** One input of a network: float values with a shape, row by row. Immutable. */
public final class CalibrationTensor {
  private final FloatBuffer values;
  private final long[] shape;

  private CalibrationTensor(FloatBuffer values, long[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /**
   * Makes a tensor.
   *
   * @param values the values, which are copied
   * @param shape lengths of the dimensions, each 1 or more
   * @return the tensor
   * @throws IllegalArgumentException if the shape has another number of values
   */
  public static CalibrationTensor of(float[] values, long... shape) {
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (size != values.length || Arrays.stream(shape).anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(
          "shape %s does not fit %d values".formatted(Arrays.toString(shape), values.length));
    }
    return new CalibrationTensor(FloatBuffer.wrap(values.clone()), shape.clone());
  }

  /**
   * Returns the values.
   *
   * @return a read-only view of its own position
   */
  public FloatBuffer values() {
    return values.asReadOnlyBuffer();
  }

  /**
   * Returns the shape.
   *
   * @return lengths of the dimensions, a copy
   */
  public long[] shape() {
    return shape.clone();
  }
}
