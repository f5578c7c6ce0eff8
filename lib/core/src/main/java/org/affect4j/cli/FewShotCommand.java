package org.affect4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.analysis.HogFeatures;
import org.affect4j.compound.ZeroShotCompound;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.face.Relatedness;
import org.affect4j.learn.ClassifierKind;
import org.affect4j.learn.FewShotExperiment;
import org.affect4j.learn.LabelledFeatures;
import org.affect4j.learn.LearningCurves;
import org.affect4j.notebook.Progress;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/** Learning curves of few-shot classifiers on a folder of labelled crops. */
@Command(
    name = "few-shot",
    description = {
      "Learns compound expressions, or any other label, from a few faces of each class, and prints"
          + " learning curves: average accuracy over the number of shots, with intervals, beside the"
          + " zero-shot rule where it applies.",
      "No person is on both sides; settings are fixed and nothing is tuned on the test faces."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class FewShotCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FACES",
      description =
          "Folder of face crops, or a CSV file of features: affect4j analyze --crops --embeddings --prior even.")
  private Path faces;

  @Mixin private LabelOptions labelled;

  @Mixin private FewShotOptions fewShot;

  @Option(
      names = "--features",
      paramLabel = "GROUP",
      description =
          "embedding, expressions, action-units, valence-arousal, hog, or several joined by +; give"
              + " the option again for further curves. Default: embedding.")
  private List<String> features = List.of("embedding");

  @Option(
      names = "--classifiers",
      split = ",",
      paramLabel = "NAME",
      description =
          "logistic-regression, linear-svm, rbf-svm, nearest-neighbours, random-forest, xgboost."
              + " Default: the first four.")
  private List<String> classifiers = List.of();

  @Mixin private NetworkArguments networks;

  @Mixin private RelatednessOption relatedness;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "CSV file to write the figures to.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    FewShotExperiment experiment = experiment();
    Map<String, FeatureGroup[]> groups = new LinkedHashMap<>();
    features.forEach(f -> groups.put(f, groups(f)));
    Table table = labelled.table();
    boolean hog =
        groups.values().stream().flatMap(Arrays::stream).anyMatch(FeatureGroup.HOG::equals);
    long start = System.nanoTime();
    FaceTable read = read(hog);
    double readSeconds = (System.nanoTime() - start) / 1e9;
    LabelledFeatures.Division division = labelled.divide(table, read, experiment.seed());
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long processor = clock.getCurrentThreadCpuTime();
    start = System.nanoTime();
    LearningCurves curves = curves(experiment, groups, division);
    processor = clock.getCurrentThreadCpuTime() - processor;
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter out = spec.commandLine().getOut();
    out.println("learned from: " + division.training());
    out.println("judged by:    " + division.test());
    out.println(curves);
    out.printf(
        "seed %d, n = %d faces, features %.1f s, %d trainings %.1f s (%.1f s of processor time), on %d processors of %s, Java %s%n",
        experiment.seed(),
        division.training().size() + division.test().size(),
        readSeconds,
        experiment.draws() * curves.points().size(),
        seconds,
        processor / 1e9,
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.arch"),
        System.getProperty("java.version"));
    out.flush();
    if (output != null) {
      curves.saveCsv(output);
    }
    return 0;
  }

  private FewShotExperiment experiment() {
    return classifiers.isEmpty()
        ? fewShot.experiment()
        : fewShot
            .experiment()
            .withClassifiers(
                classifiers.stream().map(ClassifierKind::ofLabel).toArray(ClassifierKind[]::new));
  }

  private static FeatureGroup[] groups(String text) {
    return Arrays.stream(text.split("\\+")).map(FeatureGroup::ofLabel).toArray(FeatureGroup[]::new);
  }

  private FaceTable read(boolean hog) throws IOException {
    if (Files.isRegularFile(faces)) {
      return FaceTable.read(faces);
    }
    List<Path> files = FolderAnalysis.inputs(List.of(faces));
    int workers = networks.workers();
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(networks.options(ExpressionPrior.EVEN));
        Progress progress = Progress.start(spec.commandLine().getErr(), "crops")) {
      FaceTable table = new FolderAnalysis(true, true, workers).run(analyzer, files, progress);
      HogFeatures description = new HogFeatures(HogFeatures.standard().pixelsPerCell(), workers);
      return hog ? table.join(description.run(analyzer, files, progress)) : table;
    }
  }

  private LearningCurves curves(
      FewShotExperiment experiment,
      Map<String, FeatureGroup[]> groups,
      LabelledFeatures.Division division)
      throws IOException {
    LearningCurves all = null;
    try (Progress progress = Progress.start(spec.commandLine().getErr(), "trainings")) {
      for (Map.Entry<String, FeatureGroup[]> entry : groups.entrySet()) {
        LearningCurves curves =
            experiment.run(
                entry.getKey(),
                division.training().select(entry.getValue()),
                division.test().select(entry.getValue()),
                progress);
        all = all == null ? curves : all.and(curves);
      }
    }
    return withZeroShot(all, division.test());
  }

  /** Adds the rule where every class is a category that it knows, and its inputs are here. */
  private LearningCurves withZeroShot(LearningCurves curves, LabelledFeatures test) {
    Map<String, CompoundExpression> known =
        CompoundExpression.ALL.stream()
            .collect(Collectors.toMap(CompoundExpression::label, c -> c));
    boolean outputs = test.columns().stream().anyMatch(FeatureGroup.ACTION_UNITS::holds);
    if (!outputs || !known.keySet().containsAll(curves.classes())) {
      return curves;
    }
    Relatedness weights = relatedness.table();
    spec.commandLine().getOut().println("zero-shot rule: weights of " + weights.name());
    ZeroShotCompound rule =
        ZeroShotCompound.of(curves.classes().stream().map(known::get).toList(), weights);
    return curves.withBaseline(
        "zero-shot",
        test.features().behaviours().stream().map(b -> rule.predict(b).label()).toList());
  }
}
