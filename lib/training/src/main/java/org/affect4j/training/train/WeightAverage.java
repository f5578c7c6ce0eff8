package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import java.util.Map;

/**
 * A moving average of the weights, which generalises better than the last of them (Polyak and
 * Juditsky 1992). It starts fast, so that the first random weights are soon forgotten.
 */
final class WeightAverage {
  private static final double START = 10;

  private final Map<String, Parameter> from;
  private final Map<String, Parameter> to;
  private final double decay;

  /**
   * Joins two networks of one kind.
   *
   * @param from the network that is trained
   * @param to the network that holds the average
   * @param decay part of the average that a step keeps in the long run
   */
  WeightAverage(Map<String, Parameter> from, Map<String, Parameter> to, double decay) {
    this.from = from;
    this.to = to;
    this.decay = decay;
    // The average is never trained: nothing done to it is to be recorded.
    to.values().forEach(p -> p.getArray().setRequiresGradient(false));
  }

  /**
   * Adds the weights of this moment.
   *
   * @param number 1 for the first step
   */
  void step(long number) {
    float keep = (float) Math.min(decay, (number + 1) / (number + START));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      to.forEach(
          (name, average) -> {
            NDArray value = from.get(name).getArray().stopGradient();
            average.getArray().muli(keep).addi(value.mul(1 - keep));
          });
    }
  }
}
