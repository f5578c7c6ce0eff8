package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the nodes of a {@link NetworkSpec}, in the order of computation. Every method that adds
 * a node returns its name, for others to read. Not thread-safe.
 */
public final class NetworkBuilder {
  private final String name;
  private final FeatureShape input;
  private final List<NetworkNode> nodes = new ArrayList<>();
  private final List<NetworkOutput> outputs = new ArrayList<>();
  private final List<NetworkOutput> states = new ArrayList<>();

  NetworkBuilder(String name, FeatureShape input) {
    this.name = name;
    this.input = input;
  }

  /**
   * Adds an operation.
   *
   * @param node name of the node
   * @param operation what it computes
   * @param inputs names of nodes above, or {@link NetworkSpec#INPUT}
   * @return name of the node
   */
  public String add(String node, Operation operation, String... inputs) {
    nodes.add(new NetworkNode(node, operation, List.of(inputs)));
    return node;
  }

  /**
   * Adds a convolution and batch normalisation.
   *
   * @param node name of the convolution
   * @param convolution the convolution
   * @param from what it reads
   * @return name of the last node
   */
  public String normalised(String node, Convolution convolution, String from) {
    return add(node + ".bn", new BatchNormalisation(), add(node, convolution, from));
  }

  /**
   * Adds the last convolution of a residual branch and batch normalisation that starts with scale
   * 0: a deep network starts as its shortcuts alone, and its values do not grow with every block
   * (Goyal et al. 2017, Accurate, Large Minibatch SGD, section 5.1).
   *
   * @param node name of the convolution
   * @param convolution the convolution
   * @param from what it reads
   * @return name of the last node
   */
  public String silent(String node, Convolution convolution, String from) {
    return add(node + ".bn", new BatchNormalisation(0), add(node, convolution, from));
  }

  /**
   * Adds a convolution, batch normalisation and a function.
   *
   * @param node name of the convolution
   * @param convolution the convolution
   * @param activation the function
   * @param from what it reads
   * @return name of the last node
   */
  public String activated(
      String node, Convolution convolution, Activation activation, String from) {
    return add(node + ".act", activation, normalised(node, convolution, from));
  }

  /**
   * Multiplies each channel by a factor in 0 to 1 that is computed from the means of all channels
   * (squeeze-and-excitation; Hu et al. 2018, section 3).
   *
   * @param node name of the step
   * @param channels channels of the map
   * @param hidden values in between
   * @param activation function in between
   * @param from the map
   * @return name of the last node
   */
  public String excited(String node, int channels, int hidden, Activation activation, String from) {
    String mean = add(node + ".mean", new GlobalMean(), from);
    String squeezed = add(node + ".squeeze", Convolution.plain(hidden, 1, 1).withBias(0.0), mean);
    String inner = add(node + ".act", activation, squeezed);
    String outer = add(node + ".excite", Convolution.plain(channels, 1, 1).withBias(0.0), inner);
    return add(node, Combination.SCALE, from, add(node + ".factor", Activation.SIGMOID, outer));
  }

  /**
   * Adds an input beside {@link NetworkSpec#INPUT}, one for each frame.
   *
   * @param node name of the input
   * @param shape shape of one sample
   * @return its name
   */
  public String given(String node, FeatureShape shape) {
    return add(node, new Given(shape, false));
  }

  /**
   * Adds recurrent layers, their state as an input, and the state after them as an output behind
   * all others.
   *
   * @param node name of the layers
   * @param layers the layers
   * @param from what they read
   * @return name of the node
   */
  public String recurrent(String node, Recurrent layers, String from) {
    states.add(
        new NetworkOutput(
            node + Recurrent.NEXT, node + Recurrent.NEXT, NetworkOutput.Function.NONE));
    return add(node, layers, from, add(node + Recurrent.STATE, new Given(layers.state(), true)));
  }

  /**
   * Names a result.
   *
   * @param output name of the output
   * @param node the node
   * @param function what the exported network applies last
   * @return this builder
   */
  public NetworkBuilder output(String output, String node, NetworkOutput.Function function) {
    outputs.add(new NetworkOutput(output, node, function));
    return this;
  }

  /**
   * Makes the specification.
   *
   * @return the network
   * @throws IllegalArgumentException if a node reads one that is not above it, or shapes do not fit
   */
  public NetworkSpec build() {
    List<NetworkOutput> all = new ArrayList<>(outputs);
    all.addAll(states);
    return new NetworkSpec(name, input, nodes, all);
  }
}
