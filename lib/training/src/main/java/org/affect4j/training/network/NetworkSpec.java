package org.affect4j.training.network;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A network without its numbers: a graph of operations with named outputs.
 *
 * <p>A network over time has an input {@code NODE.state} and an output {@code NODE.next_state} for
 * each {@link Recurrent} node: zeros before the first frame of a video, then what came out last.
 *
 * @param name name under which weights and files of it are known
 * @param input shape of one sample in training; maps may have other sides at inference where no
 *     fully connected layer forbids it
 * @param nodes the operations, each after those it reads
 * @param outputs the results, in order
 */
public record NetworkSpec(
    String name, FeatureShape input, List<NetworkNode> nodes, List<NetworkOutput> outputs) {
  /** The name by which nodes read the network's input, and that of the exported file. */
  public static final String INPUT = "input";

  /** Copies the lists and checks that all names exist and all shapes fit. */
  public NetworkSpec {
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
    if (nodes.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException("network '" + name + "' needs nodes and outputs");
    }
    Set<String> known = new HashSet<>(Set.of(INPUT));
    for (NetworkNode node : nodes) {
      for (String from : node.inputs()) {
        require(
            known.contains(from), name, node.name(), "reads '" + from + "', which is not above");
      }
      require(known.add(node.name()), name, node.name(), "exists already");
      if (node.operation() instanceof Recurrent) {
        known.add(node.name() + Recurrent.NEXT);
      }
    }
    Set<String> results = new HashSet<>();
    for (NetworkOutput output : outputs) {
      require(known.contains(output.node()), name, output.node(), "is an output but not there");
      require(
          results.add(output.name()) && !output.name().equals(INPUT),
          name,
          output.name(),
          "is the name of two outputs or of the input");
    }
    walk(name, nodes, input);
  }

  private static void require(boolean fits, String network, String node, String problem) {
    if (!fits) {
      throw new IllegalArgumentException("network '%s': '%s' %s".formatted(network, node, problem));
    }
  }

  private static Map<String, FeatureShape> walk(
      String network, List<NetworkNode> nodes, FeatureShape input) {
    Map<String, FeatureShape> shapes = new LinkedHashMap<>();
    shapes.put(INPUT, input);
    for (NetworkNode node : nodes) {
      try {
        shapes.put(node.name(), node.operation().shape(inputs(node, shapes)));
        if (node.operation() instanceof Recurrent recurrent) {
          shapes.put(node.name() + Recurrent.NEXT, recurrent.state());
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "network '%s', node '%s': %s".formatted(network, node.name(), e.getMessage()), e);
      }
    }
    return Collections.unmodifiableMap(shapes);
  }

  private static List<FeatureShape> inputs(NetworkNode node, Map<String, FeatureShape> shapes) {
    return node.inputs().stream().map(shapes::get).toList();
  }

  /**
   * Starts a description.
   *
   * @param name name of the network
   * @param input shape of one sample
   * @return a builder without nodes
   */
  public static NetworkBuilder builder(String name, FeatureShape input) {
    return new NetworkBuilder(name, input);
  }

  /**
   * Returns everything that the network reads.
   *
   * @return shape of one sample of each input by its name: {@link #INPUT} first, then those that
   *     are {@link Given}; unmodifiable
   */
  public Map<String, FeatureShape> inputs() {
    Map<String, FeatureShape> inputs = new LinkedHashMap<>();
    inputs.put(INPUT, input);
    for (NetworkNode node : nodes) {
      if (node.operation() instanceof Given given) {
        inputs.put(node.name(), given.shape());
      }
    }
    return Collections.unmodifiableMap(inputs);
  }

  /**
   * Tells whether there is one of an input or output for each sequence, as of the states of
   * recurrent layers, rather than for each frame.
   *
   * @param name name of an input, or of the node of an output
   * @return whether its batch axis holds sequences
   */
  public boolean isOfSequence(String name) {
    return name.endsWith(Recurrent.NEXT)
        || nodes.stream()
            .anyMatch(
                n -> n.name().equals(name) && n.operation() instanceof Given g && g.ofSequence());
  }

  /**
   * Returns the shape of every node's output.
   *
   * @param sample shape of one sample
   * @return shapes by name, the input first; unmodifiable
   * @throws IllegalArgumentException if the network cannot take this shape
   */
  public Map<String, FeatureShape> shapes(FeatureShape sample) {
    if (sample.lengths().size() != input.lengths().size()
        || sample.channels() != input.channels()) {
      throw new IllegalArgumentException(
          "network '%s' takes inputs like %s, got %s".formatted(name, input, sample));
    }
    return walk(name, nodes, sample);
  }

  /**
   * Returns all parameters.
   *
   * @return parameters by name, which is the node's, a point, and its own; in order, unmodifiable
   */
  public Map<String, ParameterSpec> parameters() {
    Map<String, FeatureShape> shapes = shapes(input);
    Map<String, ParameterSpec> all = new LinkedHashMap<>();
    for (NetworkNode node : nodes) {
      for (ParameterSpec parameter : node.operation().parameters(inputs(node, shapes))) {
        all.put(node.name() + "." + parameter.name(), parameter);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /**
   * Returns the parameters of one node.
   *
   * @param node its name
   * @return its parameters in order, none for most nodes
   * @throws IllegalArgumentException if there is no such node
   */
  public List<ParameterSpec> parametersOf(String node) {
    Map<String, FeatureShape> shapes = shapes(input);
    return nodes.stream()
        .filter(n -> n.name().equals(node))
        .findFirst()
        .map(n -> n.operation().parameters(inputs(n, shapes)))
        .orElseThrow(
            () -> new IllegalArgumentException("network '%s' has no '%s'".formatted(name, node)));
  }

  /**
   * Returns how many numbers are learned. Running statistics of batch normalisation are not among
   * them.
   *
   * @return number of trained values
   */
  public long parameterCount() {
    return parameters().values().stream()
        .filter(ParameterSpec::isTrained)
        .mapToLong(ParameterSpec::count)
        .sum();
  }

  /**
   * Returns the multiply-accumulates of convolutions and fully connected layers for one sample. A
   * floating-point operation is half of one.
   *
   * @param sample shape of one sample
   * @return multiply-accumulates
   */
  public long multiplyAccumulates(FeatureShape sample) {
    Map<String, FeatureShape> shapes = shapes(sample);
    return nodes.stream()
        .mapToLong(n -> n.operation().multiplyAccumulates(inputs(n, shapes)))
        .sum();
  }

  /**
   * Returns what comes before the heads.
   *
   * @return names of the nodes that the output {@code embedding} needs
   * @throws IllegalArgumentException if there is no such output
   */
  public Set<String> backbone() {
    Set<String> needed = new HashSet<>();
    outputs.stream()
        .filter(output -> output.name().equals("embedding"))
        .forEach(output -> needed.add(output.node()));
    if (needed.isEmpty()) {
      throw new IllegalArgumentException(
          "network '%s' has no embedding between backbone and heads, only %s"
              .formatted(name, outputNames()));
    }
    return behind(nodes, needed);
  }

  /** Everything that some nodes need, they themselves included. */
  private static Set<String> behind(List<NetworkNode> nodes, Set<String> names) {
    Set<String> needed = new HashSet<>(names);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      if (needed.contains(nodes.get(i).name())) {
        needed.addAll(nodes.get(i).inputs());
      }
    }
    return needed;
  }

  /**
   * Leaves outputs out, and with them what only they need.
   *
   * @param of what the smaller network is called
   * @param left tells of the name of an output whether it stays
   * @return the smaller network
   * @throws IllegalArgumentException if no output stays
   */
  NetworkSpec reduced(String of, Predicate<String> left) {
    List<NetworkOutput> results = outputs.stream().filter(o -> left.test(o.name())).toList();
    Set<String> needed =
        behind(nodes, results.stream().map(NetworkOutput::node).collect(Collectors.toSet()));
    return new NetworkSpec(
        of, input, nodes.stream().filter(n -> needed.contains(n.name())).toList(), results);
  }

  /**
   * Returns the names of the outputs.
   *
   * @return names in order
   */
  public List<String> outputNames() {
    return outputs.stream().map(NetworkOutput::name).toList();
  }
}
