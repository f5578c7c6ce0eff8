package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;

/**
 * A function of each value by itself.
 *
 * @param kind the function
 * @param slope factor of negative values; used by {@link Kind#LEAKY_RELU} only, 0 otherwise
 */
public record Activation(Kind kind, double slope) implements Operation {
  /** {@code max(x, 0)}. */
  public static final Activation RELU = new Activation(Kind.RELU, 0);

  /** {@code x / (1 + exp(-x))}. */
  public static final Activation SILU = new Activation(Kind.SILU, 0);

  /** {@code 1 / (1 + exp(-x))}. */
  public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0);

  /** Hyperbolic tangent. */
  public static final Activation TANH = new Activation(Kind.TANH, 0);

  /** The functions. */
  public enum Kind {
    /** Negative values become zero. */
    RELU,
    /** Negative values are multiplied by a slope. */
    LEAKY_RELU,
    /** A value times its own sigmoid. */
    SILU,
    /** To 0 to 1. */
    SIGMOID,
    /** To -1 to 1. */
    TANH
  }

  /** Checks the slope. */
  public Activation {
    if (kind == Kind.LEAKY_RELU ? !(slope > 0 && slope < 1) : slope != 0) {
      throw new IllegalArgumentException(
          "a slope is between 0 and 1 for LEAKY_RELU and 0 for others, got %s for %s"
              .formatted(slope, kind));
    }
  }

  /**
   * Returns the ReLU that lets a part of negative values through.
   *
   * @param slope that part, between 0 and 1; 0 gives the plain ReLU
   * @return the operation
   */
  public static Activation leakyRelu(double slope) {
    return slope == 0 ? RELU : new Activation(Kind.LEAKY_RELU, slope);
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    return Operation.only(inputs);
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    return switch (kind) {
      case RELU -> ai.djl.nn.Activation.relu(x);
      case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, (float) slope);
      case SILU -> x.mul(ai.djl.nn.Activation.sigmoid(x));
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(x);
      case TANH -> ai.djl.nn.Activation.tanh(x);
    };
  }
}
