package org.affect4j.training.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.learn.Standardisation;
import org.affect4j.training.export.internal.OnnxGraph;
import org.affect4j.training.network.NetworkSpec;

/** Puts the standardisation of features inside a network that was trained on standardised ones. */
public final class StandardisedInput {
  private static final String CENTRED = "input/centred";
  private static final String STANDARDISED = "input/standardised";
  private static final String MEANS = "input/means";
  private static final String FACTORS = "input/factors";

  private StandardisedInput() {}

  /**
   * Adds {@code (x - mean) factor} before everything else.
   *
   * @param onnx a network of {@link NetworkExport} whose input is a vector
   * @param standardisation of as many features
   * @return the network that reads features as they come
   * @throws IllegalArgumentException if it is no ONNX model
   */
  public static byte[] of(byte[] onnx, Standardisation standardisation) {
    try {
      ModelProto model = ModelProto.parseFrom(onnx);
      List<NodeProto> nodes = new ArrayList<>();
      nodes.add(node("Sub", CENTRED, NetworkSpec.INPUT, MEANS));
      nodes.add(node("Mul", STANDARDISED, CENTRED, FACTORS));
      for (NodeProto node : model.getGraph().getNodeList()) {
        List<String> inputs =
            node.getInputList().stream()
                .map(name -> name.equals(NetworkSpec.INPUT) ? STANDARDISED : name)
                .toList();
        nodes.add(node.toBuilder().clearInput().addAllInput(inputs).build());
      }
      float[] means = floats(standardisation.means());
      GraphProto graph =
          model.getGraph().toBuilder()
              .clearNode()
              .addAllNode(nodes)
              .addInitializer(OnnxGraph.floatTensor(MEANS, means, means.length))
              .addInitializer(
                  OnnxGraph.floatTensor(FACTORS, floats(standardisation.factors()), means.length))
              .build();
      return model.toBuilder().setGraph(graph).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("these bytes are no ONNX model: " + e.getMessage(), e);
    }
  }

  private static NodeProto node(String type, String output, String left, String right) {
    return NodeProto.newBuilder()
        .setName(output + " " + type)
        .setOpType(type)
        .addInput(left)
        .addInput(right)
        .addOutput(output)
        .build();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
