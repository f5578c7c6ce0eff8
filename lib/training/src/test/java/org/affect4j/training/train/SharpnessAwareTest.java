package org.affect4j.training.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharpnessAwareTest {
  /** Adds the gradient of the sum of {@code w^4 / 4}, which is {@code w^3}. */
  private static void differentiate(Map<String, Parameter> parameters) {
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray loss =
          parameters.values().stream()
              .map(p -> p.getArray())
              .map(w -> w.mul(w).mul(w).mul(w).mul(w.getManager().create(.25f)).sum())
              .reduce(NDArray::add)
              .orElseThrow();
      gradients.backward(loss);
    }
  }

  @Test
  void theGradientThatCountsIsThatOfTheHigherPlace() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      float[][] start = {{1, 2}, {-1}};
      for (float[] values : start) {
        Parameter parameter =
            Parameter.builder().setName("w").setType(Parameter.Type.WEIGHT).build();
        parameter.setArray(manager.create(values));
        parameter.getArray().setRequiresGradient(true);
        parameters.put("w" + parameters.size(), parameter);
      }
      SharpnessAware ascent = new SharpnessAware(parameters, .1);
      differentiate(parameters);
      // The gradient is 1, 8 and -1.
      double step = .1 / Math.sqrt(66);
      double[] higher = {1 + step, 2 + 8 * step, -1 - step};
      try (NDManager scratch = manager.newSubManager()) {
        Map<String, NDArray> before = ascent.climb(scratch);
        assertArrayEquals(
            new float[] {(float) higher[0], (float) higher[1]}, values(parameters, "w0"), 1e-6f);
        differentiate(parameters);
        ascent.undo(before);
      }
      assertArrayEquals(start[0], values(parameters, "w0"));
      assertArrayEquals(start[1], values(parameters, "w1"));
      assertArrayEquals(
          new float[] {(float) Math.pow(higher[0], 3), (float) Math.pow(higher[1], 3)},
          gradient(parameters, "w0"),
          1e-4f);
      assertArrayEquals(
          new float[] {(float) Math.pow(higher[2], 3)}, gradient(parameters, "w1"), 1e-4f);
    }
  }

  private static float[] values(Map<String, Parameter> parameters, String name) {
    return parameters.get(name).getArray().toFloatArray();
  }

  private static float[] gradient(Map<String, Parameter> parameters, String name) {
    return parameters.get(name).getArray().getGradient().toFloatArray();
  }
}
