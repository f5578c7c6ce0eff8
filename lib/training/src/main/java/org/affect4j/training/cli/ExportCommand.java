package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.model.ModelEntry;
import org.affect4j.training.export.ModelFolder;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trained weights to the files that the library runs. */
@Command(
    name = "export",
    description = {
      "Writes trained weights as an ONNX file, batch normalisation folded, and compares it with the"
          + " training engine on random inputs: nothing is written where an output differs by more"
          + " than 1e-5.",
      "Detectors, behaviour networks and those that refine landmarks are listed in the folder's catalog.json, so that the library"
          + " opens them; 'quantise' writes an 8-bit version beside."
    })
final class ExportCommand extends TrainingCommand {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Weights of a named network, a safetensors file that training wrote.")
  private Path weights;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Name of the model, such as behaviour-v6.")
  private String name;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; a catalogue in it is kept and extended.")
  private Path folder;

  @Option(names = "--licence", paramLabel = "TEXT", description = "Licence of the weights.")
  private String licence = "not stated";

  @Option(names = "--source", paramLabel = "TEXT", description = "Where the weights come from.")
  private String source = "affect4j-train export";

  @Option(
      names = "--training-data",
      paramLabel = "TEXT",
      description = "What they were trained on.")
  private String trainingData = "not stated";

  @Option(
      names = "--metric",
      paramLabel = "CONDITIONS=FIGURE",
      description = "What was measured; may be repeated.")
  private Map<String, String> metrics = Map.of();

  @Option(
      names = "--prior",
      paramLabel = "PRIOR",
      description =
          "How likely the network takes each expression to be beforehand: even, where it was trained"
              + " with --even-odds, in-the-wild, or a table such as neutral=.4,anger=.1,... Default:"
              + " not known, so that its probabilities are never adjusted.")
  private Optional<String> prior;

  @Override
  void run() throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "a model's name is made of letters, digits, points, hyphens and underscores, got '"
              + name
              + "'");
    }
    NetworkWeights values = NetworkWeights.read(weights);
    NetworkSpec network = Networks.named(values.specification());
    NetworkExport export = NetworkExport.of(network, values);
    byte[] onnx = export.onnx();
    print(
        "%s: %s, %.2f M parameters, %.2f MB%n",
        name, network.name(), network.parameterCount() / 1e6, onnx.length / 1e6);
    export
        .differences()
        .forEach((output, d) -> print("  %-16s differs from DJL by at most %.1e%n", output, d));
    write(network, onnx);
  }

  private void write(NetworkSpec network, byte[] onnx) throws IOException {
    Optional<ModelEntry> entry =
        ModelFolder.entry(
            network,
            name,
            onnx,
            new ModelFolder.About(
                licence, source, trainingData, metrics, prior.map(ExpressionPrior::parse)));
    if (entry.isPresent()) {
      Path file = new ModelFolder(folder).add(entry.get(), onnx);
      print("written to %s, SHA-256 %s%n", file, entry.get().sha256());
    } else {
      Path file = Files.createDirectories(folder).resolve(name + ".onnx");
      Files.write(file, onnx);
      print("written to %s; the library itself runs no such network%n", file);
    }
  }
}
