package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;

/** The mean of each channel of a map, which stays a map of one pixel. */
public record GlobalMean() implements Operation {
  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    return FeatureShape.map(Operation.onlyMap(inputs).channels(), 1, 1);
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    return Pool.globalAvgPool2d(x).reshape(x.getShape().get(0), -1, 1, 1);
  }
}
