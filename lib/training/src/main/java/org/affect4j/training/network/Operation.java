package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;

/**
 * One step of a network: what it makes of the shapes and values of its inputs, and which parameters
 * it owns. Implementations are immutable values.
 *
 * <p>The export to ONNX knows the operations of this package; another one can be trained, but not
 * exported.
 */
public interface Operation {
  /**
   * Returns the shape of the output.
   *
   * @param inputs shapes of the inputs
   * @return shape of the output
   * @throws IllegalArgumentException if the inputs do not fit
   */
  FeatureShape shape(List<FeatureShape> inputs);

  /**
   * Returns the parameters.
   *
   * @param inputs shapes of the inputs
   * @return the parameters; none by default
   */
  default List<ParameterSpec> parameters(List<FeatureShape> inputs) {
    return List.of();
  }

  /**
   * Returns the multiplications with a following addition that one sample takes, as papers count
   * them: those of convolutions and fully connected layers.
   *
   * @param inputs shapes of the inputs
   * @return multiply-accumulates; 0 by default
   */
  default long multiplyAccumulates(List<FeatureShape> inputs) {
    return 0;
  }

  /**
   * Computes the output.
   *
   * @param inputs inputs with a leading batch axis
   * @param parameters this operation's parameters by name
   * @param training whether dropout and batch statistics are in use
   * @return the output with a leading batch axis
   */
  NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training);

  /**
   * Returns the only input, which must be a map.
   *
   * @param inputs shapes of the inputs
   * @return the shape of the one input
   * @throws IllegalArgumentException if there is another number of inputs, or it is no map
   */
  static FeatureShape onlyMap(List<FeatureShape> inputs) {
    FeatureShape only = only(inputs);
    if (!only.isMap()) {
      throw new IllegalArgumentException(
          "expected a map of channels, height and width, got " + only);
    }
    return only;
  }

  /**
   * Returns the only input.
   *
   * @param inputs shapes of the inputs
   * @return the shape of the one input
   * @throws IllegalArgumentException if there is another number of inputs
   */
  static FeatureShape only(List<FeatureShape> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("expected one input, got " + inputs);
    }
    return inputs.get(0);
  }
}
