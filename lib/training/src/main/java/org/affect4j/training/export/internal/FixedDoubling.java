package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces each resize to the size of another tensor by doubling both sides, for networks that see
 * one image a run whose sides are multiples of the coarsest map's step: there each map of a feature
 * pyramid is exactly twice the next. Doubling only copies rows of bytes; ONNX Runtime's resize
 * looks up every value.
 */
final class FixedDoubling {
  private FixedDoubling() {}

  static GraphProto apply(GraphProto graph) {
    GraphProto.Builder doubled = graph.toBuilder().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      if (isNearestToSize(node)) {
        addDoubling(node, doubled);
      } else {
        doubled.addNode(node);
      }
    }
    return GraphSimplifier.withoutUnread(doubled);
  }

  private static boolean isNearestToSize(NodeProto node) {
    return node.getOpType().equals("Resize")
        && node.getInputCount() == 4
        && OnnxGraph.text(node, "mode", "nearest").equals("nearest")
        && OnnxGraph.text(node, "nearest_mode", "").equals("floor")
        && OnnxGraph.text(node, "coordinate_transformation_mode", "").equals("asymmetric");
  }

  /** In shapes, 0 keeps a length and -1 takes what is left; H, W and C need not be known. */
  private static void addDoubling(NodeProto resize, GraphProto.Builder graph) {
    String name = resize.getOutput(0);
    String image = name + "/image";
    String columns = name + "/columns";
    String rows = name + "/rows";
    List<NodeProto> nodes = new ArrayList<>();
    nodes.add(
        OnnxGraph.node(
            "Transpose",
            List.of(resize.getInput(0)),
            name + "/last",
            OnnxGraph.integers("perm", List.of(0L, 2L, 3L, 1L))));
    nodes.add(shaping("Squeeze", name + "/last", name + "/single", List.of(0L), graph));
    nodes.add(shaping("Unsqueeze", name + "/single", image, List.of(2L), graph));
    nodes.add(twice(image, columns, 2)); // [H, W, 2, C]
    nodes.add(shaping("Reshape", columns, name + "/row", List.of(0L, 1L, -1L, 0L), graph));
    nodes.add(twice(name + "/row", rows, 1)); // [H, 2, 2 W, C]
    nodes.add(shaping("Reshape", rows, name + "/doubled", List.of(1L, -1L, 0L, 0L), graph));
    nodes.add(
        OnnxGraph.node(
            "Transpose",
            List.of(name + "/doubled"),
            name,
            OnnxGraph.integers("perm", List.of(0L, 3L, 1L, 2L))));
    graph.addAllNode(nodes);
  }

  private static NodeProto twice(String input, String output, int axis) {
    return OnnxGraph.node("Concat", List.of(input, input), output, OnnxGraph.integer("axis", axis));
  }

  private static NodeProto shaping(
      String type, String input, String output, List<Long> values, GraphProto.Builder graph) {
    String constant = output + "/shape";
    graph.addInitializer(OnnxGraph.longTensor(constant, values));
    return OnnxGraph.node(type, List.of(input, constant), output);
  }
}
