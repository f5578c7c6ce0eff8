package org.affect4j.training.quantise;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.affect4j.training.export.internal.OnnxGraph;

/**
 * Turns a float ONNX network into one that computes in 8 bits: static quantisation with ranges
 * measured on real inputs (Jacob et al. 2018, Quantization and Training of Neural Networks for
 * Efficient Integer-Arithmetic-Only Inference).
 *
 * <p>Activations become unsigned bytes with one scale and zero point per tensor, weights signed
 * bytes with one scale per output channel, biases 32-bit integers. The result is in the QDQ form: a
 * standard ONNX file in which pairs of QuantizeLinear and DequantizeLinear mark the quantised
 * tensors. Every runtime can run it as it stands; ONNX Runtime replaces marked nodes by its 8-bit
 * kernels.
 *
 * <p>Rounded weights shift the mean of what a layer computes. On request its biases take that back
 * (Nagel et al. 2019, Data-Free Quantization Through Weight Equalization and Bias Correction,
 * section 4.2): {@code b - (W' - W) E[x]}, with the rounded weights {@code W'} and the mean {@code
 * E[x]} of each channel that the layer reads, here over the calibration inputs.
 *
 * <p>Quantised are {@code Conv} and {@code Gemm} with constant weights, and {@code Relu, LeakyRelu,
 * Sigmoid, Add, Mul, Concat, AveragePool, GlobalAveragePool, MaxPool, Resize} (nearest), {@code
 * Flatten, Reshape, Squeeze, Transpose, Unsqueeze} where everything they read is in 8 bits. All
 * other op types stay in float and are reported. Immutable and thread-safe.
 */
public final class Int8Quantizer {
  /** Operations with weights. */
  static final Set<String> WEIGHTED = Set.of("Conv", "Gemm");

  /** Compute new values: their output has a range of its own. */
  private static final Set<String> COMPUTING =
      Set.of(
          "Relu",
          "LeakyRelu",
          "Sigmoid",
          "Add",
          "Mul",
          "Concat",
          "AveragePool",
          "GlobalAveragePool");

  /** Choose or move values: their output has the range of their input. */
  private static final Set<String> MOVING =
      Set.of("MaxPool", "Resize", "Flatten", "Reshape", "Squeeze", "Transpose", "Unsqueeze");

  private final QuantizerOptions options;

  /**
   * Makes a quantiser.
   *
   * @param options how to quantise
   */
  public Int8Quantizer(QuantizerOptions options) {
    this.options = options;
  }

  /**
   * Quantises a network.
   *
   * @param onnx bytes of an ONNX file with one float input, opset 13 or later
   * @param inputs inputs like those that the network will meet; each is read once and need not be
   *     kept
   * @return the quantised network; its outputs have the names and types of the original, and so has
   *     its input unless it reads bytes
   * @throws IllegalArgumentException if the file is no ONNX file, cannot be run, is quantised
   *     already or has nothing to quantise, if there are no inputs, or if one of them makes an
   *     activation infinite or not a number; the message says which
   */
  public QuantizedModel quantise(byte[] onnx, Iterable<CalibrationTensor> inputs) {
    OnnxGraph graph = OnnxGraph.parse(onnx, options.sizeMultiple() > 1);
    try (ActivationRecorder recorder = new ActivationRecorder(graph)) {
      Set<String> activations = new HashSet<>(recorder.activations());
      activations.add(graph.input());
      Plan plan = new Plan(graph, activations);
      if (plan.quantised.isEmpty()) {
        throw new IllegalArgumentException(
            "the network has no Conv or Gemm with constant weights that could be quantised");
      }
      Optional<ByteInput> byteInput = options.byteInput().map(ByteInput::new);
      // What is only moved has the range of what it was moved from: a range of its own would put
      // two roundings where the values are the same.
      Set<String> measured = new LinkedHashSet<>(plan.tensors);
      measured.removeAll(plan.moved.keySet());
      if (byteInput.isPresent()) {
        ByteInput.check(graph);
        measured.remove(graph.input());
      }
      Set<String> averaged =
          plan.quantised.stream()
              .filter(node -> options.correctBiases() && WEIGHTED.contains(node.getOpType()))
              .map(node -> node.getInput(0))
              .collect(Collectors.toSet());
      for (CalibrationTensor input : inputs) {
        recorder.add(input, measured, averaged);
      }
      if (recorder.inputs() == 0) {
        throw new IllegalArgumentException(
            "there are no calibration inputs; ranges can only be chosen from real ones");
      }
      Map<String, ValueRange> ranges = new LinkedHashMap<>();
      byteInput.ifPresent(bytes -> ranges.put(graph.input(), bytes.range()));
      // In the order of the graph, so that a moved tensor finds the range of its source.
      for (String tensor : plan.tensors) {
        ranges.computeIfAbsent(
            tensor,
            name ->
                plan.moved.containsKey(tensor)
                    ? ranges.get(plan.moved.get(tensor))
                    : recorder.range(tensor, options.ranges()));
      }
      GraphProto quantised =
          new QdqWriter(
                  graph,
                  plan.quantised,
                  ranges,
                  recorder.channelMeans(),
                  options.weights(),
                  byteInput)
              .write();
      byte[] bytes =
          graph.model().toBuilder()
              .setGraph(quantised)
              .setProducerName("affect4j")
              .build()
              .toByteArray();
      return new QuantizedModel(
          bytes,
          report(graph, plan.quantised, ranges, recorder.inputs(), onnx.length, bytes.length));
    }
  }

