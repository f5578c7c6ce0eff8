package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.affect4j.cli.LabelOptions;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.learn.OnnxClassifier;
import org.affect4j.metric.Bootstrap;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FeatureGroup;
import org.affect4j.training.export.StandardisedInput;
import org.affect4j.training.head.HeadTask;
import org.affect4j.training.head.internal.HeadData;
import org.affect4j.training.head.internal.HeadReport;
import org.affect4j.training.head.internal.NumericLabels;
import org.affect4j.training.network.EfficientNet;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.EfficientNet.Features;
import org.affect4j.training.network.NetworkSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.Table;

/** Light heads on the features of a network. */
@Command(
    name = "heads",
    description = {
      "Trains a light head, linear or with one hidden layer, on the features of a network that"
          + " stays as it is (Savchenko 2022): classes, action units, or valence and arousal.",
      "Faces are divided by persons: to learn from; to choose the epoch and, for each action unit,"
          + " the threshold by; to judge by."
    })
final class HeadsCommand extends TrainingCommand {
  @Parameters(
      paramLabel = "FEATURES",
      description = "CSV file that affect4j analyze --crops --embeddings --prior even wrote.")
  private Path csv;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "${COMPLETION-CANDIDATES}: the classes of --label-column, the columns au01 …, or the"
              + " columns valence and arousal.")
  private Answer task = Answer.EXPRESSION;

  @Option(
      names = "--features",
      paramLabel = "KIND",
      description =
          "${COMPLETION-CANDIDATES}: the embedding, what the network says of expressions, action"
              + " units, valence and arousal, or both.")
  private Features features = Features.EMBEDDINGS;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Units of the hidden layer; 0 for a linear head.")
  private int hidden = 128;

  @Option(
      names = "--balance",
      paramLabel = "P",
      description =
          "Power of the inverse frequency by which classes and active units are weighted, 0 to 1.")
  private double balance = 1;

  @Option(
      names = "--active-from",
      paramLabel = "S",
      description = "Strength from which on a labelled unit counts as active.")
  private double activeFrom = EvaluationOptions.ACTIVE_FROM;

  @Option(
      names = "--hold-out",
      paramLabel = "SHARE",
      description = "Part of the faces that are not judged by, to choose epoch and thresholds by.")
  private double holdOut = .2;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Stop after so many epochs without a better one; 0: never.")
  private int patience = 5;

  @Mixin private LabelOptions labelled;

  @Mixin private final TrainingRun run = new TrainingRun(20, 32, 1e-3, .05, .99, 5);

  @Override
  void run() throws IOException {
    if (task != Answer.EXPRESSION && labelled.namesClasses()) {
      throw wrong("--classes goes with --task expression alone: leave it out");
    }
    if (hidden < 0) {
      throw wrong("--hidden is 1 or more, or 0 for a linear head, got " + hidden);
    }
    HeadData data = data(FaceTable.read(csv).select(groups()));
    run.prepare();
    say(data.toString());
    NetworkSpec network =
        EfficientNet.head(
            "head-%s-%s-%s"
                .formatted(
                    task.output(),
                    features.name().toLowerCase(Locale.ROOT),
                    hidden == 0 ? "linear" : "mlp"),
            data.columns().size(),
            hidden,
            data.names().size(),
            Set.of(task));
    HeadTask training = new HeadTask(data, run.batch(), balance, run.seed());
    if (!run.train(network, training, patience, "head.onnx").finished()) {
      return;
    }
    Path onnx = run.out().resolve("head.onnx");
    byte[] whole = StandardisedInput.of(Files.readAllBytes(onnx), data.standardisation());
    Files.write(onnx, OnnxClassifier.described(whole, data.columns(), data.names()));
    try (OnnxClassifier head = OnnxClassifier.open(onnx)) {
      report(data, HeadReport.of(data, head, Bootstrap.STANDARD));
    }
  }

  private FeatureGroup[] groups() {
    return switch (features) {
      case EMBEDDINGS -> new FeatureGroup[] {FeatureGroup.EMBEDDING};
      case SCORES ->
          new FeatureGroup[] {
            FeatureGroup.EXPRESSIONS, FeatureGroup.ACTION_UNITS, FeatureGroup.VALENCE_AROUSAL
          };
      case BOTH ->
          new FeatureGroup[] {
            FeatureGroup.EMBEDDING,
            FeatureGroup.EXPRESSIONS,
            FeatureGroup.ACTION_UNITS,
            FeatureGroup.VALENCE_AROUSAL
          };
    };
  }

  private HeadData data(FaceTable read) throws IOException {
    Table table = labelled.table();
    if (task == Answer.EXPRESSION) {
      return HeadData.classes(labelled.divide(table, read, run.seed()), holdOut, run.seed());
    }
    NumericLabels labels =
        task == Answer.ACTION_UNITS
            ? NumericLabels.actionUnits(table, labelled.nameColumn(table), activeFrom)
            : NumericLabels.valenceArousal(table, labelled.nameColumn(table));
    return HeadData.numbers(
        labels,
        labelled.divide(labels.table(), read, NumericLabels.ANY, run.seed()),
        holdOut,
        run.seed());
  }

  private void report(HeadData data, HeadReport report) throws IOException {
    out().println(data);
    out().println(report);
    report.saveCsv(run.out().resolve("figures.csv"));
    if (report.chosen().isPresent()) {
      Path thresholds = run.out().resolve("thresholds.csv");
      report.chosen().get().saveCsv(thresholds);
      print("thresholds, chosen on validation faces, written to %s%n", thresholds);
    }
    print("seed %d%n", run.seed());
  }
}
