package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Recurrent layers above each other: gated recurrent units (Cho et al. 2014, Learning Phrase
 * Representations, section 2.3, with the reset gate applied after the matrix, as PyTorch has it) or
 * long short-term memory (Hochreiter and Schmidhuber 1997, with a forget gate).
 *
 * <p>The batch axis of the first input holds frames, time by time: the first frame of every
 * sequence, then the second of every sequence. The second input is the state that each sequence
 * begins with, {@code [sequences, {@link #state()}]}; as many frames of each sequence are read as
 * the two batch axes say. Beside the output, {@code [frames, units]} in the order of the frames,
 * there is the state after the last frame, under the node's name with {@link #NEXT} behind it.
 *
 * <p>Parameters are those of PyTorch, for layer k {@code weight_ih_lk}, {@code weight_hh_lk},
 * {@code bias_ih_lk}, {@code bias_hh_lk}, with the gates r, z, n or i, f, g, o below each other.
 *
 * @param kind which
 * @param layers number of layers, 1 or more
 * @param units values of each layer, 1 or more
 * @param dropout part of the values that is dropped in training between two layers, 0 to below 1
 */
public record Recurrent(Kind kind, int layers, int units, double dropout) implements Operation {
  /** What is put behind a node's name for the input that is its state before the first frame. */
  public static final String STATE = ".state";

  /** What is put behind a node's name for its state after the last frame. */
  public static final String NEXT = ".next_state";

  /** What a layer owns, in the order of PyTorch; its number follows. */
  private static final List<String> OWNED =
      List.of("weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l");

  /** The two kinds of layers. */
  public enum Kind {
    /** Gated recurrent units; gates r, z, n; the state is the output. */
    GRU(3, 1),
    /** Long short-term memory; gates i, f, g, o; the state is outputs and then cells. */
    LSTM(4, 2);

    private final int gates;
    private final int parts;

    Kind(int gates, int parts) {
      this.gates = gates;
      this.parts = parts;
    }

    /**
     * Returns the number of matrices of a layer that lie below each other.
     *
     * @return 3 or 4
     */
    public int gates() {
      return gates;
    }
  }

  /** Checks the sizes. */
  public Recurrent {
    if (layers < 1 || units < 1 || !(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "expected 1 layer or more of 1 unit or more and a dropout of 0 to below 1, got %d, %d, %s"
              .formatted(layers, units, dropout));
    }
  }

  /**
   * Returns the shape of the state of one sequence.
   *
   * @return a row of values for each layer; of LSTM all outputs, then all cells
   */
  public FeatureShape state() {
    return FeatureShape.rows(layers * kind.parts, units);
  }

  /**
   * Returns the output that goes into an input for the next frame.
   *
   * @param state name of an input that is a state
   * @return the same with {@link #NEXT} in place of {@link #STATE}
   */
  public static String next(String state) {
    return state.substring(0, state.length() - STATE.length()) + NEXT;
  }

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    if (inputs.size() != 2 || !inputs.get(0).isVector() || !inputs.get(1).equals(state())) {
      throw new IllegalArgumentException(
          "expected a vector for each frame and a state of %s, got %s".formatted(state(), inputs));
    }
    return FeatureShape.vector(units);
  }

  private int width(List<FeatureShape> inputs, int layer) {
    return layer == 0 ? inputs.get(0).channels() : units;
  }

  @Override
  public List<ParameterSpec> parameters(List<FeatureShape> inputs) {
    int rows = kind.gates * units;
    List<ParameterSpec> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      for (String name : OWNED) {
        int columns = name.contains("_ih_") ? width(inputs, layer) : units;
        all.add(
            name.startsWith("weight")
                ? new ParameterSpec(
                    name + layer,
                    List.of(rows, columns),
                    Parameter.Type.WEIGHT,
                    InitialValues.normal(Math.sqrt(1.0 / columns)))
                : new ParameterSpec(
                    name + layer, List.of(rows), Parameter.Type.BIAS, InitialValues.constant(0)));
      }
    }
    return all;
  }

  @Override
  public long multiplyAccumulates(List<FeatureShape> inputs) {
    long sum = 0;
    for (int layer = 0; layer < layers; layer++) {
      sum += (long) kind.gates * units * (width(inputs, layer) + units);
    }
    return sum;
  }

  @Override
  public NDArray apply(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    return run(inputs, parameters, training).get(0);
  }

  /** Returns the output and the state after the last frame. */
  NDList run(NDList inputs, Map<String, NDArray> parameters, boolean training) {
    long frames = inputs.get(0).getShape().get(0);
    long sequences = inputs.get(1).getShape().get(0);
    if (frames % sequences != 0) {
      throw new IllegalArgumentException(
          "%d frames are no whole number of frames of each of %d sequences"
              .formatted(frames, sequences));
    }
    NDArray x = inputs.get(0).reshape(frames / sequences, sequences, -1);
    NDList before = inputs.get(1).swapAxes(0, 1).split(kind.parts);
    NDList weights = new NDList();
    for (int layer = 0; layer < layers; layer++) {
      for (String name : OWNED) {
        weights.add(parameters.get(name + layer));
      }
    }
    NDArrayEx engine = x.getNDArrayInternal();
    NDList found =
        switch (kind) {
          case GRU ->
              engine.gru(x, before.get(0), weights, true, layers, dropout, training, false, false);
          case LSTM ->
              engine.lstm(x, before, weights, true, layers, dropout, training, false, false);
        };
    NDArray after = kind == Kind.GRU ? found.get(1) : found.get(1).concat(found.get(2), 0);
    return new NDList(found.get(0).reshape(frames, units), after.swapAxes(0, 1));
  }
}
