package org.affect4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.CsvOutput;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.analysis.InputListing;
import org.affect4j.analysis.InputListing.Videos;
import org.affect4j.analysis.VideoWork;
import org.affect4j.behaviour.SequenceModel;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;
import org.affect4j.notebook.Progress;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.ColumnChoice;
import org.affect4j.table.InputName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Photos, videos and folders of them to a CSV file. */
@Command(
    name = "analyze",
    description = {
      "Analyses photos, videos and folders of them into a CSV file: one row per face, and one row with"
          + " a status for every photo, or frame of a video, without one.",
      "Can be interrupted and run again, with the same inputs or others: finished rows are kept, a"
          + " video within which the run ended is begun anew, and inputs that could not be read, or"
          + " not to their end, are tried again. Beside FILE lies"
          + " FILE.provenance.json: models, options and counts. Other models or options into the same"
          + " file are refused."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every input has a row",
      "1:failed; rows that were written stay",
      "2:wrong usage",
      "130:ended by Ctrl-C (143 by SIGTERM) after a whole row",
      "141:nobody reads standard output any more"
    },
    showDefaultValues = true)
final class AnalyzeCommand implements Callable<Integer> {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  /** What shells give a program that is ended by SIGPIPE. */
  private static final int BROKEN_PIPE = 141;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Photos (JPEG, PNG, BMP, GIF, WebP, TIFF), videos (MP4, MOV, MKV, WebM, AVI, MPEG, animated"
              + " GIF …), whatever their names, or folders of them; links are followed.")
  private List<String> inputs;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description =
          "CSV file to write, or to go on with; - for standard output. A name that ends in .parquet"
              + " is a folder of Parquet files.")
  private Path output;

  @Option(names = "--overwrite", description = "Throw rows away that are in FILE, and begin anew.")
  private boolean overwrite;

  @Option(
      names = "--crops",
      description = "Each input is already one face crop of any size: exactly one row each.")
  private boolean crops;

  @Option(names = "--embeddings", description = "Write the embedding too (columns e000 …).")
  private boolean embeddings;

  @Option(
      names = "--pose",
      description =
          "Find 68 landmarks of each face, and write head pose (yaw_deg, pitch_deg, roll_deg), how"
              + " open the eyes are (eye_openness_left, eye_openness_right), and the landmarks"
              + " (p00_x to p67_y) too.")
  private boolean pose;

  @Option(
      names = "--affine",
      description =
          "Cut faces out by the affine transform of five of 68 landmarks, for a network of your own"
              + " that learned so.")
  private boolean affine;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description =
          "Write these columns alone, besides those that tell which face a row is of: names such as"
              + " au12 or box_x, and action-units, expressions, valence-arousal, embedding.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> columns = List.of();

  @Mixin private NetworkArguments networks;

  @Mixin private VideoArguments videos;

  @Option(
      names = "--over-time",
      paramLabel = "FILE|FOLDER",
      description =
          "A network over time that reads the embeddings of each face of a video frame after frame,"
              + " such as sequence.onnx of 'affect4j-train sequence', or a folder with a"
              + " catalog.json; what it says stands in place of what the other network says of single"
              + " frames.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private Optional<String> overTime = Optional.empty();

  @Option(names = "--score", paramLabel = "P", description = "Least score of a face, 0 to 1.")
  private double score = DetectorOptions.defaults().scoreThreshold();

  @Option(
      names = "--long-side",
      paramLabel = "PIXELS",
      description = "Photos are scaled down to this long side before faces are searched.")
  private int longSide = DetectorOptions.defaults().longSide();

  @Option(
      names = "--min-face",
      paramLabel = "PIXELS",
      description = "Leave out faces smaller than this, in pixels of the photo.")
  private double minimumFace = DetectorOptions.defaults().minimumFacePixels();

  @Option(
      names = "--tiles",
      description = "Also search large photos in tiles at full size, for small faces.")
  private boolean tiles;

  @Option(
      names = "--magnify",
      description = "Also search photos at twice their size, for faces of 8 to 24 pixels.")
  private boolean magnify;

  @Option(
      names = "--any-rotation",
      description =
          "Search faces turned by any angle too, in eight views; takes many times as long."
              + " Without it, upside-down faces that are found are left out and counted.")
  private boolean anyRotation;

  @Option(
      names = "--clip-boxes",
      description = "Cut boxes at the edges of the photo, which they may leave.")
  private boolean clipBoxes;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "Memory for the photos in work, in MiB; a larger one is decoded alone. Default: a third of"
              + " Java's heap.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private long memory = Math.max(1, Runtime.getRuntime().maxMemory() / 3 >> 20);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    AnalyzerOptions options =
        networks
            .options(ExpressionPrior.IN_THE_WILD)
            .withHeadPose(pose)
            .withAffine(affine)
            .withDetector(
                DetectorOptions.defaults()
                    .withScoreThreshold(score)
                    .withLongSide(longSide)
                    .withMinimumFace(minimumFace)
                    .withTiles(tiles)
                    .withMagnifying(magnify)
                    .withAnyRotation(anyRotation)
                    .withClippedBoxes(clipBoxes));
    FolderAnalysis analysis =
        new FolderAnalysis(crops, embeddings, networks.workers(), memory << 20);
    if (overTime.isEmpty()) {
      return run(options, analysis, videos.work(score));
    }
    try (SequenceModel model =
        SequenceModel.open(StoredModel.of(overTime.get(), NetworkKind.SEQUENCE))) {
      return run(options, analysis, videos.work(score).with(model));
    }
  }

  private Integer run(AnalyzerOptions options, FolderAnalysis analysis, VideoWork work)
      throws IOException {
    InputListing listing =
        InputListing.of(
            inputs.stream().map(InputName::path).toList(), crops ? Videos.NONE : videos.listed());
    if (output.equals(STANDARD_OUTPUT)) {
      return toStandardOutput(options, analysis, listing, work);
    }
    Path folder = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          folder.toString(), null, "no such folder; the output's folder must exist");
    }
    CsvOutput csv = overwrite ? CsvOutput.overwriting(output) : CsvOutput.continuing(output);
    report(run(options, analysis, listing, work, csv), listing, spec.commandLine().getOut());
    return 0;
  }

  private Integer toStandardOutput(
      AnalyzerOptions options, FolderAnalysis analysis, InputListing listing, VideoWork work)
      throws IOException {
    // Not System.out, which keeps failures to itself.
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      report(
          run(options, analysis, listing, work, CsvOutput.stream(out)),
          listing,
          spec.commandLine().getErr());
      return 0;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")) {
        return BROKEN_PIPE;
      }
      throw e;
    }
  }

  private FolderAnalysis.Summary run(
      AnalyzerOptions options,
      FolderAnalysis analysis,
      InputListing listing,
      VideoWork work,
      CsvOutput csv)
      throws IOException {
    String task = listing.videos().isEmpty() ? "photos" : "inputs";
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(options);
        Progress progress = Progress.start(spec.commandLine().getErr(), task)) {
      return analysis.run(
          analyzer,
          listing.files(),
          listing.videos(),
          work,
          csv.with(new ColumnChoice(columns)),
          progress);
    }
  }

  private void report(FolderAnalysis.Summary summary, InputListing listing, PrintWriter out) {
    int damaged = summary.count(Status.PARTIAL);
    summary.notes().forEach(note -> out.println("note: " + CommandLines.shown(note)));
    out.printf(
        "%d inputs: %d with faces (%d faces), %d without a face, %s%d unreadable%s; written to %s%n",
        summary.inputs(),
        summary.count(Status.OK) + summary.count(Status.WHOLE_CROP),
        summary.faces(),
        summary.count(Status.NO_FACE),
        damaged == 0 ? "" : damaged + " damaged, ",
        summary.count(Status.UNREADABLE),
        summary.kept() == 0
            ? ""
            : ", besides " + summary.kept() + " that an earlier run had finished",
        CommandLines.shown(output.equals(STANDARD_OUTPUT) ? "standard output" : output.toString()));
    if (summary.videos() > 0) {
      out.printf("%d of them videos with %d frames%n", summary.videos(), summary.frames());
    }
    if (summary.count(Status.WHOLE_CROP) > 0) {
      out.printf("%d crops without landmarks were read whole%n", summary.count(Status.WHOLE_CROP));
    }
    if (damaged > 0) {
      out.printf(
          "%d damaged inputs were read as far as they go (status partial), their faces counted%n",
          damaged);
    }
    if (!listing.others().isEmpty()) {
      out.println(CommandLines.shown(listing.othersInWords()));
    }
    listing.remarks().forEach(remark -> out.println(CommandLines.shown(remark)));
    out.flush();
  }
}
