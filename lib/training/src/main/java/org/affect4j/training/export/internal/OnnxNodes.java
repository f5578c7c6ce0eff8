package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Collects the nodes and constants of an ONNX graph that is written. Not thread-safe. */
final class OnnxNodes {
  private final GraphProto.Builder graph;

  OnnxNodes(String name) {
    graph = GraphProto.newBuilder().setName(name);
  }

  GraphProto build() {
    return graph.build();
  }

  void addInput(ValueInfoProto input) {
    graph.addInput(input);
  }

  void addOutput(ValueInfoProto output) {
    graph.addOutput(output);
  }

  /** Adds a node of one output and returns the output's name. */
  String emit(String type, String output, List<String> inputs, AttributeProto... attributes) {
    emit(type, List.of(output), inputs, attributes);
    return output;
  }

  /** Adds a node; an output or input that is left out is the empty text. */
  void emit(String type, List<String> outputs, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            // Not the output's name, which the quantiser gives to nodes of its own.
            .setName(outputs.get(0) + " " + type)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
  }

  /** Adds a constant vector and returns its name. */
  String floats(String name, float[] values) {
    return floats(name, values, values.length);
  }

  /** Adds a constant and returns its name. */
  String floats(String name, float[] values, long... shape) {
    graph.addInitializer(OnnxGraph.floatTensor(name, values, shape));
    return name;
  }

  /** Adds a constant vector of whole numbers and returns its name. */
  String longs(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asLongBuffer().put(values);
    graph.addInitializer(
        OnnxGraph.tensor(name, TensorProto.DataType.INT64, raw.array(), values.length));
    return name;
  }

  static AttributeProto integers(String name, long... values) {
    return OnnxGraph.integers(name, Arrays.stream(values).boxed().toList());
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }
}
