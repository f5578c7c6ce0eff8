package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a detector's outputs cheap, without changing them beyond rounding.
 *
 * <ul>
 *   <li>A reshape that asks another tensor for the size of the batch keeps its own: every
 *       activation has the batch first.
 *   <li>Slices of one pointwise convolution's channels become a convolution each, so that nothing
 *       is copied apart afterwards.
 *   <li>The softmax over pairs becomes a logistic function of their difference, {@code e^a / (e^a +
 *       e^b) = 1 / (1 + e^(b - a))}, and the convolution before it computes the differences.
 * </ul>
 */
final class HeadSimplifier {
  private static final List<Long> CHANNELS_LAST = List.of(0L, 2L, 3L, 1L);

  private final Map<String, TensorProto> constants;
  private final Set<String> outputs;
  private final List<TensorProto> added;
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();

  private HeadSimplifier(
      Map<String, TensorProto> constants, Set<String> outputs, List<TensorProto> added) {
    this.constants = constants;
    this.outputs = outputs;
    this.added = added;
  }

  /**
   * Rewrites the nodes of a graph; those that nothing reads any longer are left in.
   *
   * @param nodes the nodes, in an order in which each comes after those it reads
   * @param constants constants by name; new ones are added
   * @param outputs names of the graph's outputs
   * @param added receives the new constants
   */
  static List<NodeProto> simplify(
      List<NodeProto> nodes,
      Map<String, TensorProto> constants,
      Set<String> outputs,
      List<TensorProto> added) {
    HeadSimplifier simplifier = new HeadSimplifier(constants, outputs, added);
    simplifier.index(nodes);
    List<NodeProto> reshaped = nodes.stream().map(simplifier::withOwnBatch).toList();
    simplifier.index(reshaped);
    return simplifier.withSplitHeads(reshaped);
  }

