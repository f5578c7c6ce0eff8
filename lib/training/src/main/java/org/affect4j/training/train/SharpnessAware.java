package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.training.train.internal.AdamW;

/**
 * A short way uphill, at whose end the gradient that counts is computed: so training seeks weights
 * around which the loss is low, rather than weights at which it is lowest (sharpness-aware
 * minimisation; Foret et al. 2021, eq. 2, {@code e = rho g / |g|}, and algorithm 1).
 */
final class SharpnessAware {
  private final Map<String, Parameter> parameters;
  private final double radius;

  /**
   * Describes the way.
   *
   * @param parameters what is trained, by name
   * @param radius its length, rho; positive
   */
  SharpnessAware(Map<String, Parameter> parameters, double radius) {
    this.parameters = parameters;
    this.radius = radius;
  }

  /**
   * Moves the weights along the gradients that were computed, and sets these to zero.
   *
   * @param manager owner of the result
   * @return the weights as they were, by name, for {@link #undo}
   */
  Map<String, NDArray> climb(NDManager manager) {
    double norm = AdamW.norm(parameters.values());
    float factor = Double.isFinite(norm) && norm > 0 ? (float) (radius / norm) : 0;
    Map<String, NDArray> before = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          NDArray value = parameter.getArray();
          NDArray gradient = value.getGradient();
          value.setRequiresGradient(false);
          NDArray copy = value.duplicate();
          copy.attach(manager);
          before.put(name, copy);
          if (factor > 0) {
            try (NDArray way = gradient.mul(factor)) {
              value.addi(way);
            }
          }
          gradient.muli(0f);
          value.setRequiresGradient(true);
        });
    return before;
  }

  /** Puts the weights back to where they were; gradients stay. */
  void undo(Map<String, NDArray> before) {
    before.forEach(
        (name, values) -> {
          NDArray value = parameters.get(name).getArray();
          value.setRequiresGradient(false);
          values.copyTo(value);
          value.setRequiresGradient(true);
        });
  }
}
