package org.affect4j;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Networks whose answers are known beforehand: features are the mean colours of an 8 x 8 face, or a
 * row of three numbers; those over time hand out the sum of the features of all frames so far.
 */
public final class TinyNetworks {
  private static final int FEATURES = 3;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private final Map<String, String> said;

  private TinyNetworks(Map<String, String> said) {
    this.said = said;
  }

  /**
   * A network of single faces.
   *
   * @param file where it is written
   * @param expressions classes; 0 for none
   * @param units action units; 0 for none
   * @param affect whether it answers valence and arousal
   * @param said what its metadata says of its outputs
   */
  public static Path faces(
      Path file, int expressions, int units, boolean affect, Map<String, String> said)
      throws IOException {
    TinyNetworks network = new TinyNetworks(said);
    network.colours("embedding");
    return network.heads(file, expressions, units, affect);
  }

  /** A network over time of faces, with the usual outputs; it may read 68 landmarks too. */
  public static Path facesOverTime(Path file, boolean landmarks) throws IOException {
    TinyNetworks network = new TinyNetworks(Map.of());
    network.colours(landmarks ? "colours" : "frames");
    if (landmarks) {
      network.graph.addInput(value("landmarks", 136));
      network.graph.addNode(axes(node("ReduceMax", "landmarks", "highest"), 1, 1));
      network.graph.addNode(node("Add", "colours", "frames").addInput("highest"));
    }
    network.remember();
    return network.heads(file, 7, 17, true);
  }

  /** A network of faces that adds the mean of the picture of the sound, 4 x 4, to their colours. */
  public static Path facesThatHear(Path file) throws IOException {
    TinyNetworks network = new TinyNetworks(Map.of());
    network.colours("colours");
    network
        .graph
        .addInput(value("spectrogram", 3, 4, 4))
        .addNode(axes(node("ReduceMean", "spectrogram", "loudness"), 0, 2, 3))
        .addNode(node("Add", "colours", "embedding").addInput("loudness"));
    return network.heads(file, 7, 17, true);
  }

  /** A network over time of rows of numbers, with valence and arousal alone. */
  public static Path rowsOverTime(Path file) throws IOException {
    TinyNetworks network = new TinyNetworks(Map.of());
    network.graph.addInput(value("frames", FEATURES));
    network.remember();
    return network.heads(file, 0, 0, true);
  }

  /** The same, which hears besides: the loudest value of a 2 x 2 spectrogram is added. */
  public static Path hearing(Path file) throws IOException {
    TinyNetworks network = new TinyNetworks(Map.of());
    network.graph.addInput(value("rows", FEATURES)).addInput(value("spectrogram", 3, 2, 2));
    network.graph.addNode(axes(node("ReduceMax", "spectrogram", "loudest"), 0, 1, 2, 3));
    network.graph.addNode(axes(node("ReduceMax", "loudest", "heard"), 1, 0));
    network.graph.addNode(node("Add", "rows", "frames").addInput("heard"));
    network.remember();
    return network.heads(file, 0, 0, true);
  }

  private void colours(String output) {
    graph
        .addInput(value("picture", 3, 8, 8))
        .addNode(axes(node("ReduceMean", "picture", output), 0, 2, 3));
  }

  /** The features of a frame and the sum of those before it. */
  private void remember() {
    graph
        .addInput(value("sum.state", 1, FEATURES))
        .addOutput(value("sum.next_state", 1, FEATURES))
        .addNode(axes(node("ReduceMax", "sum.state", "before"), 0, 1))
        .addNode(node("Add", "frames", "embedding").addInput("before"))
        .addInitializer(longs("state_shape", -1, 1, FEATURES))
        .addNode(node("Reshape", "embedding", "sum.next_state").addInput("state_shape"));
  }

  private Path heads(Path file, int expressions, int units, boolean affect) throws IOException {
    graph.addOutput(value("embedding", FEATURES));
    head("expression", "Softmax", expressions);
    head("action_units", "Sigmoid", units);
    head("valence_arousal", "Tanh", affect ? 2 : 0);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(7)
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13));
    said.forEach(
        (key, words) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(words)));
    return Files.write(file, model.build().toByteArray());
  }

  private void head(String name, String end, int width) {
    if (width == 0) {
      return;
    }
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName(name + "_weights")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(FEATURES)
            .addDims(width);
    for (int i = 0; i < FEATURES * width; i++) {
      weights.addFloatData(i % 5);
    }
    graph
        .addInitializer(weights)
        .addNode(node("MatMul", "embedding", name + "_raw").addInput(name + "_weights"))
        .addNode(node(end, name + "_raw", name))
        .addOutput(value(name, width));
  }

  private static TensorProto longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static NodeProto.Builder node(String type, String input, String output) {
    return NodeProto.newBuilder().setOpType(type).addInput(input).addOutput(output);
  }

  private static NodeProto.Builder axes(NodeProto.Builder node, int kept, long... axes) {
    AttributeProto.Builder all =
        AttributeProto.newBuilder().setName("axes").setType(AttributeProto.AttributeType.INTS);
    for (long axis : axes) {
      all.addInts(axis);
    }
    return node.addAttribute(all)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("keepdims")
                .setType(AttributeProto.AttributeType.INT)
                .setI(kept));
  }

  private static ValueInfoProto value(String name, int... sizes) {
    TensorShapeProto.Builder shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimParam(name.contains("state") ? "n" : "batch"));
    for (int size : sizes) {
      shape.addDim(Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
