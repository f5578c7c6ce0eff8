package org.affect4j.training.sequence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.Recurrent;

/** Runs a network on frames of one sequence or more, from the states that earlier frames left. */
final class FrameRun {
  private final NetworkBlock network;
  private final NDManager manager;
  private final List<String> inputs;
  private final List<String> states;

  /**
   * Runs nothing yet.
   *
   * @param manager owner of all arrays
   */
  FrameRun(NetworkBlock network, NDManager manager) {
    this.network = network;
    this.manager = manager;
    this.inputs = List.copyOf(frameInputs(network.spec()).keySet());
    this.states =
        network.spec().inputs().keySet().stream().filter(network.spec()::isOfSequence).toList();
  }

  /** What a network reads of each frame, beside its states. */
  static Map<String, FeatureShape> frameInputs(NetworkSpec network) {
    Map<String, FeatureShape> inputs = new LinkedHashMap<>(network.inputs());
    inputs.keySet().removeIf(network::isOfSequence);
    return inputs;
  }

  /**
   * Runs the network.
   *
   * @param frames rows of each input
   * @param before the states, in the order of the network's inputs
   * @return all outputs
   */
  NDList run(Map<String, float[][]> frames, NDList before, boolean training) {
    NDList all = new NDList();
    for (String input : inputs) {
      float[][] rows = frames.get(input);
      FloatBuffer values = FloatBuffer.allocate(rows.length * rows[0].length);
      Arrays.stream(rows).forEach(values::put);
      all.add(manager.create(values.flip(), shape(rows.length, input)));
    }
    all.addAll(before);
    return network.forward(new ParameterStore(manager, false), all, training);
  }

  private Shape shape(long first, String input) {
    LongStream lengths = network.spec().inputs().get(input).lengths().stream().mapToLong(l -> l);
    return new Shape(LongStream.concat(LongStream.of(first), lengths).toArray());
  }

  /** States of one sequence before its first frame. */
  NDList zeros() {
    NDList zeros = new NDList();
    states.forEach(name -> zeros.add(manager.zeros(shape(1, name))));
    return zeros;
  }

  /** The states among the outputs, for what follows, without gradients. */
  NDList next(NDList outputs) {
    NDList next = new NDList();
    for (String name : states) {
      int place = network.spec().outputNames().indexOf(Recurrent.next(name));
      next.add(outputs.get(place).stopGradient());
    }
    return next;
  }

  /** The states that frames before several sequences leave, without gradients. */
  NDList after(List<Map<String, float[][]>> before) {
    List<NDList> each = new ArrayList<>();
    for (Map<String, float[][]> frames : before) {
      boolean none = states.isEmpty() || frames.values().iterator().next().length == 0;
      each.add(none ? zeros() : next(run(frames, zeros(), false)));
    }
    NDList joined = new NDList();
    for (int i = 0; i < states.size(); i++) {
      int place = i;
      NDArray[] parts = each.stream().map(list -> list.get(place)).toArray(NDArray[]::new);
      // The engine joins no fewer than two.
      joined.add(parts.length == 1 ? parts[0] : NDArrays.concat(new NDList(parts)));
    }
    return joined;
  }
}
