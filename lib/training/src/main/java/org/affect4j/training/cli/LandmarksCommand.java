package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.affect4j.notebook.Progress;
import org.affect4j.training.landmark.LandmarkTask;
import org.affect4j.training.landmark.RenderedPoints;
import org.affect4j.training.landmark.SixtyEightTask;
import org.affect4j.training.network.LandmarkNet;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the network that refines landmarks. */
@Command(
    name = "landmarks",
    description = {
      "Trains a network that looks at each face a detector found once more and says where its five"
          + " landmarks lie. It learns from the faces of composed scenes, as 'detector' does, cut out"
          + " by landmarks as inexact as a detector's.",
      "Places of pictures are given as for 'detector'.",
      "With --points 68 it learns from rendered faces (--rendered) where the 68 landmarks of Multi-PIE"
          + " lie, of which head pose and the openness of the eyes are computed.",
      "An interrupted run goes on with --resume and" + " the same options, to the same numbers."
    })
final class LandmarksCommand extends TrainingCommand {
  @Mixin private final ScenePlaces places = new ScenePlaces();

  @Option(names = "--points", paramLabel = "N", description = "Landmarks of a face: 5 or 68.")
  private int points = 5;

  @Option(
      names = "--rendered",
      paramLabel = "FOLDER",
      description = "For 68 points: faces drawn by 'affect4j-synth au-set'.")
  private Optional<Path> rendered = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description =
          "For 68 points: where prepared crops are kept; default: 'crops' in the output folder.")
  private Optional<Path> cache = Optional.empty();

  @Option(names = "--faces-per-epoch", paramLabel = "N", description = "Faces of an epoch.")
  private int facesPerEpoch = 24_000;

  @Option(names = "--side", paramLabel = "PIXELS", description = "Side of a scene.")
  private int side = 256;

  @Option(
      names = "--smallest",
      paramLabel = "PIXELS",
      description = "Least size of a face, the root of width times height.")
  private double smallest = 10;

  @Option(
      names = "--largest-error",
      paramLabel = "PART",
      description =
          "How wrong the landmarks are by which faces are cut out, as a part of the distance of the"
              + " eyes.")
  private double largestError = .25;

  @Option(
      names = "--hold-out",
      converter = Part.class,
      paramLabel = "SHARE",
      description = "Part of all pictures that are only measured with.")
  private double holdOut = .05;

  @Option(
      names = "--validation-faces",
      paramLabel = "N",
      description = "Faces to measure with after each epoch.")
  private int validationFaces = 1000;

  @Mixin private final TrainingRun run = new TrainingRun(12, 96, 3e-3, .02, .999, 5);

  @Override
  void run() throws IOException {
    if (points != 5 && points != 68) {
      throw wrong("a face has 5 or 68 --points, got " + points);
    }
    if (points == 68 != rendered.isPresent() || points == 68 && places.given()) {
      throw wrong(
          "68 --points are learned from --rendered faces, and five from scenes: --faces, --heads, --backgrounds");
    }
    if (rendered.isPresent()) {
      learn(rendered.get());
      return;
    }
    places.check();
    run.prepare();
    SceneSources.Parts parts = places.open(true).split(holdOut, run.seed());
    say("train with " + parts.training());
    say("measure with " + parts.validation());
    SceneOptions scenes = new SceneOptions(side, smallest, side * 300 / 320.0, 0, .1, false);
    run.train(
        LandmarkNet.compact(),
        new LandmarkTask(
            parts.training(),
            parts.validation(),
            new LandmarkTask.Settings(
                scenes, run.batch(), facesPerEpoch, largestError, validationFaces, run.seed())),
        0,
        "landmarks.onnx");
  }

  private void learn(Path faces) throws IOException {
    run.prepare();
    RenderedPoints.Parts parts;
    try (Progress progress = Progress.start(err(), "photos")) {
      parts =
          RenderedPoints.load(
              faces, cache.orElse(run.out().resolve("crops")), holdOut, run.seed(), progress);
    }
    say("train with " + parts.training());
    say("measure with " + parts.validation());
    run.train(
        LandmarkNet.sixtyEight(),
        new SixtyEightTask(parts, run.batch(), run.seed()),
        0,
        "landmarks.onnx");
  }
}
