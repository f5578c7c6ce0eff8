package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.affect4j.chart.Overlay;
import org.affect4j.dataset.WiderFace;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.model.ModelStore;
import org.affect4j.training.detector.DetectorTask;
import org.affect4j.training.loss.MultiBoxLoss;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.network.RetinaFaceNet;
import org.affect4j.training.scene.PhotoScenes;
import org.affect4j.training.scene.Scene;
import org.affect4j.training.scene.SceneComposer;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.train.StepTimer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a face detector. */
@Command(
    name = "detector",
    description = {
      "Trains a face detector on scenes that are composed while it trains: faces and rendered heads"
          + " of 12 to 300 pixels, turned, hidden, cut off and in crowds, and things that resemble"
          + " faces, on backgrounds without faces. Boxes and landmarks follow from the composition.",
      "A place with faces or heads is a folder, a zip archive or a folder of such, with"
          + " detections.csv or labels.csv that states boxes and landmarks; without one, the bundled"
          + " detector finds them. Backgrounds in which it sees a face are left out and counted."
          + " Everything is held in memory.",
      "An interrupted run goes on with --resume and the same options, to the same numbers."
    })
final class DetectorCommand extends TrainingCommand {
  @Mixin private final ScenePlaces places = new ScenePlaces();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "detector-compact, detector-small, retinaface-mobilenet025 or retinaface-resnet50; the"
              + " latter two with -five behind have a pyramid of five levels as in the paper.")
  private String network = "detector-compact";

  @Option(
      names = "--preset",
      paramLabel = "PAPER",
      description =
          "retinaface-mobilenet025 or retinaface-r50: the network of Behaviour4All, with five levels,"
              + " on WIDER FACE, which --wider names. docs/training.md lists what the paper leaves"
              + " open.")
  private String preset;

  @Option(
      names = "--wider",
      paramLabel = "ROOT",
      description =
          "WIDER FACE, with wider_face_split and WIDER_train: squares of its photos take the place"
              + " of a part of the scenes to train with. They teach boxes and no landmarks.")
  private Path wider;

  @Option(
      names = "--wider-share",
      paramLabel = "SHARE",
      description = "Part of the scenes to train with that these photos give.")
  private double widerShare = .5;

  @Option(names = "--scenes", paramLabel = "N", description = "Scenes of an epoch, all new.")
  private int scenes = 4800;

  @Option(names = "--side", paramLabel = "PIXELS", description = "Side of a scene.")
  private int side = 320;

  @Option(
      names = "--negatives",
      paramLabel = "N",
      description = "Hardest background priors for each prior at a face.")
  private double negatives = 7;

  @Option(
      names = "--least-negatives",
      paramLabel = "N",
      description = "Hardest background priors of a scene with few faces or none.")
  private int leastNegatives = 60;

  @Option(names = "--box-weight", paramLabel = "W", description = "Weight of the boxes' loss.")
  private double boxWeight = 2;

  @Option(
      names = "--landmark-weight",
      paramLabel = "W",
      description = "Weight of the landmarks' loss.")
  private double landmarkWeight = 1;

  @Option(
      names = "--landmark-bend",
      paramLabel = "B",
      description =
          "Offset up to which the landmarks' loss is square; beyond it is linear. 1 as published;"
              + " less for precision.")
  private double landmarkBend = .2;

  @Option(
      names = "--smallest",
      paramLabel = "PIXELS",
      description = "Least size of a face, the root of width times height.")
  private double smallest = 12;

  @Option(
      names = "--crowds",
      paramLabel = "SHARE",
      description = "Part of the scenes with many small faces.")
  private double crowds = .14;

  @Option(
      names = "--close-ups",
      paramLabel = "SHARE",
      description =
          "Part of the scenes with one face of .6 to 1.4 times their side, tilted, masked, in glasses"
              + " or behind a hand.")
  private double closeUps;

  @Option(
      names = "--textures",
      paramLabel = "SHARE",
      description = "Part of the backgrounds that are drawn: pebbles, leaves, paving, cloth.")
  private double textures;

  @Option(
      names = "--teacher",
      paramLabel = "FOLDER",
      description =
          "Folder with catalog.json and the ONNX file of a detector with the same priors, whose"
              + " scores at faces are learned too.")
  private Path teacher;

  @Option(names = "--teacher-name", paramLabel = "NAME", description = "Its name in the catalogue.")
  private String teacherName;

  @Option(
      names = "--teacher-weight",
      paramLabel = "W",
      description = "How much the teacher counts.")
  private double teacherWeight = .5;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description = "Part of all pictures that only scenes to measure with are composed of.")
  private double holdOut = .1;

  @Option(
      names = "--validation-scenes",
      paramLabel = "N",
      description =
          "Scenes to measure with after each epoch, of each kind: with faces, without, and without"
              + " but with things that resemble faces.")
  private int validationScenes = 200;

  @Option(
      names = "--look",
      paramLabel = "N",
      description =
          "Train nothing: write the first N scenes with their labels into 'scenes' in the output"
              + " folder.")
  private int look;

  @Option(
      names = "--measure",
      paramLabel = "N",
      description =
          "Train nothing: measure how many scenes a second composing and the training step manage,"
              + " each alone, over N batches.")
  private int measure;

  @Mixin private final TrainingRun run = new TrainingRun(30, 24, 2.5e-3, 5e-3, .998, 10);

  @Override
  void run() throws IOException {
    check();
    run.prepare();
    SceneSources.Parts parts = places.open(true).split(holdOut, run.seed());
    say("train with " + parts.training());
    say("measure with " + parts.validation());
    if (teacher == null) {
      train(parts, Optional.empty());
    } else {
      try (RetinaFace detector =
          RetinaFace.open(ModelStore.at(teacher), teacherName, DetectorOptions.defaults(), 1)) {
        train(parts, Optional.of(detector));
      }
    }
  }

  private void check() {
    if (preset != null) {
      network =
          switch (preset) {
            case "retinaface-mobilenet025" -> "retinaface-mobilenet025-five";
            case "retinaface-r50" -> "retinaface-resnet50-five";
            default ->
                throw wrong("--preset is retinaface-mobilenet025 or retinaface-r50, got " + preset);
          };
      if (wider == null) {
        throw wrong("the paper of --preset trains on WIDER FACE: say where it lies (--wider)");
      }
    }
    places.check();
    if (!Networks.named(network).outputNames().equals(List.of("loc", "conf", "landms"))) {
      throw new IllegalArgumentException(
          "'%s' is no detector; choose detector-compact, detector-small, or retinaface-mobilenet025 or retinaface-resnet50 with or without -five"
              .formatted(network));
    }
    if ((teacher == null) != (teacherName == null)) {
      throw wrong("--teacher and --teacher-name belong together");
    }
  }

  private void train(SceneSources.Parts parts, Optional<RetinaFace> detector) throws IOException {
    NetworkSpec network = Networks.named(this.network);
    SceneOptions options =
        SceneOptions.training(side)
            .withSmallFaces(smallest, crowds)
            .withCloseUps(closeUps, textures);
    Optional<PhotoScenes> photos =
        wider == null
            ? Optional.empty()
            : Optional.of(new PhotoScenes(WiderFace.load(wider), "train", widerShare, options));
    photos.ifPresent(p -> say("train with " + p));
    DetectorTask task =
        new DetectorTask(
            parts.training(),
            parts.validation(),
            RetinaFaceNet.priors(network),
            new DetectorTask.Settings(
                options,
                run.batch(),
                scenes,
                validationScenes,
                new MultiBoxLoss(
                    negatives, leastNegatives, boxWeight, landmarkWeight, landmarkBend),
                teacherWeight,
                run.seed()),
            detector,
            photos);
    if (look > 0) {
      look(new SceneComposer(parts.training(), options));
    } else if (measure > 0) {
      measure(network, task);
    } else {
      run.train(network, task, 0, "detector.onnx");
    }
  }

  private void look(SceneComposer composer) throws IOException {
    Path folder = Files.createDirectories(run.out().resolve("scenes"));
    for (int i = 0; i < look; i++) {
      Scene scene = composer.compose(run.seed(), 0, i);
      List<Detection> faces =
          scene.faces().stream()
              .filter(face -> face.landmarks().isPresent())
              .map(f -> new Detection(f.box(), f.counts() ? 1 : 0, f.landmarks().get()))
              .toList();
      Overlay.ofDetections(scene.image(), faces).save(folder.resolve("%03d.png".formatted(i)));
    }
    print("%d scenes written to %s; faces that do not count have the score 0%n", look, folder);
  }

  private void measure(NetworkSpec network, DetectorTask task) {
    StepTimer.Speed speed =
        StepTimer.measure(network, NetworkWeights.initial(network, run.seed()), task, measure);
    print(
        "%s, %d px, %d batches of %d: step %.1f scenes/s; per second of processor time: step %.1f,"
            + " composing %.1f scenes%n",
        network.name(),
        side,
        measure,
        run.batch(),
        speed.stepped(),
        speed.steppedOnProcessor(),
        speed.loaded());
  }
}
