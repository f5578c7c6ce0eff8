package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.analysis.CropAligner;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.cli.FewShotOptions;
import org.affect4j.cli.LabelOptions;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.image.DecodeOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.learn.ClassifierKind;
import org.affect4j.learn.FewShotExperiment;
import org.affect4j.learn.LabelledFeatures;
import org.affect4j.learn.LearningCurves;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import org.affect4j.training.tune.FineTuning;
import org.affect4j.training.tune.FineTuningOptions;
import org.affect4j.training.tune.TunableNetwork;
import org.affect4j.training.tune.TunedLayers;
import org.affect4j.training.tune.TunedNetwork;
import org.affect4j.training.tune.WholeTuning;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** The last layers of a behaviour network, learned anew from labelled crops. */
@Command(
    name = "tune",
    description = {
      "Learns the last layers of a behaviour network anew from labelled face crops, for classes of"
          + " your own, and measures it as affect4j few-shot does, beside classifiers on the"
          + " network's embedding with the same shots: average accuracy with intervals. No person"
          + " is on both sides.",
      "With -o, a network learned from all faces but those of the persons to judge by is written."
    })
final class TuneCommand extends TrainingCommand {
  private static final String POOLED = "pooled features";
  private static final String EMBEDDING = FeatureGroup.EMBEDDING.label();

  private static final String NUMBER = "crop";

  /** Crops that could be read. */
  private final List<FaceImage> aligned = new ArrayList<>();

  @Parameters(paramLabel = "CROPS", description = "Folder of face crops.")
  private Path crops;

  @Mixin private LabelOptions labelled;

  @Mixin private FewShotOptions fewShot;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Behaviour network of the catalogue.")
  private String model = ModelPair.FLOAT32.behaviour();

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description = "Folder with a catalog.json; default: the bundled models.")
  private Path models;

  @Option(
      names = "--classifiers",
      split = ",",
      paramLabel = "NAME",
      description = "Classifiers on the embedding to compare with, as of affect4j few-shot.")
  private List<String> classifiers = List.of(ClassifierKind.LINEAR_SVM.label());

  @Option(
      names = "--layers",
      paramLabel = "WHICH",
      description =
          "last: the last layers, judged beside the classifiers. all: the whole network, judged"
              + " once, with the epochs, the rate and the batch that follow; needs -o.")
  private String layers = "last";

  @Option(names = "--epochs", paramLabel = "N", description = "Of all layers: epochs.")
  private int epochs = 10;

  @Option(names = "--rate", paramLabel = "R", description = "Of all layers: largest rate.")
  private double rate = 3e-4;

  @Option(names = "--batch", paramLabel = "N", description = "Of all layers: faces of a batch.")
  private int batch = 32;

  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "ONNX file to write.")
  private Path output;

  @Override
  void run() throws IOException {
    if (output != null && !Files.isDirectory(output.toAbsolutePath().getParent())) {
      throw new NotDirectoryException(
          output.toAbsolutePath().getParent() + " (the output's folder must exist)");
    }
    boolean all = layers.equals("all");
    if (!all && !layers.equals("last") || all && output == null) {
      throw wrong("--layers is last, or all with a file to write (-o), got " + layers);
    }
    device.check(this);
    FewShotExperiment experiment = fewShot.experiment();
    ClassifierKind[] others =
        classifiers.stream().map(ClassifierKind::ofLabel).toArray(ClassifierKind[]::new);
    Table table = labelled.table();
    ModelStore store = models == null ? ModelStore.bundled() : ModelStore.at(models);
    try (TunableNetwork network = TunableNetwork.open(store, model, 1)) {
      LabelledFeatures.Division division =
          labelled.divide(table, all ? numbered(network) : features(network), experiment.seed());
      if (all) {
        tuneAll(store, division, experiment.seed());
        return;
      }
      FineTuning tuning = new FineTuning(network, FineTuningOptions.defaults());
      LearningCurves curves =
          experiment.withClassifiers(tuning).run(POOLED, division.training(), division.test());
      if (others.length > 0) {
        curves =
            curves.and(
                experiment
                    .withClassifiers(others)
                    .run(
                        EMBEDDING,
                        division.training().select(FeatureGroup.EMBEDDING),
                        division.test().select(FeatureGroup.EMBEDDING)));
      }
      out().println("learned from: " + division.training());
      out().println("judged by:    " + division.test());
      out().println(curves);
      for (int shots : experiment.shots()) {
        for (ClassifierKind other : others) {
          print(
              "fine-tuning above %s on the embedding, %s shots: %s%n",
              other.label(),
              shots == FewShotExperiment.ALL_SHOTS ? "all" : shots,
              curves.gain(
                  curves.point(POOLED, tuning, shots), curves.point(EMBEDDING, other, shots)));
        }
      }
      print(
          "seed %d, n = %d faces, network %s (SHA-256 %s)%n",
          experiment.seed(),
          division.training().size() + division.test().size(),
          model,
          network.entry().sha256());
      if (output != null) {
        TunedLayers layers = tuning.tune(division.training(), experiment.seed());
        Map<String, Double> differences = layers.save(network, output);
        differences.forEach(
            (name, d) -> print("  %-16s differs from DJL by at most %.1e%n", name, d));
        print(
            "%s: %d classes, learned from %d faces in %d steps%n",
            output, layers.classes().size(), division.training().size(), layers.steps());
      }
    }
  }

  /** Features of all crops that can be read; the others are told of on standard error. */
  private FaceTable features(TunableNetwork network) throws IOException {
    List<String> names = new ArrayList<>();
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      CropAligner aligner = new CropAligner(detector, network.aligner());
      for (Path file : FolderAnalysis.inputs(List.of(crops))) {
        try {
          aligned.add(aligner.alignOrScale(FaceImage.read(file, DecodeOptions.forAnalysis())));
          names.add(file.toString());
        } catch (IOException e) {
          err().printf("%s is left out: %s%n", file, e.getMessage());
        }
      }
    }
    return network.features(names, aligned);
  }

  /** The same with the number of each crop, by which it is found again. */
  private FaceTable numbered(TunableNetwork network) throws IOException {
    FaceTable features = features(network);
    double[] numbers = IntStream.range(0, features.size()).asDoubleStream().toArray();
    return features.with(DoubleColumn.create(NUMBER, numbers));
  }

  private List<FaceImage> crops(LabelledFeatures faces) {
    return Arrays.stream(faces.features().numbers(NUMBER))
        .mapToObj(number -> aligned.get((int) number))
        .toList();
  }

  private void tuneAll(ModelStore store, LabelledFeatures.Division division, long seed)
      throws IOException {
    LabelledFeatures training = division.training();
    WholeTuning tuning =
        new WholeTuning(new WholeTuning.Settings(epochs, rate, batch, seed), this::say);
    Files.write(
        output, tuning.tune(store, model, crops(training), training.labels(), training.classes()));
    LabelledFeatures test = division.test();
    try (TunedNetwork tuned = TunedNetwork.open(output, 1)) {
      List<String> said = tuned.predict(crops(test));
      long right =
          IntStream.range(0, said.size())
              .filter(i -> said.get(i).equals(test.labels().get(i)))
              .count();
      out().println("learned from: " + training);
      out().println("judged by:    " + test);
      print(
          "%s: all layers of %s, accuracy %.3f, n = %d, seed %d%n",
          output, model, (double) right / said.size(), said.size(), seed);
    }
  }
}
