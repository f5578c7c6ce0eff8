package org.affect4j.training.export.internal;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;

/**
 * The layers at the end of a behaviour network that may be learned anew: a fully connected layer
 * over the pooled features, batch normalisation if it is not folded, and the ReLU whose output is
 * {@value #EMBEDDING}. What is before them is the trunk, in float or in 8 bits. Immutable.
 */
public final class EmbeddingTail {
  /** Name of the output at which the layers end. */
  public static final String EMBEDDING = "embedding";

  /** What is put before the names of new tensors, so that none is there twice. */
  private static final String NEW = "tuned/";

  private final ModelProto model;
  private final String pooled;
  private final int pooledWidth;
  private final float[] weights;
  private final float[] bias;

  private EmbeddingTail(
      ModelProto model, String pooled, int pooledWidth, float[] weights, float[] bias) {
    this.model = model;
    this.pooled = pooled;
    this.pooledWidth = pooledWidth;
    this.weights = weights;
    this.bias = bias;
  }

  /**
   * Finds the layers.
   *
   * @param onnx file of a behaviour network
   * @return its last layers
   * @throws IllegalArgumentException if it is no ONNX file or does not end in such layers
   */
  public static EmbeddingTail of(byte[] onnx) {
    ModelProto model = OnnxGraph.model(onnx);
    GraphProto graph = model.getGraph();
    long opset = OnnxGraph.opset(model);
    if (opset < OnnxWriter.OPSET) {
      throw new IllegalArgumentException(
          "the network has opset %d; new layers are written for opset %d and later"
              .formatted(opset, OnnxWriter.OPSET));
    }
    if (graph.getOutputList().stream().noneMatch(o -> o.getName().equals(EMBEDDING))) {
      throw unfit(
          "it has no output of this name, but "
              + graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    }
    Map<String, TensorProto> constants = OnnxGraph.constants(graph);
    NodeProto relu = producer(graph, EMBEDDING, "Relu");
    NodeProto before = producer(graph, relu.getInput(0), "BatchNormalization", "Gemm");
    boolean normalised = before.getOpType().equals("BatchNormalization");
    NodeProto gemm = normalised ? producer(graph, before.getInput(0), "Gemm") : before;
    if (OnnxGraph.integer(gemm, "transA", 0) != 0
        || OnnxGraph.integer(gemm, "transB", 0) != 1
        || OnnxGraph.real(gemm, "alpha", 1) != 1
        || OnnxGraph.real(gemm, "beta", 1) != 1) {
      throw unfit("its Gemm is no plain layer with one row of weights per output");
    }
    TensorProto matrix = floats(constants, gemm, 1);
    float[] weights = OnnxGraph.floats(matrix);
    int rows = (int) matrix.getDims(0);
    float[] bias =
        gemm.getInputCount() > 2 ? OnnxGraph.floats(floats(constants, gemm, 2)) : new float[rows];
    if (normalised) {
      fold(constants, before, weights, bias);
    }
    return new EmbeddingTail(model, gemm.getInput(0), (int) matrix.getDims(1), weights, bias);
  }

  private static IllegalArgumentException unfit(String problem) {
    return new IllegalArgumentException(
        "this network does not end in Gemm, BatchNormalization (or none), Relu with the output '"
            + EMBEDDING
            + "', so that its last layers cannot be learned anew: "
            + problem);
  }

  private static NodeProto producer(GraphProto graph, String tensor, String... types) {
    Optional<NodeProto> found =
        graph.getNodeList().stream().filter(n -> n.getOutputList().contains(tensor)).findFirst();
    return found
        .filter(n -> List.of(types).contains(n.getOpType()))
        .orElseThrow(
            () ->
                unfit(
                    "'%s' comes from %s, expected %s"
                        .formatted(
                            tensor,
                            found.map(NodeProto::getOpType).orElse("no node"),
                            String.join(" or ", types))));
  }

  private static TensorProto floats(Map<String, TensorProto> constants, NodeProto node, int input) {
    return Optional.ofNullable(constants.get(node.getInput(input)))
        .filter(t -> t.getDataType() == TensorProto.DataType.FLOAT.getNumber())
        .orElseThrow(() -> unfit("'%s' is no constant of floats".formatted(node.getInput(input))));
  }

  private static void fold(
      Map<String, TensorProto> constants, NodeProto norm, float[] weights, float[] bias) {
    BatchNormalisationFolding.fold(
        weights,
        bias,
        OnnxGraph.floats(floats(constants, norm, 1)),
        OnnxGraph.floats(floats(constants, norm, 2)),
        OnnxGraph.floats(floats(constants, norm, 3)),
        OnnxGraph.floats(floats(constants, norm, 4)),
        OnnxGraph.real(norm, "epsilon", 1e-5f));
  }

  /**
   * Returns the name of the tensor that the layers read.
   *
   * @return the only output of {@link #trunk()}
   */
  public String pooled() {
    return pooled;
  }

  /**
   * Returns how many pooled features the layers read.
   *
   * @return numbers per face
   */
  public int pooledWidth() {
    return pooledWidth;
  }

  /**
   * Returns how many numbers the embedding has.
   *
   * @return numbers per face
   */
  public int embeddingWidth() {
    return bias.length;
  }

  /**
   * Returns the weights, batch normalisation folded: {@code embedding = max(0, W pooled + b)}.
   *
   * @return a copy of W, one row of {@link #pooledWidth()} numbers per number of the embedding
   */
  public float[] weights() {
    return weights.clone();
  }

  /**
   * Returns the bias, batch normalisation folded.
   *
   * @return a copy of b
   */
  public float[] bias() {
    return bias.clone();
  }

  /**
   * Returns what is before the layers.
   *
   * @return an ONNX file with the input of the network and the output {@link #pooled()}, float
   *     {@code [batch, pooled width]}
   */
  public byte[] trunk() {
    GraphProto.Builder graph =
        model.getGraph().toBuilder()
            .clearOutput()
            .addOutput(OnnxWriter.value(pooled, "batch", List.of(pooledWidth)));
    return model.toBuilder().setGraph(GraphSimplifier.withoutUnread(graph)).build().toByteArray();
  }

  /**
   * Puts other layers in the place of these and of everything that read them.
   *
   * @param spec layers that read {@link #pooledWidth()} numbers
   * @param values their numbers
   * @param metadata what the file shall say of itself, beside what it says already
   * @return an ONNX file: the trunk, then the layers, with their outputs only
   * @throws IllegalArgumentException if the layers read something else, or one of their outputs is
   *     the name of a tensor of the trunk
   */
  public byte[] replaced(NetworkSpec spec, NetworkWeights values, Map<String, String> metadata) {
    if (!spec.input().lengths().equals(List.of(pooledWidth))) {
      throw new IllegalArgumentException(
          "the layers read %s numbers, but the trunk gives %d"
              .formatted(spec.input(), pooledWidth));
    }
    ModelProto trunk = OnnxGraph.model(trunk());
    GraphProto added = OnnxGraph.model(OnnxWriter.write(spec, values)).getGraph();
    Set<String> taken = new HashSet<>(OnnxGraph.constants(trunk.getGraph()).keySet());
    trunk.getGraph().getNodeList().forEach(n -> taken.addAll(n.getOutputList()));
    Set<String> outputs = Set.copyOf(spec.outputNames());
    UnaryOperator<String> renamed =
        name ->
            name.equals(NetworkSpec.INPUT) ? pooled : outputs.contains(name) ? name : NEW + name;
    GraphProto.Builder graph = trunk.getGraph().toBuilder().clearOutput();
    for (TensorProto t : added.getInitializerList()) {
      requireFree(taken, renamed.apply(t.getName()));
      graph.addInitializer(t.toBuilder().setName(renamed.apply(t.getName())));
    }
    for (NodeProto node : added.getNodeList()) {
      node.getOutputList().forEach(name -> requireFree(taken, renamed.apply(name)));
      graph.addNode(
          node.toBuilder()
              .setName(NEW + node.getName())
              .clearInput()
              .addAllInput(node.getInputList().stream().map(renamed).toList())
              .clearOutput()
              .addAllOutput(node.getOutputList().stream().map(renamed).toList()));
    }
    graph.addAllOutput(added.getOutputList());
    return described(
        trunk.toBuilder()
            .setGraph(graph)
            .clearMetadataProps()
            .addAllMetadataProps(model.getMetadataPropsList()),
        metadata);
  }

  /**
   * Says more in the metadata of an ONNX file.
   *
   * @param onnx the file
   * @param metadata what is said
   * @return the file with it, entries sorted by their keys
   */
  public static byte[] described(byte[] onnx, Map<String, String> metadata) {
    return described(OnnxGraph.model(onnx).toBuilder(), metadata);
  }

  private static byte[] described(ModelProto.Builder whole, Map<String, String> metadata) {
    Map<String, String> all =
        whole.getMetadataPropsList().stream()
            .collect(
                Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    all.putAll(metadata);
    whole.clearMetadataProps();
    all.keySet().stream()
        .sorted()
        .forEach(
            key ->
                whole.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(all.get(key))));
    return whole.build().toByteArray();
  }

  private static void requireFree(Set<String> taken, String name) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException(
          "the trunk has a tensor '%s' already, so that no new layer can be called so"
              .formatted(name));
    }
  }

  /**
   * Returns what an ONNX file says of itself.
   *
   * @param onnx the file
   * @return its metadata; unmodifiable
   * @throws IllegalArgumentException if it is no ONNX file
   */
  public static Map<String, String> metadata(byte[] onnx) {
    return OnnxGraph.model(onnx).getMetadataPropsList().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                StringStringEntryProto::getKey, StringStringEntryProto::getValue, (a, b) -> b));
  }
}
