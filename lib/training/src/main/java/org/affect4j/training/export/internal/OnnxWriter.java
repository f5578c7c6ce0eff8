package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.affect4j.model.BehaviourOutputs;
import org.affect4j.training.network.Activation;
import org.affect4j.training.network.BatchNormalisation;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.Combination;
import org.affect4j.training.network.Convolution;
import org.affect4j.training.network.Dropping;
import org.affect4j.training.network.Enlarging;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.Flattening;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.Given;
import org.affect4j.training.network.GlobalMean;
import org.affect4j.training.network.NetworkNode;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Operation;
import org.affect4j.training.network.ParameterSpec;
import org.affect4j.training.network.Pooling;
import org.affect4j.training.network.PriorRows;
import org.affect4j.training.network.Recurrent;

/**
 * Writes a network as an ONNX file (opset 13), as it is used after training: dropout is left out,
 * batch normalisation is folded into the layer before it, and outputs get their last function.
 */
public final class OnnxWriter {
  static final int OPSET = 13;

  /** Key of the metadata under which the file names its network. */
  public static final String SPECIFICATION = "specification";

  private static final int IR_VERSION = 7;
  private static final String SHIFT = ".folded_bias";

  private final NetworkSpec spec;
  private final NetworkWeights weights;
  private final Map<String, FeatureShape> shapes;
  private final OnnxNodes graph;
  private final Map<String, NetworkNode> folded;

  /** The tensor that holds a node's output. */
  private final Map<String, String> tensors = new HashMap<>();

  private OnnxWriter(NetworkSpec spec, NetworkWeights weights) {
    weights.requireFit(spec);
    this.spec = spec;
    this.weights = weights;
    this.shapes = spec.shapes(spec.input());
    this.graph = new OnnxNodes(spec.name());
    this.folded = folded(spec);
  }

  /** Batch normalisations that become part of the layer before them, by the name of that layer. */
  public static Map<String, NetworkNode> folded(NetworkSpec spec) {
    Map<String, List<NetworkNode>> readers = new HashMap<>();
    for (NetworkNode node : spec.nodes()) {
      node.inputs()
          .forEach(from -> readers.computeIfAbsent(from, n -> new ArrayList<>()).add(node));
    }
    Set<String> results = new HashSet<>();
    spec.outputs().forEach(o -> results.add(o.node()));
    Map<String, NetworkNode> folded = new LinkedHashMap<>();
    for (NetworkNode node : spec.nodes()) {
      List<NetworkNode> next = readers.getOrDefault(node.name(), List.of());
      if ((node.operation() instanceof Convolution || node.operation() instanceof FullyConnected)
          && next.size() == 1
          && next.get(0).operation() instanceof BatchNormalisation
          && !results.contains(node.name())) {
        folded.put(node.name(), next.get(0));
      }
    }
    return folded;
  }

  /**
   * Writes a network.
   *
   * @throws IllegalArgumentException if the weights do not fit, or if the network holds an
   *     operation that has no form in ONNX here; the message names it
   */
  public static byte[] write(NetworkSpec spec, NetworkWeights weights) {
    return new OnnxWriter(spec, weights).model().toByteArray();
  }

  /** Whether maps of any size go in: only where rows, one per prior, come out. */
  public static boolean takesAnySize(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = spec.shapes(spec.input());
    return spec.input().isMap()
        && spec.outputs().stream().allMatch(o -> shapes.get(o.node()).lengths().size() == 2);
  }

