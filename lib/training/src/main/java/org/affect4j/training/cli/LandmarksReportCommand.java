package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.Landmarks68Model;
import org.affect4j.detect.RetinaFace;
import org.affect4j.notebook.Progress;
import org.affect4j.training.landmark.LandmarksReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures 68 landmarks, head pose and the openness of the eyes. */
@Command(
    name = "landmarks-report",
    description = {
      "Measures 68 landmarks, head pose and the openness of the eyes on rendered faces that the"
          + " detector finds: errors of landmarks in parts of the distance of the eyes, mean absolute"
          + " errors of angles.",
      "With the --hold-out and --seed of 'landmarks --points 68', the faces of the persons that it"
          + " left out.",
      "With --faces the five of the 68 landmarks of photos, by labels of five."
    })
final class LandmarksReportCommand extends TrainingCommand {
  @Mixin private final ChosenDetectors detectors = new ChosenDetectors();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Network of the bundled models or of --models that finds the 68 landmarks.")
  private String name = Landmarks68Model.BUNDLED;

  @Option(
      names = "--rendered",
      paramLabel = "FOLDER",
      description = "Faces drawn by 'affect4j-synth portraits' or 'au-set'.")
  private Optional<Path> rendered = Optional.empty();

  @Option(
      names = "--faces",
      paramLabel = "PLACE",
      description = "Photos with a table of five landmarks beside, in place of --rendered.")
  private Optional<Path> photos = Optional.empty();

  @Option(names = "--count", paramLabel = "N", description = "Most photos to look at.")
  private int count = 1000;

  @Option(
      names = "--aligned",
      description =
          "They are aligned crops (au-set): the roll is compared with that of the exact landmarks, as"
              + " the crops were turned upright.")
  private boolean aligned;

  @Option(
      names = "--hold-out",
      converter = Part.class,
      paramLabel = "SHARE",
      description = "Part of the persons to measure; 1 for all.")
  private double holdOut = 1;

  @Option(names = "--seed", paramLabel = "S", description = "Decides which persons.")
  private long seed = 1;

  @Override
  void run() throws IOException {
    if (rendered.isPresent() == photos.isPresent()) {
      throw wrong("give either --rendered or --faces");
    }
    for (String detector : detectors.names()) {
      Map<String, Double> figures;
      try (RetinaFace faces = detectors.open(detector, DetectorOptions.defaults());
          Landmarks68Model model = Landmarks68Model.open(detectors.storeOf(name), name, 1);
          Progress progress = Progress.start(err(), "faces")) {
        LandmarksReport report = new LandmarksReport(faces, model, aligned);
        figures =
            rendered.isPresent()
                ? report.measure(rendered.get(), holdOut, seed, progress)
                : report.measureFive(photos.orElseThrow(), count, progress);
      }
      print("%s behind %s%n", name, detector);
      figures.forEach(
          (figure, value) ->
              print(
                  value == Math.rint(value) ? "  %-70s %.0f%n" : "  %-70s %.4f%n", figure, value));
    }
  }
}
