package org.affect4j.training.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.function.UnaryOperator;

/**
 * Compares DJL's gradient with differences of the loss, in double precision. Garbage is collected
 * between the two: what the gradient needs must outlive it.
 */
public final class Gradients {
  private static final double STEP = 1e-5;

  private Gradients() {}

  /** Checks the gradient at every value, and that it is not zero everywhere. */
  public static void check(double[] at, Shape shape, UnaryOperator<NDArray> loss) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(at, shape);
      x.setRequiresGradient(true);
      double[] gradient;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray value = loss.apply(x);
        collectGarbage(manager);
        collector.backward(value);
        gradient = x.getGradient().toDoubleArray();
      }
      double largest = 0;
      for (int i = 0; i < at.length; i++) {
        double expected =
            (value(manager, at, i, STEP, shape, loss) - value(manager, at, i, -STEP, shape, loss))
                / (2 * STEP);
        int index = i;
        assertEquals(expected, gradient[i], 1e-6, () -> "gradient of value " + index);
        largest = Math.max(largest, Math.abs(expected));
      }
      assertTrue(largest > 1e-4, "the loss does not depend on the values");
    }
  }

  /** Collects garbage and fills the memory that it frees with values that are no numbers. */
  public static void collectGarbage(NDManager manager) {
    System.gc();
    try {
      // Another thread frees the memory of buffers that were collected.
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    try (NDManager own = manager.newSubManager()) {
      for (int i = 0; i < 500; i++) {
        own.create(Double.NaN);
      }
    }
  }

  private static double value(
      NDManager manager,
      double[] at,
      int index,
      double step,
      Shape shape,
      UnaryOperator<NDArray> loss) {
    double[] moved = at.clone();
    moved[index] += step;
    try (NDManager own = manager.newSubManager()) {
      return loss.apply(own.create(moved, shape)).toDoubleArray()[0];
    }
  }
}
