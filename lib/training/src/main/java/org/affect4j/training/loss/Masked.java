package org.affect4j.training.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;

/** Means over what counts, and the checks that all losses share. */
final class Masked {
  /** Floats, as doubles would turn a scalar array into one of doubles. */
  private static final float TINY = 1e-12f;

  private Masked() {}

  /** The weighted mean of all values; 0 where all weights are 0. */
  static NDArray mean(NDArray values, NDArray weights) {
    return values.mul(weights).sum().div(weights.sum().maximum(TINY));
  }

  /** The weighted mean of each row; 0 where all its weights are 0. */
  static NDArray rowMeans(NDArray values, NDArray weights) {
    int[] last = {1};
    return values.mul(weights).sum(last).div(weights.sum(last).maximum(TINY));
  }

  /** 1 for rows in which anything counts, 0 for others. */
  static NDArray anyInRow(NDArray weights) {
    return weights.sum(new int[] {1}).gt(0).toType(weights.getDataType(), false);
  }

  /** {@code -log sigmoid(x)}, without overflow. */
  static NDArray minusLogSigmoid(NDArray logits) {
    return Activation.softPlus(logits.neg());
  }

  /** Expressions as rows of one 1, in the type of the logits; any row where there is no label. */
  static NDArray oneHot(NDArray labels, NDArray like) {
    long classes = like.getShape().get(1);
    return labels
        .toType(ai.djl.ndarray.types.DataType.INT64, false)
        .clip(0, classes - 1)
        .oneHot(Math.toIntExact(classes))
        .toType(like.getDataType(), false);
  }

  /** 1 where a label is 0 or more. */
  static NDArray known(NDArray labels, NDArray like) {
    return labels.gte(0).toType(like.getDataType(), false);
  }

  static void require(NDArray array, String what, long... shape) {
    if (!array.getShape().equals(new Shape(shape))) {
      throw new IllegalArgumentException(
          "%s: expected the shape %s, got %s"
              .formatted(what, Arrays.toString(shape), array.getShape()));
    }
  }

  static long rows(NDArray array, String what, long columns) {
    Shape shape = array.getShape();
    if (shape.dimension() != 2 || shape.get(1) != columns) {
      throw new IllegalArgumentException(
          "%s: expected the shape [batch, %d], got %s".formatted(what, columns, shape));
    }
    return shape.get(0);
  }
}
