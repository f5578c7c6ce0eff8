package org.affect4j.training.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.Dropping;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkNode;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.Networks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that choose a network of faces and what its outputs stand for. */
final class NetworkOptions {
  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "The network to train: compact, smooth (which can begin with the weights of the compact"
              + " one) or wide (more than twice as slow; bundled), or any network of faces that"
              + " 'affect4j-train networks' lists.")
  private String name = FacebehaviourNet.Variant.COMPACT.toString();

  @Option(
      names = "--units",
      split = ",",
      paramLabel = "N",
      description =
          "Numbers of the action units that the network is to answer, such as 1,2,4; default: its"
              + " own.")
  private List<Integer> units = List.of();

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "LABEL",
      description =
          "Expressions that the network is to tell apart, contempt and other among them; default:"
              + " its own.")
  private List<String> classes = List.of();

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description =
          "Part of the features dropped; default: none in our own networks, in those of"
              + " papers what they state.")
  private Double dropout;

  @Option(
      names = "--resolution",
      paramLabel = "PIXELS",
      description =
          "Side of the input while training; default: the network's own. 64 costs a third of 112:"
              + " begin with 64 and end with 112 (--from).")
  private Integer resolution;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * What differs between commands: dropout and resolution if they are not given, null for the
   * network's own.
   */
  NetworkOptions(Double dropout, Integer resolution) {
    this.dropout = dropout;
    this.resolution = resolution;
  }

  /** The network. */
  NetworkSpec network() {
    boolean ours =
        Arrays.stream(FacebehaviourNet.Variant.values())
            .anyMatch(v -> v.toString().equalsIgnoreCase(name));
    NetworkSpec base =
        ours
            ? FacebehaviourNet.Variant.valueOf(name.toUpperCase(Locale.ROOT)).network(0)
            : Networks.named(name);
    BehaviourHeads own =
        BehaviourHeads.of(base)
            .orElseThrow(
                () ->
                    ((TrainingCommand) spec.userObject())
                        .wrong(
                            "--network %s answers nothing about single faces; networks over time are trained by 'sequence'"
                                .formatted(name)));
    NetworkSpec network =
        new BehaviourHeads(
                classes.isEmpty()
                    ? own.classes()
                    : classes.stream().map(AnnotatedExpression::ofLabel).toList(),
                units.isEmpty() ? own.units() : units.stream().map(ActionUnit::ofNumber).toList(),
                own.affect())
            .on(base);
    return dropout == null ? network : dropping(network, dropout);
  }

  /** Side of the input in pixels, which layers at the end of some networks fix. */
  int resolution(NetworkSpec network) {
    int side = network.input().height();
    if (resolution == null || resolution == side) {
      return side;
    }
    NetworkSpec other =
        new NetworkSpec(
            network.name(),
            FeatureShape.map(network.input().channels(), resolution, resolution),
            network.nodes(),
            network.outputs());
    if (other.parameterCount() != network.parameterCount()) {
      throw ((TrainingCommand) spec.userObject())
          .wrong(
              "--resolution %d: '%s' only takes %d pixels"
                  .formatted(resolution, network.name(), side));
    }
    return resolution;
  }

  private static NetworkSpec dropping(NetworkSpec network, double rate) {
    List<NetworkNode> nodes =
        network.nodes().stream()
            .map(
                node ->
                    node.operation() instanceof Dropping
                        ? new NetworkNode(node.name(), new Dropping(rate), node.inputs())
                        : node)
            .toList();
    return new NetworkSpec(network.name(), network.input(), nodes, network.outputs());
  }
}
