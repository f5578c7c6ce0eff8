package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;

/** All values of a sample as one vector, channel by channel. */
public record Flattening() implements Operation {
  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    return FeatureShape.vector(Math.toIntExact(Operation.only(inputs).count()));
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    return x.reshape(x.getShape().get(0), -1);
  }
}
