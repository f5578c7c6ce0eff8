package org.affect4j.training.network;

import ai.djl.nn.Parameter;
import java.util.List;

/**
 * One array of numbers that an operation owns.
 *
 * @param name name inside the operation, such as {@code weight}
 * @param lengths lengths of its axes
 * @param type what it is; running statistics are not trained and not counted
 * @param start its values before training
 */
public record ParameterSpec(
    String name, List<Integer> lengths, Parameter.Type type, InitialValues start) {
  /** Copies and checks the lengths. */
  public ParameterSpec {
    lengths = List.copyOf(lengths);
    if (lengths.isEmpty() || lengths.stream().anyMatch(l -> l < 1)) {
      throw new IllegalArgumentException(
          "parameter '%s' needs lengths of 1 or more, got %s".formatted(name, lengths));
    }
  }

  /**
   * Returns the number of values.
   *
   * @return the product of the lengths
   */
  public int count() {
    return lengths.stream().reduce(1, Math::multiplyExact);
  }

  /**
   * Tells whether the values are learned by gradient descent.
   *
   * @return false for running statistics
   */
  public boolean isTrained() {
    return type != Parameter.Type.RUNNING_MEAN && type != Parameter.Type.RUNNING_VAR;
  }
}
