package org.affect4j.training.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.network.ParameterSpec;
import org.affect4j.training.quantise.CalibrationTensor;
import org.affect4j.training.quantise.Int8Quantizer;
import org.affect4j.training.quantise.QuantizerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The named networks and what they cost, as in Behaviour4All, Table 11. */
@Command(
    name = "networks",
    description = {
      "Lists the networks: trained parameters, multiply-accumulates of convolutions and fully"
          + " connected layers for one input (GMAC), and twice that (GFLOPs).",
      "With --files, each is written with random values, compared with the training engine, and"
          + " quantised, for the sizes of the files: some minutes and 3 GB of memory for all."
    })
final class NetworksCommand extends TrainingCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      showDefaultValue = Visibility.NEVER,
      description = "Networks; all if none is named.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--files", description = "Write and quantise each network, for its size.")
  private boolean files;

  @Override
  void run() {
    List<NetworkSpec> networks =
        names.isEmpty() ? Networks.all() : names.stream().map(Networks::named).toList();
    print("%-28s %-15s %12s %8s %8s", "network", "input", "parameters", "GMAC", "GFLOPs");
    out().println(files ? "   float MB   8-bit MB" : "");
    for (NetworkSpec network : networks) {
      double giga = network.multiplyAccumulates(network.input()) / 1e9;
      print(
          "%-28s %-15s %12d %8.4f %8.4f",
          network.name(), network.input(), network.parameterCount(), giga, 2 * giga);
      out().println(files ? sizes(network) : "");
    }
  }

  private static String sizes(NetworkSpec network) {
    byte[] onnx = NetworkExport.of(network, NetworkWeights.initial(network, 1)).onnx();
    // The last layers stay in float; a network of nothing else, or over time, has no 8-bit form.
    boolean quantisable =
        network.inputs().size() == 1
            && network.parameters().values().stream()
                    .map(ParameterSpec::type)
                    .filter(ai.djl.nn.Parameter.Type.WEIGHT::equals)
                    .count()
                > network.outputs().size();
    return String.format(
        Locale.ROOT,
        " %10.2f %10s",
        onnx.length / 1e6,
        quantisable
            ? String.format(
                Locale.ROOT,
                "%.2f",
                new Int8Quantizer(QuantizerOptions.defaults())
                        .quantise(onnx, List.of(noise(network)))
                        .report()
                        .bytesAfter()
                    / 1e6)
            : "-");
  }

  /** The size of the file does not depend on the ranges. */
  private static CalibrationTensor noise(NetworkSpec network) {
    float[] values = new float[Math.toIntExact(network.input().count())];
    Random random = new Random(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    long[] shape = new long[network.input().lengths().size() + 1];
    shape[0] = 1;
    for (int i = 1; i < shape.length; i++) {
      shape[i] = network.input().lengths().get(i - 1);
    }
    return CalibrationTensor.of(values, shape);
  }
}
