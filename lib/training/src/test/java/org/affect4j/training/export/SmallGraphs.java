package org.affect4j.training.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.training.export.internal.OnnxGraph;
import org.affect4j.training.quantise.CalibrationTensor;

/** Builds small networks with random weights for the tests. */
public final class SmallGraphs {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
  private final Random random = new Random(7);

  public SmallGraphs(long... inputShape) {
    graph.addInput(value("input", inputShape.length));
  }

  private static ValueInfoProto value(String name, int dimensions) {
    return OnnxGraph.value(
        name,
        TensorProto.DataType.FLOAT,
        IntStream.range(0, dimensions).mapToObj(i -> name + i).toList());
  }

  /** Adds normally distributed weights; a channel's spread grows with its number. */
  public String weights(String name, long... shape) {
    int size = 1;
    for (long d : shape) {
      size *= (int) d;
    }
    float[] values = new float[size];
    int each = size / (int) shape[0];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * .1 * (1 + i / each));
    }
    return constant(name, values, shape);
  }

  public String constant(String name, float[] values, long... shape) {
    graph.addInitializer(OnnxGraph.floatTensor(name, values, shape));
    return name;
  }

  public String longs(String name, long... values) {
    graph.addInitializer(OnnxGraph.longTensor(name, Arrays.stream(values).boxed().toList()));
    return name;
  }

  public static AttributeProto ints(String name, long... values) {
    return OnnxGraph.integers(name, Arrays.stream(values).boxed().toList());
  }

  public String node(
      String type, String output, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName("node " + output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  /** Adds a 3 x 3 convolution with a bias, padded to keep the size. */
  public String conv(String output, String input, int from, int to) {
    return node(
        "Conv",
        output,
        List.of(input, weights(output + ".w", to, from, 3, 3), weights(output + ".b", to)),
        ints("kernel_shape", 3, 3),
        ints("pads", 1, 1, 1, 1));
  }

  public byte[] build(int outputDimensions, String... outputs) {
    return build(13, outputDimensions, outputs);
  }

  public byte[] build(int opset, int outputDimensions, String... outputs) {
    for (String output : outputs) {
      graph.addOutput(value(output, outputDimensions));
    }
    return ModelProto.newBuilder()
        .setIrVersion(7)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** Inputs spread evenly over -1 to 1. */
  public static List<CalibrationTensor> inputs(int count, int seed, long... shape) {
    Random random = new Random(seed);
    List<CalibrationTensor> inputs = new ArrayList<>();
    int size = 1;
    for (long d : shape) {
      size *= (int) d;
    }
    for (int n = 0; n < count; n++) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = 2 * random.nextFloat() - 1;
      }
      inputs.add(CalibrationTensor.of(values, shape));
    }
    return inputs;
  }
}
