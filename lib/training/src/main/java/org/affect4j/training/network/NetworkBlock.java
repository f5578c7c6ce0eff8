package org.affect4j.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A network inside DJL, in 32-bit floats: trainable, with the outputs of its specification in
 * order. The values are those of the nodes, before the {@link NetworkOutput.Function}: logits, not
 * probabilities.
 *
 * <p>To be used like every block of DJL, in a {@code Model} with a {@code Trainer} or alone. Not
 * thread-safe.
 */
public final class NetworkBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final NetworkSpec spec;
  private final Map<String, Map<String, Parameter>> owned = new HashMap<>();

  /** Nodes that stay as they are, and compute in training what they compute otherwise. */
  private final Set<String> frozen;

  /**
   * Makes a block; its arrays come into being when it is initialised.
   *
   * @param spec the network
   * @param weights its values at the start
   * @throws IllegalArgumentException if the weights are not those of this network
   */
  public NetworkBlock(NetworkSpec spec, NetworkWeights weights) {
    this(spec, weights, Set.of());
  }

  private NetworkBlock(NetworkSpec spec, NetworkWeights weights, Set<String> frozen) {
    super(VERSION);
    weights.requireFit(spec);
    this.spec = spec;
    this.frozen = Set.copyOf(frozen);
    Map<String, ParameterSpec> all = spec.parameters();
    all.forEach(
        (name, p) -> {
          String node = name.substring(0, name.lastIndexOf('.'));
          Parameter parameter =
              addParameter(
                  Parameter.builder()
                      .setName(name)
                      .setType(p.type())
                      .optRequiresGrad(p.isTrained() && !frozen.contains(node))
                      .optShape(shape(p.lengths()))
                      .optInitializer(
                          (manager, shape, type) -> manager.create(weights.values(name), shape))
                      .build());
          owned.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(p.name(), parameter);
        });
  }

  private static Shape shape(List<Integer> lengths) {
    return new Shape(lengths.stream().mapToLong(l -> l).toArray());
  }

  /**
   * Makes a block that is ready to run.
   *
   * @param spec the network
   * @param weights its values
   * @param manager owner of its arrays
   * @return the initialised block
   */
  public static NetworkBlock ready(NetworkSpec spec, NetworkWeights weights, NDManager manager) {
    return ready(spec, weights, Set.of(), manager);
  }

  /**
   * Makes a block of which a part is not trained.
   *
   * @param spec the network
   * @param weights its values
   * @param frozen names of nodes that stay as they are, their statistics included
   * @param manager owner of its arrays
   * @return the initialised block
   */
  public static NetworkBlock ready(
      NetworkSpec spec, NetworkWeights weights, Set<String> frozen, NDManager manager) {
    NetworkBlock block = new NetworkBlock(spec, weights, frozen);
    block.initialize(manager, DataType.FLOAT32, block.batchShape(1));
    return block;
  }

  /**
   * Tells whether a parameter stays as it is.
   *
   * @param name of a parameter of the specification
   * @return whether its node is frozen
   */
  public boolean isFrozen(String name) {
    return frozen.contains(name.substring(0, name.lastIndexOf('.')));
  }

  /**
   * Returns the specification.
   *
   * @return the network
   */
  public NetworkSpec spec() {
    return spec;
  }

  /**
   * Returns the shape of a batch of samples of the size in the specification.
   *
   * @param samples number of samples
   * @return shape with the batch axis first
   */
  public Shape batchShape(int samples) {
    return new Shape(
        LongStream.concat(LongStream.of(samples), spec.input().lengths().stream().mapToLong(l -> l))
            .toArray());
  }

  /**
   * Copies the values out.
   *
   * @return the weights of this moment
   * @throws IllegalStateException if the block is not initialised
   */
  public NetworkWeights weights() {
    requireInitialised();
    Map<String, float[]> values = new LinkedHashMap<>();
    getDirectParameters()
        .forEach(p -> values.put(p.getKey(), p.getValue().getArray().toFloatArray()));
    return NetworkWeights.of(spec, values);
  }

  /**
   * Replaces all values.
   *
   * @param weights the new ones
   * @throws IllegalArgumentException if they are not those of this network
   * @throws IllegalStateException if the block is not initialised
   */
  public void load(NetworkWeights weights) {
    weights.requireFit(spec);
    requireInitialised();
    getDirectParameters()
        .forEach(p -> p.getValue().getArray().set(FloatBuffer.wrap(weights.values(p.getKey()))));
  }

  private void requireInitialised() {
    if (!isInitialized()) {
      throw new IllegalStateException("the block has no arrays yet: call initialize first");
    }
  }

  /**
   * Runs a network of one input without training.
   *
   * @param batch samples with a leading batch axis
   * @return the outputs in the order of the specification
   */
  public NDList infer(NDArray batch) {
    return infer(new NDList(batch));
  }

  /**
   * Runs the network without training.
   *
   * @param inputs an array for each of {@link NetworkSpec#inputs()}, in their order
   * @return the outputs in the order of the specification
   */
  public NDList infer(NDList inputs) {
    return forward(new ParameterStore(inputs.get(0).getManager(), false), inputs, false);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray batch = inputs.get(0);
    Map<String, NDArray> values = new HashMap<>();
    List<String> read = List.copyOf(spec.inputs().keySet());
    if (inputs.size() != read.size()) {
      throw new IllegalArgumentException(
          "network '%s' reads %s, got %d arrays".formatted(spec.name(), read, inputs.size()));
    }
    for (int i = 0; i < read.size(); i++) {
      values.put(read.get(i), inputs.get(i));
    }
    for (NetworkNode node : spec.nodes()) {
      if (node.operation() instanceof Given) {
        continue;
      }
      boolean learns = training && !frozen.contains(node.name());
      Map<String, NDArray> own = new HashMap<>();
      owned
          .getOrDefault(node.name(), Map.of())
          .forEach((name, p) -> own.put(name, store.getValue(p, batch.getDevice(), training)));
      NDList from = new NDList(node.inputs().stream().map(values::get).toList());
      if (node.operation() instanceof Recurrent recurrent) {
        NDList both = recurrent.run(from, own, learns);
        values.put(node.name(), both.get(0));
        values.put(node.name() + Recurrent.NEXT, both.get(1));
      } else {
        values.put(
            node.name(), node.operation().apply(from, Collections.unmodifiableMap(own), learns));
      }
    }
    return new NDList(spec.outputs().stream().map(o -> values.get(o.node())).toList());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    long[] lengths = inputs[0].getShape();
    FeatureShape sample =
        new FeatureShape(LongStream.of(lengths).skip(1).mapToObj(Math::toIntExact).toList());
    Map<String, FeatureShape> shapes = spec.shapes(sample);
    // States come behind what is given for each frame.
    long sequences = inputs[inputs.length - 1].get(0);
    return spec.outputs().stream()
        .map(
            o ->
                new Shape(
                    LongStream.concat(
                            LongStream.of(spec.isOfSequence(o.node()) ? sequences : lengths[0]),
                            shapes.get(o.node()).lengths().stream().mapToLong(l -> l))
                        .toArray()))
        .toArray(Shape[]::new);
  }
}
