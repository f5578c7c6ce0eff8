package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;

/**
 * A further input of the network, beside {@link NetworkSpec#INPUT}: landmarks, a spectrogram, the
 * state of a recurrent layer. The node that holds it reads nothing and bears the input's name.
 *
 * @param shape shape of one sample
 * @param ofSequence whether there is one of it for each sequence, rather than for each frame
 */
public record Given(FeatureShape shape, boolean ofSequence) implements Operation {
  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    return shape;
  }

  /** Not to be called: what is given is not computed. */
  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    throw new IllegalStateException("an input is given, not computed");
  }
}
