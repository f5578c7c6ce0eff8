package org.affect4j.training.loss.internal;

import ai.djl.ndarray.NDArray;

/**
 * Operations with numbers, for whatever a gradient is computed of.
 *
 * <p>{@link NDArray#mul(Number)}, {@code div}, {@code minimum} and {@code maximum} put the number
 * into an array of one value and close it at once. PyTorch keeps that array for the gradient, but
 * its memory belongs to Java and is freed by the next garbage collection: one between loss and
 * gradient makes the gradient arbitrary. Here the array lives as long as its manager.
 */
public final class Scalars {
  private Scalars() {}

  /**
   * Multiplies.
   *
   * @param array any shape
   * @param factor the number
   * @return each value times the number
   */
  public static NDArray times(NDArray array, double factor) {
    return array.mul(beside(array, factor));
  }

  /**
   * Limits from above.
   *
   * @param array any shape
   * @param most the number
   * @return the smaller one of each value and the number
   */
  public static NDArray atMost(NDArray array, double most) {
    return array.minimum(beside(array, most));
  }

  /**
   * Limits from below.
   *
   * @param array any shape
   * @param least the number
   * @return the larger one of each value and the number
   */
  public static NDArray atLeast(NDArray array, double least) {
    return array.maximum(beside(array, least));
  }

  /** As float: a double would turn a scalar array into one of doubles. */
  private static NDArray beside(NDArray array, double value) {
    return array.getManager().create((float) value);
  }
}
