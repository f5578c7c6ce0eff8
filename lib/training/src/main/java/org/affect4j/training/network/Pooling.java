package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.Map;

/**
 * The largest or the mean value of square windows.
 *
 * @param kind which
 * @param kernel side of the window in pixels
 * @param stride pixels between neighbouring windows
 * @param padding pixels around the map that no maximum counts; means take none, because DJL and
 *     ONNX Runtime disagree on whether they count
 */
public record Pooling(Kind kind, int kernel, int stride, int padding) implements Operation {
  /** What is taken from a window. */
  public enum Kind {
    /** The largest value. */
    MAXIMUM,
    /** The mean. */
    MEAN
  }

  /** Checks the sizes. */
  public Pooling {
    if (kind == Kind.MEAN && padding != 0) {
      throw new IllegalArgumentException("a pool of means takes no padding, got " + padding);
    }
    if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2) {
      throw new IllegalArgumentException(
          "a pool needs kernel and stride of 1 or more and at most half a kernel of padding, got"
              + " %d, %d, %d".formatted(kernel, stride, padding));
    }
  }

  /** Length of an axis after windows of one size were moved over it. */
  static int outputLength(int length, int kernel, int stride, int padding) {
    int room = length + 2 * padding - kernel;
    if (room < 0) {
      throw new IllegalArgumentException(
          "a side of %d pixels is smaller than the kernel of %d".formatted(length, kernel));
    }
    return room / stride + 1;
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    FeatureShape in = Operation.onlyMap(inputs);
    return FeatureShape.map(
        in.channels(),
        outputLength(in.height(), kernel, stride, padding),
        outputLength(in.width(), kernel, stride, padding));
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    NDArray x = inputs.singletonOrThrow();
    Shape size = new Shape(kernel, kernel);
    Shape step = new Shape(stride, stride);
    Shape pad = new Shape(padding, padding);
    return kind == Kind.MAXIMUM
        ? Pool.maxPool2d(x, size, step, pad, false)
        : Pool.avgPool2d(x, size, step, pad, false, false);
  }
}
