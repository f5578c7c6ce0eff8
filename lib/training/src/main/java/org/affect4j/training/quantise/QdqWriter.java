package org.affect4j.training.quantise;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.affect4j.training.export.internal.GraphSimplifier;
import org.affect4j.training.export.internal.OnnxGraph;

/** Writes a graph in which quantised tensors pass through QuantizeLinear and DequantizeLinear. */
final class QdqWriter {
  private final OnnxGraph graph;
  private final Set<NodeProto> quantised;
  private final Map<String, ValueRange> ranges;

  /** The mean of each channel that a layer reads, where biases are corrected. */
  private final Map<String, float[]> means;

  private final WeightRange weights;
  private final Optional<ByteInput> byteInput;
  private final GraphProto.Builder out;
  private final Set<String> names;

  /** What readers of a tensor read in its place. */
  private final Map<String, String> replacement = new HashMap<>();

  QdqWriter(
      OnnxGraph graph,
      Set<NodeProto> quantised,
      Map<String, ValueRange> ranges,
      Map<String, float[]> means,
      WeightRange weights,
      Optional<ByteInput> byteInput) {
    this.graph = graph;
    this.quantised = quantised;
    this.ranges = ranges;
    this.means = means;
    this.weights = weights;
    this.byteInput = byteInput;
    this.out = graph.model().getGraph().toBuilder().clearNode().clearValueInfo();
    this.names = graph.names();
  }

  GraphProto write() {
    if (byteInput.isPresent()) {
      readBytes(graph.input());
    } else if (ranges.containsKey(graph.input())) {
      mark(graph.input(), graph.input());
    }
    for (NodeProto node : graph.nodes()) {
      NodeProto.Builder copy = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        copy.setInput(i, replacement.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      boolean weighted = quantised.contains(node) && node.getInputCount() > 1;
      if (weighted && graph.floatConstant(node.getInput(1)).isPresent()) {
        quantiseWeights(node, copy);
      }
      String output = node.getOutputCount() == 1 ? node.getOutput(0) : "";
      if (!ranges.containsKey(output)) {
        out.addNode(copy);
      } else if (graph.isOutput(output)) {
        // The output keeps its name, so what computes it needs another.
        String raw = fresh(output + "/float");
        out.addNode(copy.setOutput(0, raw));
        mark(output, raw);
      } else {
        out.addNode(copy);
        mark(output, output);
      }
    }
    return GraphSimplifier.withoutUnread(out);
  }

  /** Lets the network begin with the bytes of blocks of pixels. */
  private void readBytes(String input) {
    out.clearInput().addInput(ByteInput.value(input));
    String channelsFirst = fresh(input + "/u8");
    String back = fresh(input + "/quantised");
    out.addNode(
        OnnxGraph.node(
            "Transpose",
            List.of(input),
            channelsFirst,
            OnnxGraph.integers("perm", List.of(0L, 3L, 1L, 2L))));
    out.addNode(
        OnnxGraph.node(
            "DequantizeLinear", List.of(channelsFirst, scale(input), zero(input)), back));
    replacement.put(input, back);
  }

  private String scale(String tensor) {
    return constant(
        OnnxGraph.floatTensor(fresh(tensor + "/scale"), new float[] {ranges.get(tensor).scale()}));
  }

  private String zero(String tensor) {
    return constant(
        OnnxGraph.tensor(
            fresh(tensor + "/zero"),
            TensorProto.DataType.UINT8,
            new byte[] {(byte) ranges.get(tensor).zeroPoint()}));
  }

  /** Adds the pair of nodes for one activation. */
  private void mark(String tensor, String computed) {
    String scale = scale(tensor);
    String zero = zero(tensor);
    String bytes = fresh(tensor + "/u8");
    String back = graph.isOutput(tensor) ? tensor : fresh(tensor + "/quantised");
    out.addNode(OnnxGraph.node("QuantizeLinear", List.of(computed, scale, zero), bytes));
    out.addNode(OnnxGraph.node("DequantizeLinear", List.of(bytes, scale, zero), back));
    replacement.put(tensor, back);
  }

  private void quantiseWeights(NodeProto node, NodeProto.Builder copy) {
    TensorProto tensor = graph.floatConstant(node.getInput(1)).orElseThrow();
    boolean fromBytes = byteInput.isPresent() && node.getInput(0).equals(graph.input());
    TensorProto stem = tensor;
    if (fromBytes) {
      tensor = byteInput.get().weights(stem);
      ByteInput.rewrite(copy);
    }
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    // Gemm multiplies by [inputs, outputs] unless told to transpose [outputs, inputs].
    boolean filtersLast =
        node.getOpType().equals("Gemm") && OnnxGraph.integer(node, "transB", 0) == 0;
    int filters = (int) (filtersLast ? shape[1] : shape[0]);
    boolean hasBias = node.getInputCount() > 2 && !node.getInput(2).isEmpty();
    float[] bias =
        hasBias
            ? OnnxGraph.floats(graph.floatConstant(node.getInput(2)).orElseThrow())
            : new float[filters];
    Optional<float[]> inputMeans = Optional.ofNullable(means.get(node.getInput(0)));
    if (fromBytes) {
      bias = byteInput.get().biases(stem, bias);
      inputMeans = inputMeans.map(byteInput.get()::means);
    }
    RoundedLayer layer =
        RoundedLayer.of(
            tensor, filtersLast, bias, weights, ranges.get(node.getInput(0)).scale(), inputMeans);
    String base = node.getOutput(0);
    copy.setInput(
        1,
        dequantised(
            base + "/weight",
            OnnxGraph.tensor("", TensorProto.DataType.INT8, layer.weights(), shape),
            layer.scales(),
            OnnxGraph.tensor("", TensorProto.DataType.INT8, new byte[filters], filters),
            filtersLast ? 1 : 0));
    if (!hasBias && inputMeans.isEmpty()) {
      return;
    }
    String biases =
        dequantised(
            base + "/bias",
            OnnxGraph.intTensor("", layer.biases(), filters),
            layer.biasScales(),
            OnnxGraph.intTensor("", new int[filters], filters),
            0);
    if (copy.getInputCount() < 3) {
      copy.addInput(biases);
    } else {
      copy.setInput(2, biases);
    }
  }

  /** Adds a constant with one scale per channel and the node that turns it into floats. */
  private String dequantised(
      String base, TensorProto values, float[] scales, TensorProto zeros, int axis) {
    String quantisedName = constant(values.toBuilder().setName(fresh(base + "/quantised")).build());
    String scaleName =
        constant(OnnxGraph.floatTensor(fresh(base + "/scale"), scales, scales.length));
    String zeroName = constant(zeros.toBuilder().setName(fresh(base + "/zero")).build());
    String back = fresh(base);
    out.addNode(
        OnnxGraph.node(
            "DequantizeLinear",
            List.of(quantisedName, scaleName, zeroName),
            back,
            OnnxGraph.integer("axis", axis)));
    return back;
  }

  private String constant(TensorProto tensor) {
    out.addInitializer(tensor);
    return tensor.getName();
  }

  private String fresh(String wish) {
    String name = wish;
    for (int i = 2; !names.add(name); i++) {
      name = wish + "/" + i;
    }
    return name;
  }
}
