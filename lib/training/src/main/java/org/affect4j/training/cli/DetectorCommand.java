package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.chart.Overlay;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.model.ModelStore;
import org.affect4j.model.Precision;
import org.affect4j.training.detector.DetectorTask;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.loss.MultiBoxLoss;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Networks;
import org.affect4j.training.scene.Scene;
import org.affect4j.training.scene.SceneComposer;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.scene.SourceReader;
import org.affect4j.training.train.Provenance;
import org.affect4j.training.train.StepTimer;
import org.affect4j.training.train.Trainer;
import org.affect4j.training.train.TrainerOptions;
import org.affect4j.training.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a face detector. */
@Command(
    name = "detector",
    description = {
      "Trains a face detector on scenes that are composed while it trains: faces and rendered heads"
          + " of 12 to 300 pixels, turned, hidden, cut off and in crowds, and things that resemble"
          + " faces, on backgrounds without faces. Boxes and landmarks follow from the composition.",
      "A place with faces or heads is a folder, a zip archive or a folder of such, with"
          + " detections.csv or labels.csv that states boxes and landmarks; without one, the bundled"
          + " detector finds them. Everything is held in memory.",
      "An interrupted run goes on with --resume and the same options, to the same numbers."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class DetectorCommand implements Callable<Integer> {
  private static final double PROGRESS_SECONDS = 10;

  @Option(
      names = "--faces",
      arity = "1..*",
      paramLabel = "PLACE",
      description = "Photos of faces. May be left out if there are --heads.")
  private List<Path> faces = List.of();

  @Option(
      names = "--heads",
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "Rendered heads: sets of 'affect4j-synth portraits', 'groups' or 'au-set', or transparent"
              + " PNG files with a table. Real skin is put on some of them if there are --faces.")
  private List<Path> heads = List.of();

  @Option(
      names = "--backgrounds",
      arity = "1..*",
      required = true,
      paramLabel = "PLACE",
      description =
          "Pictures without faces, such as wallpapers. Those in which the bundled detector sees a"
              + " face are left out and counted.")
  private List<Path> backgrounds;

  @Option(
      names = "--lookalikes",
      arity = "1..*",
      paramLabel = "PLACE",
      description =
          "Pictures without faces in which a detector saw some: hands, shoes, clothing. They are"
              + " taken at your word.")
  private List<Path> lookalikes = List.of();

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "detector-compact, detector-small, retinaface-mobilenet025 or retinaface-resnet50.")
  private String network = "detector-compact";

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where checkpoint, weights, log, curves, provenance and the ONNX file are written.")
  private Path out;

  @Option(names = "--epochs", paramLabel = "N", description = "Length of the schedule.")
  private int epochs = 30;

  @Option(names = "--scenes", paramLabel = "N", description = "Scenes of an epoch, all new.")
  private int scenes = 4800;

  @Option(names = "--batch", paramLabel = "N", description = "Scenes of a batch.")
  private int batch = 24;

  @Option(names = "--side", paramLabel = "PIXELS", description = "Side of a scene.")
  private int side = 320;

  @Option(names = "--rate", paramLabel = "R", description = "Largest learning rate.")
  private double rate = 2.5e-3;

  @Option(names = "--weight-decay", paramLabel = "D", description = "Decay of weights at rate 1.")
  private double weightDecay = 5e-3;

  @Option(names = "--average", paramLabel = "D", description = "Decay of the moving average.")
  private double average = .998;

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
      names = "--from",
      paramLabel = "FILE",
      description = "weights.safetensors of an earlier run to begin with, as far as they fit.")
  private Path from;

  @Option(names = "--seed", paramLabel = "S", description = "Decides everything random.")
  private long seed = 1;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      description = "Leave off after so many epochs of the schedule, to be resumed.")
  private Integer stopAfter;

  @Option(names = "--resume", description = "Go on with the run in the output folder.")
  private boolean resume;

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

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  DetectorCommand() {}

  @Override
  public Integer call() throws IOException {
    check();
    Files.createDirectories(out);
    SceneSources.Parts parts = open().split(holdOut, seed);
    say("train with " + parts.training());
    say("measure with " + parts.validation());
    if (teacher == null) {
      run(parts, Optional.empty());
    } else {
      try (RetinaFace detector =
          RetinaFace.open(ModelStore.at(teacher), teacherName, DetectorOptions.defaults(), 1)) {
        run(parts, Optional.of(detector));
      }
    }
    return 0;
  }

  private void check() {
    if (faces.isEmpty() && heads.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give at least one of --faces and --heads");
    }
    if (!Networks.named(network).outputNames().equals(List.of("loc", "conf", "landms"))) {
      throw new IllegalArgumentException(
          "'%s' is no detector; choose detector-compact, detector-small, retinaface-mobilenet025 or retinaface-resnet50"
              .formatted(network));
    }
    if ((teacher == null) != (teacherName == null)) {
      throw new ParameterException(
          spec.commandLine(), "--teacher and --teacher-name belong together");
    }
    if (resume && from != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume goes on with the weights in the output folder: leave out --from");
    }
  }

  private SceneSources open() throws IOException {
    DetectorOptions sensitive = DetectorOptions.defaults();
    try (RetinaFace detector = RetinaFace.load(sensitive, Precision.FLOAT32, 1)) {
      SourceReader reader = new SourceReader(detector, progress());
      SceneSources sources =
          reader.read(new SourceReader.Places(faces, heads, backgrounds, lookalikes));
      reader
          .skipped()
          .forEach(
              (reason, count) ->
                  say(String.format(Locale.ROOT, "%,d left out: %s", count, reason)));
      return sources;
    }
  }

  private void run(SceneSources.Parts parts, Optional<RetinaFace> detector) throws IOException {
    NetworkSpec network = Networks.named(this.network);
    SceneOptions options = SceneOptions.training(side);
    DetectorTask task =
        new DetectorTask(
            parts.training(),
            parts.validation(),
            new DetectorTask.Settings(
                options,
                batch,
                scenes,
                validationScenes,
                new MultiBoxLoss(negatives, leastNegatives, 2, 1),
                teacherWeight,
                seed),
            detector);
    if (look > 0) {
      look(new SceneComposer(parts.training(), options));
    } else if (measure > 0) {
      measure(network, task);
    } else {
      train(network, task);
    }
  }

  private void look(SceneComposer composer) throws IOException {
    Path folder = Files.createDirectories(out.resolve("scenes"));
    for (int i = 0; i < look; i++) {
      Scene scene = composer.compose(seed, 0, i);
      List<Detection> faces =
          scene.faces().stream()
              .filter(face -> face.landmarks().isPresent())
              .map(f -> new Detection(f.box(), f.counts() ? 1 : 0, f.landmarks().get()))
              .toList();
      Overlay.ofDetections(scene.image(), faces).save(folder.resolve("%03d.png".formatted(i)));
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%d scenes written to %s; faces that do not count have the score 0%n", look, folder);
    spec.commandLine().getOut().flush();
  }

  private void measure(NetworkSpec network, DetectorTask task) {
    StepTimer.Speed speed =
        StepTimer.measure(network, NetworkWeights.initial(network, seed), task, measure);
    PrintWriter writer = spec.commandLine().getOut();
    writer.printf(
        Locale.ROOT,
        "%s, %d px, %d batches of %d: step %.1f scenes/s; per second of processor time: step %.1f,"
            + " composing %.1f scenes%n",
        network.name(),
        side,
        measure,
        batch,
        speed.stepped(),
        speed.steppedOnProcessor(),
        speed.loaded());
    writer.flush();
  }

  private void train(NetworkSpec network, DetectorTask task) throws IOException {
    TrainerOptions options =
        new TrainerOptions(
            epochs, rate, Math.min(1, epochs / 2.0), weightDecay, 10, average, 0, 10, seed);
    Trainer<?> trainer = new Trainer<>(network, task, options, out, this::say);
    int until = stopAfter == null ? epochs : stopAfter;
    TrainingResult result = resume ? trainer.resume(until) : trainer.train(start(network), until);
    Provenance.write(
        out,
        "affect4j-train " + String.join(" ", spec.commandLine().getParseResult().originalArgs()),
        network,
        trainer.settings(),
        result);
    Path onnx = out.resolve("detector.onnx");
    Files.write(onnx, NetworkExport.of(network, result.weights()).onnx());
    print(result, onnx);
  }

  private NetworkWeights start(NetworkSpec network) throws IOException {
    NetworkWeights initial = NetworkWeights.initial(network, seed);
    return from == null ? initial : initial.startedFrom(network, NetworkWeights.read(from));
  }

  private ProgressListener progress() {
    return new ProgressListener() {
      private long last = System.nanoTime();

      @Override
      public void at(long done, long total) {
        if (done == total || (System.nanoTime() - last) / 1e9 > PROGRESS_SECONDS) {
          last = System.nanoTime();
          say(String.format(Locale.ROOT, "%,d of %,d pictures read", done, total));
        }
      }
    };
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private void print(TrainingResult result, Path onnx) {
    PrintWriter writer = spec.commandLine().getOut();
    writer.printf(
        Locale.ROOT,
        "%d epochs in %.2f hours%s%n",
        result.epochs(),
        result.seconds() / 3600,
        result.finished() ? "" : ", to be resumed");
    for (Map.Entry<String, Double> figure : result.last().entrySet()) {
      writer.printf(
          Locale.ROOT, "  %-32s %.4f%n", figure.getKey().replace('_', ' '), figure.getValue());
    }
    writer.printf("written to %s%n", onnx);
    writer.flush();
  }
}
