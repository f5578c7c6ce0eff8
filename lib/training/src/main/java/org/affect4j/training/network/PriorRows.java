package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;

/**
 * A detector's map to one row per prior box: row by row of the map, then column by column, then the
 * priors of a pixel, as {@code PriorBoxes} lays them out.
 *
 * @param values values of one prior; the map has a multiple of them as channels
 */
public record PriorRows(int values) implements Operation {
  /** Checks the number. */
  public PriorRows {
    if (values < 1) {
      throw new IllegalArgumentException("a prior has 1 value or more, got " + values);
    }
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    FeatureShape in = Operation.onlyMap(inputs);
    if (in.channels() % values != 0) {
      throw new IllegalArgumentException(
          "%d channels are no multiple of %d values".formatted(in.channels(), values));
    }
    return FeatureShape.rows(Math.toIntExact(in.count() / values), values);
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    return x.transpose(0, 2, 3, 1).reshape(x.getShape().get(0), -1, values);
  }
}
