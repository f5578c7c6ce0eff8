package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two or more inputs to one output. */
public enum Combination implements Operation {
  /** The sum of inputs of one shape. */
  ADD,
  /** A map times a map of the same channels and one pixel, as in squeeze-and-excitation. */
  SCALE,
  /** Inputs one behind the other along channels, rows, or the values of vectors. */
  JOIN;

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException(this + " needs two inputs or more, got " + inputs);
    }
    FeatureShape first = inputs.get(0);
    return switch (this) {
      case ADD -> {
        requireAll(inputs, inputs.stream().allMatch(first::equals), "of one shape");
        yield first;
      }
      case SCALE -> {
        requireAll(
            inputs,
            inputs.size() == 2
                && first.isMap()
                && inputs.get(1).equals(FeatureShape.map(first.channels(), 1, 1)),
            "a map and a factor for each of its channels");
        yield first;
      }
      case JOIN -> {
        List<Integer> rest = first.lengths().subList(1, first.lengths().size());
        requireAll(
            inputs,
            inputs.stream().allMatch(s -> s.lengths().subList(1, s.lengths().size()).equals(rest)),
            "that differ in the first length only");
        List<Integer> joined = new ArrayList<>(first.lengths());
        joined.set(0, inputs.stream().mapToInt(FeatureShape::channels).sum());
        yield new FeatureShape(joined);
      }
    };
  }

  private void requireAll(List<FeatureShape> inputs, boolean fits, String expected) {
    if (!fits) {
      throw new IllegalArgumentException(
          "%s needs inputs %s, got %s".formatted(this, expected, inputs));
    }
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    if (this == JOIN) {
      return inputs.get(0).getNDArrayInternal().concat(inputs.subNDList(1), 1);
    }
    NDArray result = inputs.get(0);
    for (NDArray other : inputs.subNDList(1)) {
      result = this == ADD ? result.add(other) : result.mul(other);
    }
    return result;
  }
}
