package org.affect4j.training.train.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest {
  /**
   * Algorithm 2 of Loshchilov and Hutter, in doubles, for one value and gradients that are given.
   */
  private static double reference(double start, double[] gradients, double rate, double decay) {
    double w = start;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      m = .9 * m + .1 * g;
      v = .999 * v + .001 * g * g;
      w -=
          rate
              * (m / (1 - Math.pow(.9, t)) / (Math.sqrt(v / (1 - Math.pow(.999, t))) + 1e-8)
                  + decay * w);
    }
    return w;
  }

  private static double run(Parameter.Type type, double[] gradients, double decay, double norm) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameter parameter = Parameter.builder().setName("w").setType(type).build();
      NDArray value = manager.create(new float[] {2});
      parameter.setArray(value);
      AdamW optimiser = new AdamW(Map.of("w", parameter), decay, norm, manager);
      for (int t = 0; t < gradients.length; t++) {
        try (NDManager scratch = manager.newSubManager();
            GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray slope = scratch.create((float) gradients[t]);
          collector.backward(slope.mul(value).sum());
        }
        assertEquals(
            Math.abs(gradients[t]), optimiser.step(t + 1, .1), 1e-6 * Math.abs(gradients[t]));
      }
      return value.getFloat();
    }
  }

  @Test
  void followsTheAlgorithm() {
    double[] gradients = {.5, -1, 3, .01};
    assertEquals(
        reference(2, gradients, .1, .3), run(Parameter.Type.WEIGHT, gradients, .3, 9), 1e-5);
  }

  @Test
  void biasesDoNotDecay() {
    double[] gradients = {.5, -1};
    assertEquals(reference(2, gradients, .1, 0), run(Parameter.Type.BIAS, gradients, .3, 9), 1e-5);
  }

  @Test
  void longGradientsAreShortened() {
    assertEquals(
        reference(2, new double[] {.5, -1}, .1, .3),
        run(Parameter.Type.WEIGHT, new double[] {.5, -40}, .3, 1),
        1e-5);
  }

  @Test
  void theScheduleRisesAndFalls() {
    LearningRate rate = new LearningRate(.2, 10, 110);
    assertEquals(.02, rate.at(0), 1e-12);
    assertEquals(.2, rate.at(9), 1e-12);
    assertEquals(.2, rate.at(10), 1e-12);
    assertEquals(.1, rate.at(60), 1e-12);
    assertEquals(.2 * .5 * (1 + Math.cos(Math.PI * .99)), rate.at(109), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> new LearningRate(.2, 10, 10));
    assertThrows(IllegalArgumentException.class, () -> new LearningRate(0, 0, 10));
  }
}
