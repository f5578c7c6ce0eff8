package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.affect4j.model.Precision;
import org.affect4j.training.export.CalibrationPictures;
import org.affect4j.training.export.CalibrationTensor;
import org.affect4j.training.export.Int8Quantizer;
import org.affect4j.training.export.OutputDifference;
import org.affect4j.training.export.QuantisationReport;
import org.affect4j.training.export.QuantizedModel;
import org.affect4j.training.export.QuantizerOptions;
import org.affect4j.training.export.RangeMethod;
import org.affect4j.training.export.ValueRange;
import org.affect4j.training.export.WeightRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A float network of the catalogue to one that computes in 8 bits. */
@Command(
    name = "quantise",
    description = {
      "Quantises a network to 8 bits, with ranges measured on pictures, and compares the result with"
          + " the original on other pictures of the same folders.",
      "The same folders, count, seed and options give the same file."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class QuantiseCommand implements Callable<Integer> {
  private static final int MOST_COMPARED = 40;
  private static final double PROGRESS_SECONDS = 5;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "Float network of the catalogue, such as behaviour-v0.")
  private String model;

  @Option(
      names = "--models",
      paramLabel = "FOLDER",
      description = "Folder with a catalog.json; default: the bundled models.")
  private Path models;

  @Option(
      names = "--calibration",
      required = true,
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Folders of photos or face crops; pictures are taken from each in turn.")
  private List<Path> folders;

  @Option(names = "--count", paramLabel = "N", description = "Pictures to measure ranges on.")
  private int count = 150;

  @Option(names = "--seed", paramLabel = "S", description = "Chooses the pictures.")
  private long seed = 1;

  @Option(
      names = "--ranges",
      paramLabel = "METHOD",
      description = "min-max, percentile:P or least-squares; default: ${DEFAULT-VALUE}.")
  private String ranges = QuantizerOptions.defaults().ranges().toString();

  @Option(
      names = "--weights",
      paramLabel = "RANGE",
      description =
          "${COMPLETION-CANDIDATES}; full has finer steps, but other results on processors without"
              + " VNNI.")
  private WeightRange weights = QuantizerOptions.defaults().weights();

  @Option(names = "--first-in-float", description = "Leave layers that read the input in float.")
  private boolean firstInFloat = QuantizerOptions.defaults().firstInFloat();

  @Option(names = "--last-in-8-bits", description = "Quantise the last layers too.")
  private boolean lastIn8Bits = !QuantizerOptions.defaults().lastInFloat();

  @Option(
      names = "--byte-input",
      description = "The new network reads bytes in blocks of 2 x 2 pixels (storage BYTE_BLOCKS).")
  private boolean byteInput;

  @Option(
      names = "--size-multiple",
      paramLabel = "N",
      description =
          "Sides of a detector's input are filled up to multiples of this. With a multiple of the"
              + " coarsest step its maps are doubled, not resized, for one image a run.")
  private int sizeMultiple = 1;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "ONNX file to write.")
  private Path output;

  @Spec private CommandSpec spec;

  private PrintWriter out;
  private PrintWriter err;

  /** Made by picocli. */
  QuantiseCommand() {}

  @Override
  public Integer call() throws IOException {
    out = spec.commandLine().getOut();
    err = spec.commandLine().getErr();
    Path folder = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + " (the output's folder must exist)");
    }
    QuantizerOptions options =
        QuantizerOptions.defaults()
            .withRanges(RangeMethod.parse(ranges))
            .withWeights(weights)
            .withFirstInFloat(firstInFloat)
            .withLastInFloat(!lastIn8Bits)
            .withFixedDoubling(sizeMultiple > 1);
    ModelStore store = models == null ? ModelStore.bundled() : ModelStore.at(models);
    ModelEntry entry = store.catalog().entry(model);
    if (byteInput) {
      options = options.withByteInput(entry.pixels());
    }
    byte[] original = store.read(model);
    // More than are calibrated on, so that the comparison is made on others.
    List<Path> pictures =
        CalibrationPictures.choose(folders, count + Math.min(count, MOST_COMPARED), seed);
    List<Path> measured = pictures.subList(0, Math.min(count, pictures.size()));
    List<Path> others = pictures.subList(measured.size(), pictures.size());
    try (RetinaFace detector =
        RetinaFace.load(
            DetectorOptions.defaults(),
            Precision.FLOAT32,
            Runtime.getRuntime().availableProcessors())) {
      QuantizedModel quantised =
          new Int8Quantizer(options)
              .quantise(original, inputs(measured, entry, detector, "pictures measured"));
      List<OutputDifference> differences =
          OutputDifference.between(
              original,
              quantised.onnx(),
              options.byteInput(),
              inputs(others.isEmpty() ? measured : others, entry, detector, "pictures compared"));
      Files.write(output, quantised.onnx());
      print(quantised.report());
      out.printf(
          "%ndifference from the float network on %s:%n",
          others.isEmpty()
              ? "the same pictures, as there are no others"
              : others.size() + " other pictures");
      for (OutputDifference d : differences) {
        out.printf(
            Locale.ROOT,
            "  %-16s mean %.5f, largest %.4f, relative %.4f (%d values)%n",
            d.output(),
            d.meanAbsolute(),
            d.largest(),
            d.relative(),
            d.values());
      }
      out.printf("written to %s%n", output);
      out.flush();
    }
    return 0;
  }

  private Iterable<CalibrationTensor> inputs(
      List<Path> pictures, ModelEntry entry, RetinaFace detector, String what) {
    return CalibrationPictures.tensors(pictures, entry, sizeMultiple, detector, progress(what));
  }

  private ProgressListener progress(String what) {
    return new ProgressListener() {
      private long last = System.nanoTime();

      @Override
      public void at(long done, long total) {
        if (done == total || (System.nanoTime() - last) / 1e9 > PROGRESS_SECONDS) {
          last = System.nanoTime();
          err.printf("%d of %d %s%n", done, total, what);
          err.flush();
        }
      }
    };
  }

  private void print(QuantisationReport report) {
    out.printf(
        Locale.ROOT,
        "%s: %.2f MB to %.2f MB, ranges of %d activations from %d inputs%n",
        model,
        report.bytesBefore() / 1e6,
        report.bytesAfter() / 1e6,
        report.ranges().size(),
        report.calibrationInputs());
    out.printf("  in 8 bits:           %s%n", counts(report.quantised()));
    out.printf("  left in float:       %s%n", counts(report.leftInFloat()));
    out.printf("  not quantised at all: %s%n", counts(report.unsupported()));
    out.printf("%nrange and step of each activation:%n");
    for (Map.Entry<String, ValueRange> range : report.ranges().entrySet()) {
      out.printf(
          Locale.ROOT,
          "  %9.3f to %8.3f, step %.5f  %s%n",
          range.getValue().low(),
          range.getValue().high(),
          range.getValue().scale(),
          range.getKey());
    }
  }

  private static String counts(Map<String, Integer> byType) {
    return byType.isEmpty()
        ? "none"
        : byType.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }
}
