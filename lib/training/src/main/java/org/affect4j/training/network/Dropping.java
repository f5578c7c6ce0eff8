package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.norm.Dropout;
import java.util.List;
import java.util.Map;

/**
 * Dropout: in training, values become zero at random and the others grow to keep the sum; otherwise
 * nothing happens.
 *
 * @param rate part of the values that become zero, 0 to below 1
 */
public record Dropping(double rate) implements Operation {
  /** Checks the rate. */
  public Dropping {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a dropout rate is 0 to below 1, got " + rate);
    }
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    return Operation.only(inputs);
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    return training && rate > 0 ? Dropout.dropout(x, (float) rate, true).singletonOrThrow() : x;
  }
}
