package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Recurrent;

/**
 * Writes recurrent layers, each as a node of its own between its part of the state before and after
 * it. ONNX puts the gates in another order than PyTorch, and applies the reset gate behind the
 * matrix, as PyTorch does, only where {@code linear_before_reset} is 1.
 */
final class RecurrentWriter {
  /** Update, reset, new of ONNX among reset, update, new of PyTorch. */
  private static final int[] GRU = {1, 0, 2};

  /** Input, output, forget, cell of ONNX among input, forget, cell, output of PyTorch. */
  private static final int[] LSTM = {0, 3, 1, 2};

  private final OnnxNodes graph;
  private final NetworkWeights weights;
  private final String node;
  private final Recurrent layers;
  private final boolean isGru;

  RecurrentWriter(OnnxNodes graph, NetworkWeights weights, String node, Recurrent layers) {
    this.graph = graph;
    this.weights = weights;
    this.node = node;
    this.layers = layers;
    this.isGru = layers.kind() == Recurrent.Kind.GRU;
  }

  /**
   * Adds the nodes.
   *
   * @param inputs frames of all sequences, time by time, and the states before them
   * @param width values of a frame
   * @param output name of the layers' output
   * @param next name of the states after the last frame
   */
  void write(List<String> inputs, int width, String output, String next) {
    String zero = graph.longs(node + "/zero", 0);
    String one = graph.longs(node + "/one", 1);
    String shape = graph.emit("Shape", node + "/shape", List.of(inputs.get(1)));
    String sequences = graph.emit("Slice", node + "/sequences", List.of(shape, zero, one));
    List<String> lengths =
        List.of(graph.longs(node + "/time", -1), sequences, graph.longs(node + "/width", width));
    String split = graph.emit("Concat", node + "/lengths", lengths, axis(0));
    String x = graph.emit("Reshape", node + "/frames", List.of(inputs.get(0), split));
    String before = swapped(node + "/before", inputs.get(1));
    List<String> hidden = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (int layer = 0; layer < layers.layers(); layer++) {
      String name = node + "/l" + layer;
      List<String> read = new ArrayList<>(List.of(x));
      read.addAll(constants(layer, layer == 0 ? width : layers.units()));
      read.add("");
      read.add(row(before, name + "/h", layer));
      List<String> made = new ArrayList<>(List.of(name + "/all", name + "/h_next"));
      hidden.add(name + "/h_next");
      List<AttributeProto> how = new ArrayList<>();
      how.add(OnnxGraph.integer("hidden_size", layers.units()));
      if (isGru) {
        how.add(OnnxGraph.integer("linear_before_reset", 1));
      } else {
        read.add(row(before, name + "/c", layers.layers() + layer));
        made.add(name + "/c_next");
        cells.add(name + "/c_next");
      }
      graph.emit(isGru ? "GRU" : "LSTM", made, read, how.toArray(AttributeProto[]::new));
      // The axis of directions, of which there is one.
      x = graph.emit("Squeeze", name + "/out", List.of(name + "/all", one));
    }
    hidden.addAll(cells);
    swapped(next, graph.emit("Concat", node + "/after", hidden, axis(0)));
    String flat = graph.longs(node + "/flat", -1, layers.units());
    graph.emit("Reshape", output, List.of(x, flat));
  }

  private static AttributeProto axis(int axis) {
    return OnnxGraph.integer("axis", axis);
  }

  private String swapped(String name, String from) {
    return graph.emit("Transpose", name, List.of(from), OnnxNodes.integers("perm", 1, 0, 2));
  }

  /** One row of the state, with its axis. */
  private String row(String states, String name, int row) {
    String from = graph.longs(name + "/from", row);
    String to = graph.longs(name + "/to", row + 1);
    return graph.emit("Slice", name, List.of(states, from, to));
  }

  /** Matrices of the input and of the state, and both biases in one. */
  private List<String> constants(int layer, int width) {
    int rows = layers.kind().gates() * layers.units();
    String w =
        graph.floats(
            node + ".weight_ih_l" + layer, reordered("weight_ih_l" + layer), 1, rows, width);
    String r =
        graph.floats(
            node + ".weight_hh_l" + layer,
            reordered("weight_hh_l" + layer),
            1,
            rows,
            layers.units());
    float[] both = new float[2 * rows];
    System.arraycopy(reordered("bias_ih_l" + layer), 0, both, 0, rows);
    System.arraycopy(reordered("bias_hh_l" + layer), 0, both, rows, rows);
    return List.of(w, r, graph.floats(node + ".bias_l" + layer, both, 1, 2 * rows));
  }

  /** A parameter with its gates in ONNX's order. */
  private float[] reordered(String parameter) {
    float[] from = weights.values(node + "." + parameter);
    float[] to = new float[from.length];
    int[] order = isGru ? GRU : LSTM;
    int gate = from.length / order.length;
    for (int g = 0; g < order.length; g++) {
      System.arraycopy(from, order[g] * gate, to, g * gate, gate);
    }
    return to;
  }
}
