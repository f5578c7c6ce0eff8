package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fully connected layer: every output is a weighted sum of all inputs.
 *
 * @param values number of outputs
 * @param bias whether a bias is added; not needed before batch normalisation
 */
public record FullyConnected(int values, boolean bias) implements Operation {
  /** Checks the size. */
  public FullyConnected {
    if (values < 1) {
      throw new IllegalArgumentException("a layer needs 1 output or more, got " + values);
    }
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    FeatureShape in = Operation.only(inputs);
    if (!in.isVector()) {
      throw new IllegalArgumentException("expected a vector, got " + in + "; flatten it first");
    }
    return FeatureShape.vector(values);
  }

  @Override
  public List<ParameterSpec> parameters(List<FeatureShape> inputs) {
    int in = Operation.only(inputs).channels();
    List<ParameterSpec> all = new ArrayList<>();
    // Outputs as large as the inputs, whatever follows: some of these layers are the last.
    all.add(
        new ParameterSpec(
            "weight",
            List.of(values, in),
            Parameter.Type.WEIGHT,
            InitialValues.normal(Math.sqrt(1.0 / in))));
    if (bias) {
      all.add(
          new ParameterSpec(
              "bias", List.of(values), Parameter.Type.BIAS, InitialValues.constant(0)));
    }
    return all;
  }

  @Override
  public long multiplyAccumulates(List<FeatureShape> inputs) {
    return (long) values * Operation.only(inputs).channels();
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    return Linear.linear(
            inputs.singletonOrThrow(), parameters.get("weight"), parameters.get("bias"))
        .singletonOrThrow();
  }
}
