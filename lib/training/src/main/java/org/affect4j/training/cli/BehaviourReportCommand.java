package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.notebook.Progress;
import org.affect4j.training.behaviour.BehaviourReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Behaviour networks measured side by side. */
@Command(
    name = "behaviour-report",
    description = {
      "Measures behaviour networks side by side, with counts and 95 %% intervals: expressions on"
          + " PublicTest of FER2013 (one view and two, with and without photos that are in Training"
          + " too), what the action units say of them, and the units on rendered faces that neither"
          + " training nor calibration has used.",
      "Writes behaviour-report.csv."
    })
final class BehaviourReportCommand extends TrainingCommand {
  private static final String FILE = "behaviour-report.csv";

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "NAME",
      description = "Behaviour networks, float or 8-bit; several make columns.")
  private List<String> models = List.of(ModelPair.FLOAT32.behaviour());

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "FOLDER",
      description =
          "Folders with a catalog.json, each of which is looked through for the names, such as one"
              + " from before and one from after calibration; default: the bundled models.")
  private List<Path> folders = List.of();

  @Option(
      names = "--fer",
      arity = "1..*",
      paramLabel = "PLACE",
      description = "FER2013, as for the training.")
  private List<Path> fer = List.of();

  @Option(
      names = "--rendered",
      paramLabel = "FOLDER",
      description = "Rendered faces, as for the training.")
  private Path rendered;

  @Mixin private final FaceSets sets = new FaceSets();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to.")
  private Path output;

  @Override
  void run() throws IOException {
    if (fer.isEmpty() && rendered == null) {
      throw wrong("give at least one of --fer and --rendered to measure with");
    }
    List<BehaviourReport.Network> networks = networks();
    for (BehaviourReport.Network network : networks) {
      // A file that cannot be run is better told of before faces are prepared.
      BehaviourModel.open(network.store(), network.name(), BehaviourOptions.defaults(), 1).close();
    }
    Files.createDirectories(output);
    BehaviourReport report;
    try (Progress progress = Progress.start(err(), "faces")) {
      FaceSets.Found found =
          sets.open(fer, Optional.ofNullable(rendered), output, progress, out()::println);
      report =
          BehaviourReport.of(
              networks, found.expressions(), found.units(), sets.bootstrap(), progress);
    }
    report.saveCsv(output.resolve(FILE));
    for (BehaviourReport.Network network : networks) {
      ModelEntry entry = network.store().catalog().entry(network.name());
      print("%s: SHA-256 %s%n", network.label(), entry.sha256());
    }
    out().println(report);
    print("seed %d; written to %s%n", sets.seed(), output.resolve(FILE));
  }

  /** The networks in the order of the names, those of the same name in the order of the folders. */
  private List<BehaviourReport.Network> networks() throws IOException {
    List<BehaviourReport.Network> networks = new ArrayList<>();
    for (String name : models) {
      List<BehaviourReport.Network> found = new ArrayList<>();
      if (folders.isEmpty()) {
        ModelStore bundled = ModelStore.bundled();
        found.add(new BehaviourReport.Network(name, bundled, bundled.catalog().entry(name).name()));
      }
      for (Path folder : folders) {
        ModelStore store = ModelStore.at(folder);
        if (store.catalog().entries().stream().anyMatch(e -> e.name().equals(name))) {
          String label = folders.size() == 1 ? name : folder.getFileName() + "/" + name;
          found.add(new BehaviourReport.Network(label, store, name));
        }
      }
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no model '%s' in %s".formatted(name, folders));
      }
      networks.addAll(found);
    }
    return networks;
  }
}
