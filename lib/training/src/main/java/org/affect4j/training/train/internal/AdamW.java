package org.affect4j.training.train.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam with weight decay that is decoupled from the gradient (Loshchilov and Hutter 2019, algorithm
 * 2) and a limit to the norm of the whole gradient (Pascanu et al. 2013). Only weights decay, not
 * biases and scales.
 *
 * <p>DJL's own optimiser keeps its moments to itself, so that a run could not go on from a
 * checkpoint, and limits single values, which changes the gradient's direction. Not thread-safe.
 */
public final class AdamW {
  private static final float BETA1 = .9f;
  private static final float BETA2 = .999f;
  private static final float EPSILON = 1e-8f;

  private final Map<String, Parameter> parameters;
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();
  private final double weightDecay;
  private final double mostNorm;

  /**
   * Makes an optimiser without memory.
   *
   * @param parameters what is trained, initialised, by name
   * @param weightDecay part of a weight that is lost per step at rate 1
   * @param mostNorm longest gradient that is taken as it is
   * @param manager owner of the moments
   */
  public AdamW(
      Map<String, Parameter> parameters, double weightDecay, double mostNorm, NDManager manager) {
    this.parameters = parameters;
    this.weightDecay = weightDecay;
    this.mostNorm = mostNorm;
    parameters.forEach(
        (name, p) -> {
          p.getArray().setRequiresGradient(true);
          first.put(name, manager.zeros(p.getArray().getShape()));
          second.put(name, manager.zeros(p.getArray().getShape()));
        });
  }

  /** First moments by parameter; their values may be replaced. */
  public Map<String, NDArray> first() {
    return first;
  }

  /** Second moments by parameter; their values may be replaced. */
  public Map<String, NDArray> second() {
    return second;
  }

  /** Norm of the whole gradient of some parameters. */
  public static double norm(Collection<Parameter> parameters) {
    double square = 0;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Parameter parameter : parameters) {
        square += parameter.getArray().getGradient().square().sum().getFloat();
      }
    }
    return Math.sqrt(square);
  }

  /**
   * Takes one step with the gradients that were computed, and sets them to zero.
   *
   * @param number 1 for the first step
   * @param rate the learning rate
   * @return norm of the gradient before it was limited; nothing is changed if it is not finite
   */
  public double step(long number, double rate) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> gradients = new LinkedHashMap<>();
      parameters.forEach((name, p) -> gradients.put(name, p.getArray().getGradient()));
      double norm = norm(parameters.values());
      if (!Double.isFinite(norm)) {
        return norm;
      }
      if (norm > mostNorm) {
        float factor = (float) (mostNorm / norm);
        gradients.values().forEach(g -> g.muli(factor));
      }
      // Threads other than the one that started the engine record operations for gradients, and
      // refuse to change in place what wants a gradient.
      parameters.values().forEach(p -> p.getArray().setRequiresGradient(false));
      float correction1 = (float) (1 - Math.pow(BETA1, number));
      float correction2 = (float) (1 - Math.pow(BETA2, number));
      gradients.forEach(
          (name, g) -> {
            Parameter parameter = parameters.get(name);
            NDArray value = parameter.getArray();
            NDArray m = first.get(name).muli(BETA1).addi(g.mul(1 - BETA1));
            NDArray v = second.get(name).muli(BETA2).addi(g.square().muli(1 - BETA2));
            if (parameter.getType() == Parameter.Type.WEIGHT) {
              value.muli((float) (1 - rate * weightDecay));
            }
            NDArray scale = v.div(correction2).sqrt().addi(EPSILON);
            value.subi(m.div(scale).muli((float) (rate / correction1)));
            g.muli(0f);
          });
      parameters.values().forEach(p -> p.getArray().setRequiresGradient(true));
      return norm;
    }
  }
}
