package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rewrites what would cost time or precision in 8 bits, without changing what the graph computes.
 *
 * <ul>
 *   <li>Pads of zero width are dropped: exporters write them, and they would stand between two
 *       quantised nodes.
 *   <li>An average pool without overlap that only a 1 x 1 convolution reads is folded into its
 *       weights: one 8-bit convolution is faster than both, and the mean is not rounded.
 *   <li>The outputs of detectors are computed apart, see {@link HeadSimplifier}.
 *   <li>Nodes and constants on which no output depends are dropped.
 * </ul>
 */
public final class GraphSimplifier {
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Set<String> outputs;
  private final GraphProto graph;
  private final List<TensorProto> added = new ArrayList<>();

  private GraphSimplifier(GraphProto graph) {
    this.graph = graph;
    constants.putAll(OnnxGraph.constants(graph));
    outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
  }

  static GraphProto simplify(GraphProto graph) {
    GraphSimplifier simplifier = new GraphSimplifier(graph);
    List<NodeProto> nodes = simplifier.withoutEmptyPads(graph.getNodeList());
    nodes = simplifier.withoutPools(nodes);
    nodes =
        HeadSimplifier.simplify(nodes, simplifier.constants, simplifier.outputs, simplifier.added);
    GraphProto.Builder simple =
        graph.toBuilder().clearNode().addAllNode(nodes).addAllInitializer(simplifier.added);
    return withoutUnread(simple);
  }

  /** Drops nodes and constants on which no output depends. */
  public static GraphProto withoutUnread(GraphProto.Builder graph) {
    Set<String> read = new HashSet<>();
    graph.getOutputList().forEach(o -> read.add(o.getName()));
    // Readers come after what they read, so one pass from the end finds everything.
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      if (graph.getNode(i).getOutputList().stream().anyMatch(read::contains)) {
        read.addAll(graph.getNode(i).getInputList());
      }
    }
    List<TensorProto> initialisers =
        graph.getInitializerList().stream().filter(t -> read.contains(t.getName())).toList();
    List<NodeProto> nodes =
        graph.getNodeList().stream()
            .filter(n -> n.getOutputList().stream().anyMatch(read::contains))
            .toList();
    return graph
        .clearInitializer()
        .addAllInitializer(initialisers)
        .clearNode()
        .addAllNode(nodes)
        .build();
  }

  private List<NodeProto> withoutEmptyPads(List<NodeProto> all) {
    Map<String, String> same = new HashMap<>();
    List<NodeProto> kept = new ArrayList<>();
    for (NodeProto node : all) {
      NodeProto.Builder renamed = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        renamed.setInput(i, same.getOrDefault(node.getInput(i), node.getInput(i)));
      }
      if (isEmptyPad(node) && !outputs.contains(node.getOutput(0))) {
        same.put(node.getOutput(0), renamed.getInput(0));
      } else {
        kept.add(renamed.build());
      }
    }
    return kept;
  }

  private boolean isEmptyPad(NodeProto node) {
    if (!node.getOpType().equals("Pad")
        || node.getInputCount() < 2
        || !constants.containsKey(node.getInput(1))) {
      return false;
    }
    TensorProto pads = constants.get(node.getInput(1));
    byte[] raw = pads.getRawData().toByteArray();
    for (byte b : raw) {
      if (b != 0) {
        return false;
      }
    }
    return pads.getInt64DataList().stream().allMatch(v -> v == 0);
  }

  private List<NodeProto> withoutPools(List<NodeProto> all) {
    Map<String, List<NodeProto>> readers = new HashMap<>();
    for (NodeProto node : all) {
      node.getInputList()
          .forEach(name -> readers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
    Map<String, NodeProto> pools = new HashMap<>();
    List<NodeProto> kept = new ArrayList<>();
    for (NodeProto node : all) {
      List<NodeProto> next = readers.getOrDefault(node.getOutput(0), List.of());
      if (isPlainPool(node)
          && !outputs.contains(node.getOutput(0))
          && next.size() == 1
          && isPointwise(next.get(0), node.getOutput(0))) {
        pools.put(node.getOutput(0), node);
      } else if (node.getInputCount() > 0 && pools.containsKey(node.getInput(0))) {
        kept.add(joined(pools.get(node.getInput(0)), node));
      } else {
        kept.add(node);
      }
    }
    return kept;
  }

  private static boolean isPlainPool(NodeProto node) {
    List<Long> kernel = OnnxGraph.integers(node, "kernel_shape");
    return node.getOpType().equals("AveragePool")
        && kernel.size() == 2
        && OnnxGraph.integers(node, "strides").equals(kernel)
        && isUnpadded(node)
        && OnnxGraph.integer(node, "ceil_mode", 0) == 0;
  }

  private boolean isPointwise(NodeProto node, String input) {
    if (!node.getOpType().equals("Conv")
        || !node.getInput(0).equals(input)
        || !constants.containsKey(node.getInput(1))) {
      return false;
    }
    TensorProto weights = constants.get(node.getInput(1));
    return weights.getDimsCount() == 4
        && weights.getDims(2) == 1
        && weights.getDims(3) == 1
        && weights.getDataType() == TensorProto.DataType.FLOAT.getNumber()
        && OnnxGraph.integers(node, "strides").stream().allMatch(v -> v == 1)
        && isUnpadded(node)
        && OnnxGraph.integer(node, "group", 1) == 1;
  }

  private static boolean isUnpadded(NodeProto node) {
    return OnnxGraph.integers(node, "pads").stream().allMatch(v -> v == 0)
        && OnnxGraph.attribute(node, "auto_pad")
            .map(a -> a.getS().toStringUtf8().equals("NOTSET"))
            .orElse(true);
  }

  /** The mean over k pixels and a weight w are a weight w / k for each of them. */
  private NodeProto joined(NodeProto pool, NodeProto conv) {
    List<Long> kernel = OnnxGraph.integers(pool, "kernel_shape");
    int area = Math.toIntExact(kernel.get(0) * kernel.get(1));
    TensorProto old = constants.get(conv.getInput(1));
    float[] weights = OnnxGraph.floats(old);
    float[] spread = new float[weights.length * area];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = weights[i / area] / area;
    }
    String name = pool.getOutput(0) + "/weights";
    added.add(
        OnnxGraph.floatTensor(
            name, spread, old.getDims(0), old.getDims(1), kernel.get(0), kernel.get(1)));
    NodeProto.Builder joined =
        conv.toBuilder().setInput(0, pool.getInput(0)).setInput(1, name).clearAttribute();
    conv.getAttributeList().stream()
        .filter(a -> !a.getName().equals("kernel_shape") && !a.getName().equals("strides"))
        .forEach(joined::addAttribute);
    for (String attribute : List.of("kernel_shape", "strides")) {
      joined.addAttribute(OnnxGraph.integers(attribute, kernel));
    }
    return joined.build();
  }
}
