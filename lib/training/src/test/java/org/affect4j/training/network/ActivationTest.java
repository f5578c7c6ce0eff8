package org.affect4j.training.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.affect4j.training.loss.Gradients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {
  static Activation[] all() {
    return new Activation[] {
      Activation.RELU,
      Activation.leakyRelu(.1),
      Activation.SILU,
      Activation.SIGMOID,
      Activation.TANH
    };
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseOfTheFunction(Activation activation) {
    double[] at = {-3, -.7, -.1, .2, 1.1, 4};
    Gradients.check(
        at, new Shape(2, 3), x -> activation.apply(new NDList(x), Map.of(), true).square().sum());
  }
}
