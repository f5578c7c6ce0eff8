package org.affect4j.training.quantise;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.training.export.internal.GraphSimplifier;
import org.affect4j.training.export.internal.OnnxGraph;

/**
 * Scalings of probabilities folded into the layer that computes their logits: each row of weights
 * and its bias are multiplied by the slope, and the intercept is added to the bias. The graph stays
 * as it was, so that the network takes no longer; the layer is in float in our 8-bit networks too.
 */
public final class CalibratedHead {
  /** What is put before the names of new tensors, so that none is there twice. */
  private static final String NEW = "calibrated/";

  private CalibratedHead() {}

  /**
   * Folds scalings into a network.
   *
   * @param onnx file of a network with an output that a sigmoid or softmax makes from a fully
   *     connected layer
   * @param output name of the output, such as {@code action_units}
   * @param scalings one for each value of the output
   * @return the new file
   * @throws IllegalArgumentException if it is no ONNX file, if the output does not come from such
   *     layers in float, or has another number of values
   */
  public static byte[] fold(byte[] onnx, String output, List<PlattScaling> scalings) {
    ModelProto model = OnnxGraph.model(onnx);
    GraphProto graph = model.getGraph();
    Map<String, TensorProto> constants = OnnxGraph.constants(graph);
    NodeProto probabilities = producer(graph, output, output, "Sigmoid", "Softmax");
    NodeProto gemm = producer(graph, output, probabilities.getInput(0), "Gemm");
    if (graph.getNodeList().stream().filter(n -> reads(n, gemm)).count() != 1) {
      throw unfit(output, "its logits are read elsewhere too");
    }
    if (OnnxGraph.real(gemm, "beta", 1) != 1 || OnnxGraph.real(gemm, "alpha", 1) != 1) {
      throw unfit(output, "its Gemm has factors of its own");
    }
    TensorProto matrix = floats(constants, output, gemm, 1);
    boolean rows = OnnxGraph.integer(gemm, "transB", 0) == 1;
    int units = (int) matrix.getDims(rows ? 0 : 1);
    if (units != scalings.size()) {
      throw unfit(output, "it has %d values, got %d scalings".formatted(units, scalings.size()));
    }
    float[] weights = OnnxGraph.floats(matrix);
    int inputs = weights.length / units;
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= (float) scalings.get(rows ? i / inputs : i % units).slope();
    }
    boolean biased = gemm.getInputCount() > 2 && !gemm.getInput(2).isEmpty();
    float[] bias = biased ? OnnxGraph.floats(floats(constants, output, gemm, 2)) : new float[units];
    if (bias.length != units) {
      throw unfit(output, "its bias has %d values".formatted(bias.length));
    }
    for (int u = 0; u < units; u++) {
      PlattScaling scaling = scalings.get(u);
      bias[u] = (float) (scaling.slope() * bias[u] + scaling.intercept());
    }
    String layer = NEW + gemm.getInput(1);
    NodeProto.Builder folded =
        gemm.toBuilder()
            .clearInput()
            .addInput(gemm.getInput(0))
            .addInput(layer)
            .addInput(layer + "/bias");
    GraphProto.Builder changed =
        graph.toBuilder()
            .addInitializer(
                OnnxGraph.floatTensor(layer, weights, matrix.getDims(0), matrix.getDims(1)))
            .addInitializer(OnnxGraph.floatTensor(layer + "/bias", bias, units))
            .setNode(graph.getNodeList().indexOf(gemm), folded);
    return model.toBuilder().setGraph(GraphSimplifier.withoutUnread(changed)).build().toByteArray();
  }

  private static boolean reads(NodeProto node, NodeProto gemm) {
    return node.getInputList().contains(gemm.getOutput(0));
  }

  private static NodeProto producer(
      GraphProto graph, String output, String tensor, String... types) {
    Optional<NodeProto> found =
        graph.getNodeList().stream().filter(n -> n.getOutputList().contains(tensor)).findFirst();
    return found
        .filter(n -> List.of(types).contains(n.getOpType()))
        .orElseThrow(
            () ->
                unfit(
                    output,
                    "'%s' comes from %s"
                        .formatted(tensor, found.map(NodeProto::getOpType).orElse("no node"))));
  }

  private static TensorProto floats(
      Map<String, TensorProto> constants, String output, NodeProto node, int input) {
    return Optional.ofNullable(constants.get(node.getInput(input)))
        .filter(t -> t.getDataType() == TensorProto.DataType.FLOAT.getNumber())
        .orElseThrow(
            () ->
                unfit(
                    output,
                    "'%s' is no constant of floats; quantise with the last layers in float"
                        .formatted(node.getInput(input))));
  }

  private static IllegalArgumentException unfit(String output, String problem) {
    return new IllegalArgumentException(
        "the output '%s' is not made by Gemm and Sigmoid or Softmax in float, so that its probabilities cannot be scaled: %s"
            .formatted(output, problem));
  }
}
