package org.affect4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.affect4j.analysis.CsvOutput;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFormat;
import org.affect4j.dataset.Fold;
import org.affect4j.dataset.LabelledPhotos;
import org.affect4j.dataset.Splits;
import org.affect4j.evaluate.Evaluation;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.evaluate.EvaluationOverTime;
import org.affect4j.evaluate.EvaluationOverTime.Chosen;
import org.affect4j.evaluate.EvaluationReport;
import org.affect4j.evaluate.Predictions;
import org.affect4j.evaluate.TimeSteps;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.metric.Bootstrap;
import org.affect4j.notebook.Progress;
import org.affect4j.series.FaceSeries;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A dataset and a model to a report. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model, or predictions that are there already, on a labelled dataset.",
      "Writes report.html (with all pictures), metrics.csv (every figure with interval and count)"
          + " and predictions.csv with its provenance. Can be interrupted and run again: finished"
          + " rows are kept, and those of another model or other data are refused."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "Format of the dataset, such as raf-db, or 'folders' for pictures in folders of classes;"
              + " a wrong name lists them all.")
  private Optional<String> dataset;

  @Option(
      names = "--root",
      paramLabel = "PATH",
      description =
          "Folder or file of the dataset, or one above: its form is found by looking. With"
              + " --labels: folder of the photos; default: that of the list.")
  private Optional<Path> root;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Instead of --dataset: a list of photos with their expressions, columns separated by"
              + " commas, semicolons or tabs: file (or image, name), expression (or emotion,"
              + " label), and if there are split and person. Photos are named by their place or by"
              + " the end of it.")
  private Optional<Path> labels;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "CLASS",
      description =
          "With --dataset folders or --labels: what folders or labels that are numbers stand for,"
              + " in their order.")
  private List<String> classes = List.of();

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "Official split to judge by, or 'all'; needed where the dataset has splits.")
  private Optional<String> split;

  @Option(
      names = "--validation-split",
      paramLabel = "S",
      description =
          "Choose the threshold of each action unit on this split, and the filters of --smooth"
              + " chosen; default: 0.5 for all. Where the dataset has no official split, a share of"
              + " the persons or clips, such as 0.3, which are not judged by.")
  private Optional<String> validationSplit;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Judge by N rows of the split only, drawn with --seed.")
  private Optional<Integer> limit;

  @Option(
      names = "--deduplicate",
      description =
          "Measure also without the photos that occur in another split; reads all photos.")
  private boolean deduplicate;

  @Option(
      names = "--predictions",
      paramLabel = "CSV",
      description = "Judge these predictions (by affect4j, OpenFace or py-feat), run no model.")
  private Optional<Path> predictions;

  @Option(
      names = "--attribute",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Compare groups of people by these columns; default: age, gender, race and"
              + " skin_tone where the dataset has them.")
  private List<String> attributes = List.of();

  @Mixin private TimeOptions time;

  @Mixin private RelatednessOption relatedness;

  @Mixin private NetworkArguments networks;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of --limit and of the intervals.")
  private long seed = Bootstrap.STANDARD.seed();

  @Option(names = "--draws", paramLabel = "N", description = "Resamples for the intervals.")
  private int draws = Bootstrap.STANDARD.draws();

  @Option(names = "--no-faces", description = "Show no faces of the dataset in the report.")
  private boolean noFaces;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to, or to go on with; made if its parent exists.")
  private Path output;

  @Option(
      names = "--overwrite",
      description = "Throw predictions away that are in the folder, and read all faces anew.")
  private boolean overwrite;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (labels.isPresent() == dataset.isPresent() || dataset.isPresent() && root.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "give --dataset NAME with --root PATH, or --labels FILE");
    }
    if (time.areChosen() && validationSplit.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--smooth chosen chooses filters on rows that are not judged by: give --validation-split");
    }
    if (time.areGiven() && limit.isPresent() && predictions.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--limit draws single frames, over which no time runs: leave it out with --fill and --smooth, or give --predictions of all frames");
    }
    Optional<DatasetFormat> format = dataset.map(DatasetFormat::ofLabel);
    for (Path place : Stream.of(root, labels).flatMap(Optional::stream).toList()) {
      if (!Files.exists(place)) {
        throw new NoSuchFileException(
            place.toString(), null, "no such file or folder (--root, --labels)");
      }
    }
    Path parent = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(output) && !Files.isDirectory(parent)) {
      throw new NotDirectoryException(parent + " (the output's parent folder must exist)");
    }
    EvaluationOptions options =
        EvaluationOptions.defaults()
            .withBootstrap(new Bootstrap(draws, Bootstrap.STANDARD.level(), seed))
            .withRelatedness(relatedness.table())
            .withDeduplication(deduplicate);
    if (!attributes.isEmpty()) {
      options = options.withAttributes(attributes);
    }
    AffectDataset data =
        format.isPresent() ? format.get().load(root.orElseThrow(), classes) : labelled();
    PrintWriter out = spec.commandLine().getOut();
    out.println(data.report());
    FaceTable table = data.table();
    FaceTable rows = Splits.part(table, split.orElseGet(() -> onlySplit(table)));
    Optional<FaceTable> validation = Optional.empty();
    Optional<Double> share =
        validationSplit.filter(s -> s.matches("0?\\.\\d+")).map(Double::valueOf);
    if (share.isPresent()) {
      Fold fold = Splits.holdOut(rows, 1 - share.get(), "", seed);
      validation = Optional.of(fold.training());
      rows = fold.test();
    } else if (validationSplit.isPresent()) {
      validation = Optional.of(Splits.part(table, validationSplit.get()));
    }
    if (limit.isPresent() && limit.get() < rows.size()) {
      options =
          options.withProtocol(
              "%d of %d rows, drawn with seed %d".formatted(limit.get(), rows.size(), seed));
      rows = Splits.draw(rows, limit.get(), seed);
    }
    Files.createDirectories(output);
    Predictions read =
        predictions.isPresent()
            ? Predictions.read(predictions.get())
            : predict(data, validation.isPresent() ? rows.append(validation.get()) : rows);
    EvaluationReport report =
        time.areGiven()
            ? new EvaluationReport(overTime(data, rows, validation, read, options))
            : new EvaluationReport(
                validation.isPresent()
                    ? Evaluation.of(data, rows, validation.get(), read, options)
                    : Evaluation.of(data, rows, read, options));
    Path page = (noFaces ? report.withoutFaces() : report).save(output);
    Evaluation evaluation = report.evaluation();
    evaluation
        .provenance()
        .forEach((name, value) -> out.println(CommandLines.shown(name + ": " + value)));
    out.println(evaluation);
    report.overTime().ifPresent(out::println);
    out.println("written to " + CommandLines.shown(page.toString()));
    out.flush();
    return 0;
  }

  private EvaluationOverTime overTime(
      AffectDataset data,
      FaceTable rows,
      Optional<FaceTable> validation,
      Predictions read,
      EvaluationOptions options) {
    TimeSteps given = time.steps();
    Chosen steps =
        time.areChosen()
            ? EvaluationOverTime.chosenOn(data, validation.orElseThrow(), read, given, options)
            : new Chosen(given, List.of());
    // Thresholds are chosen where units are labelled, filters where anything is.
    Optional<FaceTable> coded =
        validation.filter(
            part ->
                FaceSeries.UNITS.stream()
                    .anyMatch(u -> !Arrays.stream(part.numbers(u)).allMatch(Double::isNaN)));
    return EvaluationOverTime.of(
        data, rows, time.areChosen() ? coded : validation, read, steps, options);
  }

  private AffectDataset labelled() throws IOException {
    Path list = labels.orElseThrow();
    return LabelledPhotos.load(list, root.orElse(list.toAbsolutePath().getParent()), classes);
  }

  private Predictions predict(AffectDataset data, FaceTable rows) throws IOException {
    Path csv = output.resolve("predictions.csv");
    boolean compounds = !rows.texts(FaceColumns.COMPOUND).stream().allMatch(String::isEmpty);
    ExpressionPrior usual = compounds ? ExpressionPrior.EVEN : ExpressionPrior.IN_THE_WILD;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(networks.options(usual));
        Progress progress = Progress.start(spec.commandLine().getErr(), "faces")) {
      return Predictions.by(
          analyzer,
          data,
          rows,
          overwrite ? CsvOutput.overwriting(csv) : CsvOutput.continuing(csv),
          networks.workers(),
          progress);
    }
  }

  private static String onlySplit(FaceTable table) {
    Set<String> splits = Splits.names(table);
    if (splits.size() > 1) {
      throw new IllegalArgumentException(
          "the dataset has the splits %s: choose one with --split, or 'all'".formatted(splits));
    }
    return Splits.ALL;
  }
}