  private static QuantisationReport report(
      OnnxGraph graph,
      Set<NodeProto> quantised,
      Map<String, ValueRange> ranges,
      int inputs,
      long before,
      long after) {
    Map<String, Integer> in8Bits = new HashMap<>();
    Map<String, Integer> inFloat = new HashMap<>();
    Map<String, Integer> unsupported = new HashMap<>();
    for (NodeProto node : graph.nodes()) {
      String type = node.getOpType();
      boolean known = WEIGHTED.contains(type) || COMPUTING.contains(type) || MOVING.contains(type);
      (quantised.contains(node) ? in8Bits : known ? inFloat : unsupported)
          .merge(type, 1, Integer::sum);
    }
    return new QuantisationReport(in8Bits, inFloat, unsupported, ranges, inputs, before, after);
  }

  /** Which nodes and tensors are quantised. */
  private final class Plan {
    private final OnnxGraph graph;
    private final Set<String> activations;
    private final Set<NodeProto> quantised = new LinkedHashSet<>();

    /** Quantised tensors in the order of the graph. */
    private final Set<String> tensors = new LinkedHashSet<>();

    /**
     * Outputs that only a ReLU reads. They need no 8-bit form of their own: quantising the ReLU's
     * output, whose lowest step is zero, clips what is negative.
     */
    private final Set<String> clippedByQuantising = new HashSet<>();

    /** For the output of a node that moves values: the tensor whose range it has. */
    private final Map<String, String> moved = new HashMap<>();

    private Plan(OnnxGraph graph, Set<String> activations) {
      this.graph = graph;
      this.activations = activations;
      for (NodeProto node : graph.nodes()) {
        if (isQuantisable(node)) {
          quantised.add(node);
          for (String input : node.getInputList()) {
            if (activations.contains(input) && !clippedByQuantising.contains(input)) {
              tensors.add(input);
            }
          }
          String output = node.getOutput(0);
          if (isReadByReluOnly(node)) {
            clippedByQuantising.add(output);
          } else {
            tensors.add(output);
            if (MOVING.contains(node.getOpType())) {
              moved.put(output, node.getInput(0));
            }
          }
        }
      }
    }

    private boolean isReadByReluOnly(NodeProto node) {
      String output = node.getOutput(0);
      List<NodeProto> readers = graph.readers(output);
      return (WEIGHTED.contains(node.getOpType()) || node.getOpType().equals("Add"))
          && !graph.isOutput(output)
          && readers.size() == 1
          && readers.get(0).getOpType().equals("Relu");
    }

    /**
     * Nodes without weights are only quantised where all that they read is in 8 bits already: alone
     * they would need a conversion before them and one behind, each of which rounds.
     */
    private boolean isQuantisable(NodeProto node) {
      String type = node.getOpType();
      if (node.getOutputCount() != 1 || !activations.contains(node.getOutput(0))) {
        return false;
      }
      if (WEIGHTED.contains(type)) {
        return hasConstantWeights(node)
            && activations.contains(node.getInput(0))
            && !(options.firstInFloat() && node.getInput(0).equals(graph.input()))
            && !(options.lastInFloat() && isLast(node));
      }
      if (COMPUTING.contains(type)) {
        // Probabilities that are results keep their digits; factors of channels need none.
        return !(type.equals("Sigmoid") && graph.isOutput(node.getOutput(0)))
            && node.getInputList().stream().allMatch(this::isIn8Bits);
      }
      return MOVING.contains(type)
          && isIn8Bits(node.getInput(0))
          && (!type.equals("Resize") || isNearest(node));
    }

    /** Whether a tensor is computed by a quantised node. */
    private boolean isIn8Bits(String tensor) {
      return tensors.contains(tensor) && !tensor.equals(graph.input())
          || quantised.stream().anyMatch(n -> n.getOutput(0).equals(tensor));
    }

    private static boolean isNearest(NodeProto node) {
      return OnnxGraph.attribute(node, "mode")
          .map(a -> a.getS().toStringUtf8().equals("nearest"))
          .orElse(true);
    }

    private boolean hasConstantWeights(NodeProto node) {
      boolean constant =
          node.getInputList().stream()
              .skip(1)
              .filter(name -> !name.isEmpty())
              .allMatch(name -> graph.floatConstant(name).isPresent());
      if (!constant || node.getOpType().equals("Conv")) {
        return constant;
      }
      // Other factors would have to be folded into the weights before their scales are chosen.
      return OnnxGraph.real(node, "alpha", 1) == 1
          && OnnxGraph.real(node, "beta", 1) == 1
          && OnnxGraph.integer(node, "transA", 0) == 0
          && (node.getInputCount() < 3
              || graph.floatConstant(node.getInput(2)).orElseThrow().getDimsCount() == 1);
    }

    /** Whether an output follows without another node with weights in between. */
    private boolean isLast(NodeProto node) {
      Deque<String> ahead = new ArrayDeque<>(List.of(node.getOutput(0)));
      Set<String> seen = new HashSet<>();
      while (!ahead.isEmpty()) {
        String tensor = ahead.pop();
        if (graph.isOutput(tensor)) {
          return true;
        }
        for (NodeProto reader : graph.readers(tensor)) {
          // Shapes are computed from activations too, but do not carry their values.
          if (!WEIGHTED.contains(reader.getOpType())) {
            reader.getOutputList().stream()
                .filter(activations::contains)
                .filter(seen::add)
                .forEach(ahead::push);
          }
        }
      }
      return false;
    }
  }
}
