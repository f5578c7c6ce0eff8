package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.affect4j.notebook.Progress;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.BehaviourReport;
import org.affect4j.training.behaviour.ExpressionCalibration;
import org.affect4j.training.behaviour.UnitCalibration;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.export.ModelFolder;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.quantise.CalibratedHead;
import org.apache.commons.io.file.PathUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Probabilities of action units that mean what they say. */
@Command(
    name = "calibrate",
    description = {
      "Calibrates the action units of an exported behaviour network: a line through the logits of"
          + " each unit (Platt scaling), fitted to half of the persons that training kept for"
          + " validation, measured on the other half, and folded into the network's last layer, so"
          + " that it runs as before.",
      "A calibrated probability is that of the unit being there with strength "
          + EvaluationOptions.ACTIVE_FROM
          + " or more of 1, among faces like the rendered ones, and with --unit-photos like photos"
          + " too.",
      "Writes NAME.onnx with a catalog.json, and the lines as NAME-calibration.csv."
    })
final class CalibrateCommand extends TrainingCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "Behaviour network of the catalogue; calibrate before quantise.")
  private String model;

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description = "Folder with a catalog.json; default: the bundled models.")
  private Path models;

  @Option(
      names = "--rendered",
      required = true,
      paramLabel = "FOLDER",
      description = "Rendered faces, as for the training.")
  private Path rendered;

  @Option(
      names = "--fer",
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "FER2013, as for the training: with --votes the expressions are calibrated too, on the"
              + " photos that training held out.")
  private List<Path> fer = List.of();

  @Option(
      names = "--unit-photos",
      description =
          "Fit the units to the photos of --fer as well, where the expressions that raters see imply"
              + " units by the table of Du et al. 2014.")
  private boolean unitPhotos;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description = "Part of FER2013 Training that the training held out.")
  private double holdOut = .12;

  @Mixin private final FaceSets sets = new FaceSets();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to, another than --models; a catalogue in it is extended.")
  private Path output;

  @Override
  void run() throws IOException {
    if (models != null
        && output.toAbsolutePath().normalize().equals(models.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException(
          "%s holds the networks as they are; name another folder for the calibrated ones"
              .formatted(output));
    }
    if (unitPhotos && fer.isEmpty()) {
      throw wrong("--unit-photos are the photos of --fer: give it and --votes too");
    }
    ModelStore store = models == null ? ModelStore.bundled() : ModelStore.at(models);
    // A file that cannot be run is better told of before faces are prepared.
    open(store, model).close();
    Files.createDirectories(output);
    try (Progress progress = Progress.start(err(), "faces")) {
      BehaviourData.UnitValidation faces =
          sets.open(List.of(), Optional.of(rendered), output, progress, out()::println)
              .units()
              .orElseThrow();
      Optional<BehaviourData.Votes> held = held(progress);
      UnitCalibration calibration;
      try (BehaviourModel network = open(store, model)) {
        calibration =
            UnitCalibration.fit(
                network,
                faces.fitting(),
                held.filter(photos -> unitPhotos)
                    .map(photos -> new UnitCalibration.Photos(photos.faces(), photos.shares())),
                EvaluationOptions.ACTIVE_FROM,
                progress);
      }
      out().println(calibration);
      if (!calibration.unfitted().isEmpty()) {
        out()
            .println(
                "left as they are: "
                    + calibration.unfitted().stream()
                        .map(ActionUnit::label)
                        .collect(Collectors.joining(", ")));
      }
      String change =
          "action units calibrated on %d rendered faces (there from strength %s; seed %d)%s"
              .formatted(
                  faces.fitting().size(),
                  calibration.activeFrom(),
                  sets.seed(),
                  held.filter(photos -> unitPhotos)
                      .map(
                          photos ->
                              " and %d photos by the expressions that raters see"
                                  .formatted(photos.faces().size()))
                      .orElse(""));
      byte[] onnx = CalibratedHead.fold(store.read(model), "action_units", calibration.scalings());
      Optional<ExpressionCalibration> expressions =
          held.map(photos -> expressions(store, photos, progress));
      if (expressions.isPresent()) {
        out().println(expressions.get());
        change += "; expressions calibrated on held-out votes";
        onnx = CalibratedHead.fold(onnx, "expression", expressions.get().scalings());
      }
      write(store, calibration, expressions, onnx, change, faces.measuring());
      calibration.saveCsv(output.resolve(model + "-calibration.csv"));
      List<BehaviourReport.Network> networks =
          List.of(
              new BehaviourReport.Network("before", store, model),
              new BehaviourReport.Network("calibrated", ModelStore.at(output), model));
      out()
          .println(
              BehaviourReport.of(
                      networks, List.of(), Optional.of(faces), sets.bootstrap(), progress)
                  .overall());
    }
  }

  /** The photos that training held out. */
  private Optional<BehaviourData.Votes> held(Progress progress) throws IOException {
    return fer.isEmpty()
        ? Optional.empty()
        : Optional.of(sets.heldOut(fer, holdOut, output, progress, out()::println));
  }

  /** Fitted to the held-out photos, as the network reads them at even odds. */
  private ExpressionCalibration expressions(
      ModelStore store, BehaviourData.Votes held, Progress progress) {
    try (BehaviourModel network = atEvenOdds(store)) {
      return ExpressionCalibration.fit(
          network, held.faces(), held.shares(), ExpressionPrior.IN_THE_WILD, progress);
    }
  }

  private BehaviourModel atEvenOdds(ModelStore store) {
    return BehaviourModel.open(
        store, model, BehaviourOptions.defaults().withPrior(ExpressionPrior.EVEN), 1);
  }

  private static BehaviourModel open(ModelStore store, String name) {
    return BehaviourModel.open(store, name, BehaviourOptions.defaults(), 1);
  }

  /** Folds the lines in, and compares the file with the lines applied to what was read before. */
  private void write(
      ModelStore store,
      UnitCalibration units,
      Optional<ExpressionCalibration> expressions,
      byte[] onnx,
      String change,
      CropSet faces)
      throws IOException {
    ModelEntry entry = ModelFolder.calibrated(store.catalog().entry(model), onnx, change);
    double difference = difference(store, entry, onnx, units, expressions, faces);
    if (!(difference <= NetworkExport.TOLERANCE)) {
      throw new IllegalStateException(
          "the calibrated '%s' was refused: a probability differs by %.3g from its line, more than %.0e"
              .formatted(model, difference, NetworkExport.TOLERANCE));
    }
    Path file = new ModelFolder(output).add(entry, onnx);
    print(
        "written to %s, SHA-256 %s; differs from the lines by at most %.1e%n",
        file, entry.sha256(), difference);
  }

  /** Tried in a folder of its own, so that no refused file lies in the output. */
  private double difference(
      ModelStore store,
      ModelEntry entry,
      byte[] onnx,
      UnitCalibration units,
      Optional<ExpressionCalibration> expressions,
      CropSet faces)
      throws IOException {
    Path draft = Files.createTempDirectory("affect4j-calibrate");
    try {
      new ModelFolder(draft).add(entry, onnx);
      ModelStore folded = ModelStore.at(draft);
      // The line of an expression holds for what the network itself says, which units do not ask.
      try (BehaviourModel before =
              expressions.isPresent() ? atEvenOdds(store) : open(store, model);
          BehaviourModel after =
              expressions.isPresent() ? atEvenOdds(folded) : open(folded, model)) {
        return Math.max(
            units.difference(before, after, faces),
            expressions.map(e -> e.difference(before, after, faces)).orElse(0.));
      }
    } finally {
      PathUtils.deleteDirectory(draft);
    }
  }
}
