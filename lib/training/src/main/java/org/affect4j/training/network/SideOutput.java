package org.affect4j.training.network;

import java.util.ArrayList;
import java.util.List;
import org.affect4j.face.ActionUnit;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.NetworkOutput.Function;

/** An output beside one that answers, which reads the same features. */
public enum SideOutput {
  /**
   * Action units by a weak teacher: they shape the features while a network is trained, and
   * exported networks are without them.
   */
  WEAK_UNITS("weak_units", Answer.ACTION_UNITS, ActionUnit.COUNT, Function.NONE),

  /** Part of the raters who would see contempt, apart from the other expressions. */
  CONTEMPT("contempt", Answer.EXPRESSION, 1, Function.SIGMOID);

  private final String output;
  private final Answer beside;
  private final int values;
  private final Function function;

  SideOutput(String output, Answer beside, int values, Function function) {
    this.output = output;
    this.beside = beside;
    this.values = values;
    this.function = function;
  }

  private String suffix() {
    return "+" + output.replace('_', '-');
  }

  private String node() {
    return output + ".head";
  }

  /**
   * Adds the output.
   *
   * @param network a named network
   * @return a network that {@link Networks#named} finds again by its name
   * @throws IllegalArgumentException if it has no output beside which this one could be
   */
  public NetworkSpec on(NetworkSpec network) {
    int answer = BehaviourHeads.index(network, beside);
    NetworkNode head =
        network.nodes().stream()
            .filter(n -> answer >= 0 && n.name().equals(network.outputs().get(answer).node()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' has no output '%s', beside which '%s' would be"
                            .formatted(network.name(), beside.output(), output)));
    List<NetworkNode> nodes = new ArrayList<>(network.nodes());
    nodes.add(new NetworkNode(node(), new FullyConnected(values, true), head.inputs()));
    List<NetworkOutput> outputs = new ArrayList<>(network.outputs());
    outputs.add(new NetworkOutput(output, node(), function));
    return new NetworkSpec(network.name() + suffix(), network.input(), nodes, outputs);
  }

  /**
   * Returns where a network has this output.
   *
   * @param network any network
   * @return index among its outputs, -1 if it has none
   */
  public int index(NetworkSpec network) {
    return network.outputNames().indexOf(output);
  }

  /**
   * Takes the output away.
   *
   * @param network any network
   * @return the network of which {@link #on} made it; itself if it has no such output
   */
  public NetworkSpec without(NetworkSpec network) {
    return index(network) < 0
        ? network
        : network.reduced(network.name().replace(suffix(), ""), name -> !name.equals(output));
  }

  /** Adds those outputs that a name has. */
  static NetworkSpec named(NetworkSpec network, String name) {
    NetworkSpec extended = network;
    for (SideOutput side : values()) {
      extended = name.contains(side.suffix()) ? side.on(extended) : extended;
    }
    return extended;
  }
}