  private void index(List<NodeProto> nodes) {
    producers.clear();
    readers.clear();
    for (NodeProto node : nodes) {
      node.getOutputList().forEach(name -> producers.put(name, node));
      new HashSet<>(node.getInputList())
          .forEach(name -> readers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
  }

  private NodeProto withOwnBatch(NodeProto node) {
    Optional<NodeProto> shape = producer(node, 1, "Concat");
    if (!node.getOpType().equals("Reshape") || shape.isEmpty()) {
      return node;
    }
    List<String> parts = shape.get().getInputList();
    boolean batchFirst =
        producer(shape.get(), 0, "Unsqueeze")
            .flatMap(n -> producer(n, 0, "Gather"))
            .filter(n -> longs(n.getInput(1)).equals(List.of(0L)))
            .flatMap(n -> producer(n, 0, "Shape"))
            .isPresent();
    List<String> others = parts.subList(1, parts.size());
    if (!batchFirst || !constants.keySet().containsAll(others)) {
      return node;
    }
    List<Long> lengths = new ArrayList<>(List.of(0L));
    others.forEach(name -> lengths.addAll(longs(name)));
    return node.toBuilder()
        .setInput(1, add(OnnxGraph.longTensor(node.getOutput(0) + "/shape", lengths)))
        .build();
  }

  private List<NodeProto> withSplitHeads(List<NodeProto> nodes) {
    Set<NodeProto> softmaxes = new HashSet<>();
    Set<String> pairs = new HashSet<>();
    for (NodeProto node : nodes) {
      pairsBefore(node)
          .ifPresent(
              slices -> {
                softmaxes.add(node);
                pairs.addAll(slices);
              });
    }
    List<NodeProto> kept = new ArrayList<>();
    for (NodeProto node : nodes) {
      if (softmaxes.contains(node)) {
        kept.add(node.toBuilder().setOpType("Sigmoid").clearAttribute().build());
      } else if (isSlice(node) && convolution(node).isPresent()
          || pairs.contains(node.getOutput(0))) {
        addPart(node, pairs.contains(node.getOutput(0)), kept);
      } else {
        kept.add(node);
      }
    }
    return kept;
  }

  /** The parts of channels whose pairs a softmax compares, if it does nothing else. */
  private Optional<Collection<String>> pairsBefore(NodeProto softmax) {
    Optional<NodeProto> concat = producer(softmax, 0, "Concat");
    if (!softmax.getOpType().equals("Softmax")
        || OnnxGraph.integer(softmax, "axis", -1) != -1
        || concat.isEmpty()
        || OnnxGraph.integer(concat.get(), "axis", 0) != 1
        || !isReadOnce(softmax.getInput(0))) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < concat.get().getInputCount(); i++) {
      Optional<NodeProto> reshape = producer(concat.get(), i, "Reshape");
      Optional<NodeProto> part = reshape.map(r -> producers.get(r.getInput(0)));
      if (part.flatMap(this::convolution).isEmpty()
          || !isReadOnce(concat.get().getInput(i))
          || !isReadOnce(reshape.get().getInput(0))
          || !longs(reshape.get().getInput(1)).equals(List.of(0L, -1L, 2L))
          || (to(part.get()) - from(part.get())) % 2 != 0
          || from(part.get()) % 2 != 0) {
        return Optional.empty();
      }
      parts.add(part.get().getOutput(0));
    }
    return Optional.of(parts);
  }

  /** The pointwise convolution of whose channels a node gives all, last, or a part, if it does. */
  private Optional<NodeProto> convolution(NodeProto part) {
    if (!part.getOpType().equals("Transpose") && !isSliceOfChannels(part)) {
      return Optional.empty();
    }
    return transpose(part)
        .filter(t -> OnnxGraph.integers(t, "perm").equals(CHANNELS_LAST))
        .filter(t -> isReadOnce(t.getInput(0)))
        .flatMap(t -> producer(t, 0, "Conv"))
        .filter(c -> c.getInputCount() == 3)
        .filter(c -> isPointwise(constants.get(c.getInput(1))))
        .filter(c -> constants.containsKey(c.getInput(2)))
        .filter(c -> OnnxGraph.integer(c, "group", 1) == 1)
        .filter(c -> 0 <= from(part) && from(part) < to(part))
        .filter(c -> to(part) <= constants.get(c.getInput(1)).getDims(0));
  }

  private static boolean isSlice(NodeProto part) {
    return part.getOpType().equals("Slice");
  }

  private boolean isSliceOfChannels(NodeProto part) {
    return isSlice(part)
        && part.getInputCount() == 5
        && List.of(3L).equals(longs(part.getInput(3)))
        && List.of(1L).equals(longs(part.getInput(4)))
        && longs(part.getInput(1)).size() == 1
        && longs(part.getInput(2)).size() == 1;
  }

  /** The node that puts the channels last: the part itself, or what it is sliced from. */
  private Optional<NodeProto> transpose(NodeProto part) {
    return isSlice(part) ? producer(part, 0, "Transpose") : Optional.of(part);
  }

  private static boolean isPointwise(TensorProto weights) {
    return weights != null
        && weights.getDimsCount() == 4
        && weights.getDims(2) == 1
        && weights.getDims(3) == 1;
  }

  private void addPart(NodeProto part, boolean asDifferences, List<NodeProto> kept) {
    NodeProto conv = convolution(part).orElseThrow();
    TensorProto weights = constants.get(conv.getInput(1));
    int channels = to(part) - from(part);
    int each = (int) weights.getDims(1);
    float[] allWeights = OnnxGraph.floats(weights);
    float[] allBiases = OnnxGraph.floats(constants.get(conv.getInput(2)));
    float[] values = new float[channels * each];
    float[] biases = new float[channels];
    for (int c = 0; c < channels; c++) {
      int from = from(part) + c;
      int other = from(part) + (c ^ 1);
      biases[c] = allBiases[from] - (asDifferences ? allBiases[other] : 0);
      for (int i = 0; i < each; i++) {
        values[c * each + i] =
            allWeights[from * each + i] - (asDifferences ? allWeights[other * each + i] : 0);
      }
    }
    String name = part.getOutput(0);
    String result = name + "/channels";
    kept.add(
        conv.toBuilder()
            .setName(result)
            .setInput(
                1, add(OnnxGraph.floatTensor(name + "/weights", values, channels, each, 1, 1)))
            .setInput(2, add(OnnxGraph.floatTensor(name + "/biases", biases, channels)))
            .setOutput(0, result)
            .build());
    kept.add(
        transpose(part).orElseThrow().toBuilder()
            .setName(name)
            .setInput(0, result)
            .setOutput(0, name)
            .build());
  }

  private String add(TensorProto constant) {
    constants.put(constant.getName(), constant);
    added.add(constant);
    return constant.getName();
  }

  private Optional<NodeProto> producer(NodeProto node, int input, String type) {
    return input < node.getInputCount()
        ? Optional.ofNullable(producers.get(node.getInput(input)))
            .filter(p -> p.getOpType().equals(type))
        : Optional.empty();
  }

  private boolean isReadOnce(String tensor) {
    return !outputs.contains(tensor) && readers.getOrDefault(tensor, List.of()).size() == 1;
  }

  private List<Long> longs(String tensor) {
    return Optional.ofNullable(constants.get(tensor)).map(OnnxGraph::longs).orElse(List.of());
  }

  private int from(NodeProto part) {
    return isSlice(part) ? Math.toIntExact(longs(part.getInput(1)).get(0)) : 0;
  }

  /** End of the channels of a part; a transpose gives as many as its convolution has. */
  private int to(NodeProto part) {
    return isSlice(part)
        ? Math.toIntExact(longs(part.getInput(2)).get(0))
        : producer(part, 0, "Conv")
            .map(c -> constants.get(c.getInput(1)))
            .map(w -> (int) w.getDims(0))
            .orElse(0);
  }
}
