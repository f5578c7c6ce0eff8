package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import java.util.Map;

/**
 * Makes the first map twice as large, by repeating pixels, and cuts it to the size of the second:
 * the way down a feature pyramid (Lin et al. 2017, section 3). The second may be one pixel smaller
 * than twice the first, as after a convolution of stride 2 on an odd side.
 */
public record Enlarging() implements Operation {
  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    if (inputs.size() != 2
        || !inputs.get(0).isMap()
        || !inputs.get(1).isMap()
        || !fits(inputs.get(0).height(), inputs.get(1).height())
        || !fits(inputs.get(0).width(), inputs.get(1).width())) {
      throw new IllegalArgumentException(
          "expected a map and another of twice its sides, or one pixel less, got " + inputs);
    }
    FeatureShape size = inputs.get(1);
    return FeatureShape.map(inputs.get(0).channels(), size.height(), size.width());
  }

  private static boolean fits(int small, int large) {
    return large == 2 * small || large == 2 * small - 1;
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    long height = inputs.get(1).getShape().get(2);
    long width = inputs.get(1).getShape().get(3);
    NDArray twice = inputs.get(0).repeat(2, 2).repeat(3, 2);
    return twice.getShape().get(2) == height && twice.getShape().get(3) == width
        ? twice
        : twice.get(new NDIndex(":, :, :{}, :{}", height, width));
  }
}
