package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation over the first axis after the batch (Ioffe and Szegedy 2015), for maps and
 * vectors. At inference it uses running statistics and is folded into the weights before it.
 *
 * @param initialScale scale before training; 0 makes a residual branch start as nothing
 */
public record BatchNormalisation(double initialScale) implements Operation {
  /** Added to the variance. */
  public static final float EPSILON = 1e-5f;

  /** The part of the running statistics that one step keeps. */
  public static final float KEPT = .9f;

  /** Scale 1. */
  public BatchNormalisation() {
    this(1);
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    FeatureShape in = Operation.only(inputs);
    if (!in.isMap() && !in.isVector()) {
      throw new IllegalArgumentException("expected a map or a vector, got " + in);
    }
    return in;
  }

  @Override
  public List<ParameterSpec> parameters(List<FeatureShape> inputs) {
    List<Integer> channels = List.of(Operation.only(inputs).channels());
    return List.of(
        new ParameterSpec(
            "scale", channels, Parameter.Type.GAMMA, InitialValues.constant(initialScale)),
        new ParameterSpec("shift", channels, Parameter.Type.BETA, InitialValues.constant(0)),
        new ParameterSpec(
            "running_mean", channels, Parameter.Type.RUNNING_MEAN, InitialValues.constant(0)),
        new ParameterSpec(
            "running_variance", channels, Parameter.Type.RUNNING_VAR, InitialValues.constant(1)));
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    return BatchNorm.batchNorm(
            inputs.singletonOrThrow(),
            parameters.get("running_mean"),
            parameters.get("running_variance"),
            parameters.get("scale"),
            parameters.get("shift"),
            1,
            KEPT,
            EPSILON,
            training)
        .singletonOrThrow();
  }
}