  private ModelProto model() {
    tensors.put(NetworkSpec.INPUT, NetworkSpec.INPUT);
    for (NetworkNode node : spec.nodes()) {
      add(node);
    }
    boolean anySize = takesAnySize(spec);
    List<Object> sample = new ArrayList<>(spec.input().lengths());
    if (anySize) {
      sample.set(1, "height");
      sample.set(2, "width");
    }
    graph.addInput(value(NetworkSpec.INPUT, "batch", sample));
    for (NetworkNode node : spec.nodes()) {
      if (node.operation() instanceof Given given) {
        graph.addInput(value(node.name(), batch(node.name()), given.shape().lengths()));
      }
    }
    for (NetworkOutput output : spec.outputs()) {
      addOutput(output);
      List<Object> lengths = new ArrayList<>(shapes.get(output.node()).lengths());
      if (anySize) {
        lengths.set(0, "priors");
      }
      graph.addOutput(value(output.name(), batch(output.node()), lengths));
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("affect4j")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .addMetadataProps(said(SPECIFICATION, spec.name()))
            .setGraph(graph.build());
    BehaviourHeads.vocabulary(spec)
        .map(read -> BehaviourOutputs.of(read, ""))
        .orElse(Map.of())
        .forEach((output, words) -> model.addMetadataProps(said(output, words)));
    return model.build();
  }

  private static StringStringEntryProto said(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private void addOutput(NetworkOutput output) {
    String from = tensors.get(output.node());
    switch (output.function()) {
      case NONE -> {
        if (!from.equals(output.name())) {
          graph.emit("Identity", output.name(), List.of(from));
        }
      }
      case SOFTMAX ->
          graph.emit("Softmax", output.name(), List.of(from), OnnxGraph.integer("axis", -1));
      case SIGMOID -> graph.emit("Sigmoid", output.name(), List.of(from));
    }
  }

  private void add(NetworkNode node) {
    Operation op = node.operation();
    String name = tensorName(spec, node.name());
    List<String> inputs = node.inputs().stream().map(tensors::get).toList();
    if (op instanceof Dropping || isFolded(node)) {
      tensors.put(node.name(), inputs.get(0));
      return;
    }
    tensors.put(node.name(), name);
    if (op instanceof Given) {
      return; // Listed as an input of the graph.
    }
    if (op instanceof Convolution convolution) {
      addConvolution(node, convolution, name, inputs.get(0));
    } else if (op instanceof FullyConnected) {
      List<String> read = new ArrayList<>(List.of(inputs.get(0)));
      read.addAll(addWeights(node));
      graph.emit("Gemm", name, read, OnnxGraph.integer("transB", 1));
    } else if (op instanceof BatchNormalisation) {
      List<String> read = new ArrayList<>(List.of(inputs.get(0)));
      for (String p : List.of("scale", "shift", "running_mean", "running_variance")) {
        read.add(graph.floats(node.name() + "." + p, weights.values(node.name() + "." + p)));
      }
      graph.emit(
          "BatchNormalization", name, read, OnnxNodes.real("epsilon", BatchNormalisation.EPSILON));
    } else if (op instanceof Activation activation) {
      addActivation(activation, name, inputs.get(0));
    } else if (op instanceof Pooling pooling) {
      graph.emit(
          pooling.kind() == Pooling.Kind.MAXIMUM ? "MaxPool" : "AveragePool",
          name,
          inputs,
          OnnxNodes.integers("kernel_shape", pooling.kernel(), pooling.kernel()),
          OnnxNodes.integers("strides", pooling.stride(), pooling.stride()),
          pads(pooling.padding()));
    } else if (op instanceof GlobalMean) {
      graph.emit("GlobalAveragePool", name, inputs);
    } else if (op instanceof Flattening) {
      graph.emit("Flatten", name, inputs, OnnxGraph.integer("axis", 1));
    } else if (op instanceof Combination combination) {
      addCombination(combination, name, inputs);
    } else if (op instanceof Enlarging) {
      addEnlarging(name, inputs);
    } else if (op instanceof Recurrent recurrent) {
      String next = node.name() + Recurrent.NEXT;
      tensors.put(next, next);
      int width = shapes.get(node.inputs().get(0)).channels();
      new RecurrentWriter(graph, weights, node.name(), recurrent).write(inputs, width, name, next);
    } else if (op instanceof PriorRows rows) {
      graph.emit("Transpose", name + "/last", inputs, OnnxNodes.integers("perm", 0, 2, 3, 1));
      graph.emit(
          "Reshape",
          name,
          List.of(name + "/last", graph.longs(name + "/lengths", 0, -1, rows.values())));
    } else {
      throw new IllegalArgumentException(
          "network '%s': operation %s of node '%s' cannot be written as ONNX; the writer knows those of %s"
              .formatted(
                  spec.name(),
                  op.getClass().getSimpleName(),
                  node.name(),
                  Operation.class.getPackageName()));
    }
  }

  /** That of the output which a node is, or its own where no output is called so. */
  public static String tensorName(NetworkSpec spec, String node) {
    for (NetworkOutput output : spec.outputs()) {
      if (output.node().equals(node) && output.function() == NetworkOutput.Function.NONE) {
        return output.name();
      }
    }
    return spec.outputNames().contains(node) ? node + "/value" : node;
  }

  private boolean isFolded(NetworkNode node) {
    return node.operation() instanceof BatchNormalisation
        && folded.get(node.inputs().get(0)) == node;
  }

  private void addConvolution(
      NetworkNode node, Convolution convolution, String name, String input) {
    List<String> read = new ArrayList<>(List.of(input));
    read.addAll(addWeights(node));
    graph.emit(
        "Conv",
        name,
        read,
        OnnxNodes.integers("kernel_shape", convolution.kernel(), convolution.kernel()),
        OnnxNodes.integers("strides", convolution.stride(), convolution.stride()),
        pads(convolution.padding()),
        OnnxGraph.integer("group", convolution.groups()));
  }

  /**
   * Adds weights and bias, with the batch normalisation that follows folded into them.
   *
   * @return names of the constants
   */
  private List<String> addWeights(NetworkNode node) {
    ParameterSpec shape = spec.parametersOf(node.name()).get(0);
    String name = node.name() + ".weight";
    float[] w = weights.values(name);
    int channels = shape.lengths().get(0);
    boolean hasBias = weights.names().contains(node.name() + ".bias");
    float[] bias = hasBias ? weights.values(node.name() + ".bias") : new float[channels];
    NetworkNode norm = folded.get(node.name());
    if (norm != null) {
      BatchNormalisationFolding.fold(
          w,
          bias,
          weights.values(norm.name() + ".scale"),
          weights.values(norm.name() + ".shift"),
          weights.values(norm.name() + ".running_mean"),
          weights.values(norm.name() + ".running_variance"),
          BatchNormalisation.EPSILON);
    }
    long[] lengths = shape.lengths().stream().mapToLong(l -> l).toArray();
    graph.floats(name, w, lengths);
    if (!hasBias && norm == null) {
      return List.of(name);
    }
    return List.of(name, graph.floats(node.name() + (norm == null ? ".bias" : SHIFT), bias));
  }

  private void addActivation(Activation activation, String name, String input) {
    switch (activation.kind()) {
      case RELU -> graph.emit("Relu", name, List.of(input));
      case LEAKY_RELU ->
          graph.emit(
              "LeakyRelu",
              name,
              List.of(input),
              OnnxNodes.real("alpha", (float) activation.slope()));
      case SIGMOID -> graph.emit("Sigmoid", name, List.of(input));
      case TANH -> graph.emit("Tanh", name, List.of(input));
      case SILU -> {
        graph.emit("Sigmoid", name + "/factor", List.of(input));
        graph.emit("Mul", name, List.of(input, name + "/factor"));
      }
    }
  }

  private void addCombination(Combination combination, String name, List<String> inputs) {
    switch (combination) {
      case JOIN -> graph.emit("Concat", name, inputs, OnnxGraph.integer("axis", 1));
      case SCALE -> graph.emit("Mul", name, inputs);
      case ADD -> {
        String sum = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
          String next = i == inputs.size() - 1 ? name : name + "/" + i;
          graph.emit("Add", next, List.of(sum, inputs.get(i)));
          sum = next;
        }
      }
    }
  }

  /**
   * Pixel i of the result is pixel floor(i small / large), which is floor(i / 2) both for twice the
   * size and for one pixel less.
   */
  private void addEnlarging(String name, List<String> inputs) {
    String two = graph.longs(name + "/two", 2);
    graph.emit("Shape", name + "/shape", List.of(inputs.get(0)));
    graph.emit("Shape", name + "/wanted", List.of(inputs.get(1)));
    graph.emit(
        "Slice", name + "/kept", List.of(name + "/shape", graph.longs(name + "/zero", 0), two));
    graph.emit(
        "Slice", name + "/sides", List.of(name + "/wanted", two, graph.longs(name + "/four", 4)));
    graph.emit(
        "Concat",
        name + "/size",
        List.of(name + "/kept", name + "/sides"),
        OnnxGraph.integer("axis", 0));
    graph.emit(
        "Resize",
        name,
        List.of(inputs.get(0), "", "", name + "/size"),
        OnnxNodes.text("mode", "nearest"),
        OnnxNodes.text("coordinate_transformation_mode", "asymmetric"),
        OnnxNodes.text("nearest_mode", "floor"));
  }

  private static AttributeProto pads(int padding) {
    return OnnxNodes.integers("pads", padding, padding, padding, padding);
  }

  /** The name of the free length of the first axis. */
  private String batch(String node) {
    return spec.isOfSequence(node) ? "sequences" : "batch";
  }

  /** A float tensor; lengths are numbers, or names of free ones. */
  static ValueInfoProto value(String name, String batch, List<?> lengths) {
    List<Object> all = new ArrayList<>(List.of(batch));
    all.addAll(lengths);
    return OnnxGraph.value(name, TensorProto.DataType.FLOAT, all);
  }
}
