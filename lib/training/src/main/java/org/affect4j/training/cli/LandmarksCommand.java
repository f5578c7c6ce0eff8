package org.affect4j.training.cli;

import java.io.IOException;
import org.affect4j.training.landmark.LandmarkTask;
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
      "Places of pictures are given as for 'detector'. An interrupted run goes on with --resume and"
          + " the same options, to the same numbers."
    })
final class LandmarksCommand extends TrainingCommand {
  @Mixin private final ScenePlaces places = new ScenePlaces();

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
}
