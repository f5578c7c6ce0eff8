package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A float network read from an ONNX file and simplified, with its constants and who reads what.
 * Immutable.
 */
public final class OnnxGraph {
  /** The first version whose DequantizeLinear has one scale per channel. */
  private static final int LEAST_OPSET = 13;

  private final ModelProto model;
  private final List<NodeProto> nodes;
  private final Map<String, TensorProto> constants;
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Set<String> outputs;
  private final String input;

  private OnnxGraph(ModelProto model) {
    this.model = model;
    GraphProto graph = model.getGraph();
    this.constants = constants(graph);
    this.outputs =
        graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    this.nodes = graph.getNodeList();
    for (NodeProto node : nodes) {
      new HashSet<>(node.getInputList())
          .forEach(name -> readers.computeIfAbsent(name, n -> new ArrayList<>()).add(node));
    }
    List<String> inputs =
        graph.getInputList().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> !constants.containsKey(name))
            .toList();
    if (inputs.size() != 1) {
      throw new IllegalArgumentException("the network has one input, got " + inputs);
    }
    this.input = inputs.get(0);
  }

  /**
   * Reads a file.
   *
   * @param fixedDoubling whether each map may be taken to be twice the next, see {@link
   *     FixedDoubling}
   * @throws IllegalArgumentException if it is no ONNX file, or one that cannot be quantised
   */
  public static OnnxGraph parse(byte[] bytes, boolean fixedDoubling) {
    ModelProto model = model(bytes);
    long opset = opset(model);
    if (opset < LEAST_OPSET) {
      throw new IllegalArgumentException(
          "the network has opset %d; weights with one scale per channel need opset %d or later"
              .formatted(opset, LEAST_OPSET));
    }
    if (model.getGraph().getNodeList().stream()
        .anyMatch(n -> n.getOpType().equals("QuantizeLinear"))) {
      throw new IllegalArgumentException("the network is quantised already");
    }
    GraphProto simple = GraphSimplifier.simplify(model.getGraph());
    return new OnnxGraph(
        model.toBuilder().setGraph(fixedDoubling ? FixedDoubling.apply(simple) : simple).build());
  }

  /** Reads a file that holds a graph. */
  public static ModelProto model(byte[] onnx) {
    try {
      ModelProto model = ModelProto.parseFrom(onnx);
      if (model.getGraph().getNodeCount() > 0) {
        return model;
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("this is no ONNX file: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("this is no ONNX file: it has no graph with nodes");
  }

  /** The version of ONNX's own operations; 0 if there is none. */
  static long opset(ModelProto model) {
    return model.getOpsetImportList().stream()
        .filter(o -> o.getDomain().isEmpty())
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(0);
  }

  public ModelProto model() {
    return model;
  }

  /** The nodes in an order in which each comes after those it reads. */
  public List<NodeProto> nodes() {
    return nodes;
  }

  public String input() {
    return input;
  }

  public boolean isOutput(String tensor) {
    return outputs.contains(tensor);
  }

  public boolean isConstant(String tensor) {
    return constants.containsKey(tensor);
  }

  /** Nodes that read a tensor, each once. */
  public List<NodeProto> readers(String tensor) {
    return Collections.unmodifiableList(readers.getOrDefault(tensor, List.of()));
  }

  /** A constant of floats, if the tensor is one. */
  public Optional<TensorProto> floatConstant(String tensor) {
    return Optional.ofNullable(constants.get(tensor))
        .filter(t -> t.getDataType() == TensorProto.DataType.FLOAT.getNumber());
  }

  /** Initialisers and the values of Constant nodes, by name. */
  public static Map<String, TensorProto> constants(GraphProto graph) {
    Map<String, TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(t -> constants.put(t.getName(), t));
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Constant")) {
        attribute(node, "value").ifPresent(a -> constants.put(node.getOutput(0), a.getT()));
      }
    }
    return constants;
  }

  /** Every name in use. */
  public Set<String> names() {
    Set<String> names = new HashSet<>(constants.keySet());
    nodes.forEach(n -> names.addAll(n.getOutputList()));
    names.add(input);
    return names;
  }

  public static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst();
  }

  public static List<Long> integers(NodeProto node, String name) {
    return attribute(node, name).map(AttributeProto::getIntsList).orElse(List.of());
  }

  static String text(NodeProto node, String name, String otherwise) {
    return attribute(node, name).map(a -> a.getS().toStringUtf8()).orElse(otherwise);
  }

  public static AttributeProto integers(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** A node with one output, named as that. */
  public static NodeProto node(
      String type, List<String> inputs, String output, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(inputs)
        .addOutput(output)
        .addAllAttribute(List.of(attributes))
        .build();
  }

  /** A tensor that goes in or out; lengths are numbers, or names of free ones. */
  public static ValueInfoProto value(String name, TensorProto.DataType type, List<?> lengths) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object length : lengths) {
      TensorShapeProto.Dimension.Builder d = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          length instanceof Integer number
              ? d.setDimValue(number)
              : d.setDimParam((String) length));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  public static long integer(NodeProto node, String name, long otherwise) {
    return attribute(node, name).map(AttributeProto::getI).orElse(otherwise);
  }

  public static float real(NodeProto node, String name, float otherwise) {
    return attribute(node, name).map(AttributeProto::getF).orElse(otherwise);
  }

  public static float[] floats(TensorProto tensor) {
    if (tensor.getFloatDataCount() > 0) {
      float[] values = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    FloatBuffer raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[raw.remaining()];
    raw.get(values);
    return values;
  }

  /** The values of a tensor of 64-bit integers. */
  static List<Long> longs(TensorProto tensor) {
    if (tensor.getInt64DataCount() > 0) {
      return tensor.getInt64DataList();
    }
    LongBuffer raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    List<Long> values = new ArrayList<>();
    while (raw.hasRemaining()) {
      values.add(raw.get());
    }
    return values;
  }

  public static TensorProto longTensor(String name, List<Long> values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addDims(values.size())
        .addAllInt64Data(values)
        .build();
  }

  public static TensorProto floatTensor(String name, float[] values, long... shape) {
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor(name, TensorProto.DataType.FLOAT, raw.array(), shape);
  }

  public static TensorProto intTensor(String name, int[] values, long... shape) {
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asIntBuffer().put(values);
    return tensor(name, TensorProto.DataType.INT32, raw.array(), shape);
  }

  public static TensorProto tensor(
      String name, TensorProto.DataType type, byte[] little, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(little));
    for (long d : shape) {
      tensor.addDims(d);
    }
    return tensor.build();
  }
}
