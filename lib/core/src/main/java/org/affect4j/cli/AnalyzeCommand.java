package org.affect4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.affect4j.analysis.AnalyzedInput.Status;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.FolderAnalysis;
import org.affect4j.analysis.InputListing;
import org.affect4j.analysis.MemoryBudget;
import org.affect4j.detect.DetectorOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Photos and folders of photos to a CSV file. */
@Command(
    name = "analyze",
    description = {
      "Analyses photos and folders of photos into a CSV file: one row per face, and one row with a"
          + " status for every input without one.",
      "Can be interrupted and run again: finished rows are kept."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class AnalyzeCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Photos (JPEG, PNG, BMP, GIF, WebP, TIFF, whatever their names) or folders of photos;"
              + " links are followed.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "CSV file to write, or to go on with.")
  private Path output;

  @Option(
      names = "--crops",
      description = "Each input is already one face crop of any size: exactly one row each.")
  private boolean crops;

  @Option(names = "--embeddings", description = "Write the embedding too (columns e000 …).")
  private boolean embeddings;

  @Mixin private NetworkArguments networks;

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
      names = "--memory",
      paramLabel = "MIB",
      description =
          "Memory for the photos in work, in MiB; a larger one is decoded alone. Default: a third of"
              + " Java's heap.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private long memory = Math.max(1, Runtime.getRuntime().maxMemory() / 3 >> 20);

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  AnalyzeCommand() {}

  @Override
  public Integer call() throws IOException {
    AnalyzerOptions options =
        networks
            .options()
            .withDetector(
                DetectorOptions.defaults()
                    .withScoreThreshold(score)
                    .withLongSide(longSide)
                    .withMinimumFace(minimumFace)
                    .withTiles(tiles)
                    .withMagnifying(magnify));
    FolderAnalysis analysis =
        new FolderAnalysis(
            crops, embeddings, networks.workers(), MemoryBudget.ofBytes(memory << 20));
    Path folder = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + " (the output's folder must exist)");
    }
    InputListing listing = InputListing.of(inputs);
    List<Path> files = listing.files();
    PrintWriter err = spec.commandLine().getErr();
    FolderAnalysis.Summary summary;
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(options);
        ProgressLine progress = new ProgressLine(err, "photos")) {
      summary = analysis.run(analyzer, files, output, progress);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d inputs: %d with faces (%d faces), %d without a face, %d unreadable%s; written to %s%n",
        files.size() - summary.kept(),
        summary.count(Status.OK) + summary.count(Status.WHOLE_CROP),
        summary.faces(),
        summary.count(Status.NO_FACE),
        summary.count(Status.UNREADABLE),
        summary.kept() == 0
            ? ""
            : ", besides " + summary.kept() + " that an earlier run had finished",
        output);
    if (summary.count(Status.WHOLE_CROP) > 0) {
      out.printf("%d crops without landmarks were read whole%n", summary.count(Status.WHOLE_CROP));
    }
    if (summary.count(Status.PARTIAL) > 0) {
      out.printf(
          "%d damaged photos were read as far as they go (status partial)%n",
          summary.count(Status.PARTIAL));
    }
    if (!listing.others().isEmpty()) {
      out.println(listing.othersInWords());
    }
    listing.remarks().forEach(out::println);
    out.flush();
    return 0;
  }
}
