package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.notebook.Progress;
import org.affect4j.training.export.ModelFolder;
import org.affect4j.training.quantise.CalibrationPictures;
import org.affect4j.training.quantise.Int8Quantizer;
import org.affect4j.training.quantise.OutputDifference;
import org.affect4j.training.quantise.QuantisationReport;
import org.affect4j.training.quantise.QuantizedModel;
import org.affect4j.training.quantise.QuantizerOptions;
import org.affect4j.training.quantise.RangeMethod;
import org.affect4j.training.quantise.ValueRange;
import org.affect4j.training.quantise.WeightRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A float network of the catalogue to one that computes in 8 bits. */
@Command(
    name = "quantise",
    description = {
      "Quantises a network to 8 bits, with ranges measured on pictures, and compares the result"
          + " with the original on other pictures of the same folders.",
      "The same folders, count, seed and options give the same file."
    })
final class QuantiseCommand extends TrainingCommand {
  private static final int MOST_COMPARED = 40;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "Float network of the catalogue, such as behaviour-v6.")
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
      names = "--correct-biases",
      description =
          "Biases take back what rounded weights add on average, by the means seen on the pictures:"
              + " helps where those are like the pictures to come.")
  private boolean correctBiases = QuantizerOptions.defaults().correctBiases();

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
      paramLabel = "PLACE",
      description =
          "File to write if it ends in .onnx; otherwise a folder of models, in whose catalog.json"
              + " NAME-int8 is listed.")
  private Path output;

  @Override
  void run() throws IOException {
    boolean listed = Files.isDirectory(output) || !output.toString().endsWith(".onnx");
    Path folder = output.toAbsolutePath().getParent();
    if (!listed && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + " (the output's folder must exist)");
    }
    if (listed && Files.isRegularFile(output)) {
      throw new NotDirectoryException(
          output + " (give a folder of models, or a file that ends in .onnx)");
    }
    ModelStore store = models == null ? ModelStore.bundled() : ModelStore.at(models);
    ModelEntry entry = store.catalog().entry(model);
    byte[] quantised =
        quantised(
            entry,
            store.read(model),
            new QuantizerOptions(
                RangeMethod.parse(ranges),
                weights,
                firstInFloat,
                !lastIn8Bits,
                correctBiases,
                byteInput ? Optional.of(entry.pixels()) : Optional.empty(),
                sizeMultiple));
    Path file = listed ? add(entry, quantised) : Files.write(output, quantised);
    print("written to %s%n", file);
  }

  /** Returns the file, after a report on it. */
  private byte[] quantised(ModelEntry entry, byte[] original, QuantizerOptions options)
      throws IOException {
    // More than are calibrated on, so that the comparison is made on others.
    List<Path> pictures =
        CalibrationPictures.choose(folders, count + Math.min(count, MOST_COMPARED), seed);
    List<Path> measured = pictures.subList(0, Math.min(count, pictures.size()));
    List<Path> others = pictures.subList(measured.size(), pictures.size());
    try (RetinaFace detector =
            RetinaFace.load(
                DetectorOptions.defaults(),
                ModelPair.FLOAT32,
                Runtime.getRuntime().availableProcessors());
        Progress progress = Progress.start(err(), "pictures")) {
      QuantizedModel quantised =
          new Int8Quantizer(options)
              .quantise(
                  original,
                  CalibrationPictures.tensors(measured, entry, sizeMultiple, detector, progress));
      List<OutputDifference> differences =
          OutputDifference.between(
              original,
              quantised.onnx(),
              options.byteInput(),
              CalibrationPictures.tensors(
                  others.isEmpty() ? measured : others, entry, sizeMultiple, detector, progress));
      print(quantised.report());
      print(differences, others.size());
      return quantised.onnx();
    }
  }

  private void print(QuantisationReport report) {
    print(
        "%s: %.2f MB to %.2f MB, ranges of %d activations from %d inputs%n",
        model,
        report.bytesBefore() / 1e6,
        report.bytesAfter() / 1e6,
        report.ranges().size(),
        report.calibrationInputs());
    print("  in 8 bits:           %s%n", counts(report.quantised()));
    print("  left in float:       %s%n", counts(report.leftInFloat()));
    print("  not quantised at all: %s%n", counts(report.unsupported()));
    print("%nrange and step of each activation:%n");
    for (Map.Entry<String, ValueRange> range : report.ranges().entrySet()) {
      print(
          "  %9.3f to %8.3f, step %.5f  %s%n",
          range.getValue().low(),
          range.getValue().high(),
          range.getValue().scale(),
          range.getKey());
    }
  }

  private void print(List<OutputDifference> differences, int others) {
    print(
        "%ndifference from the float network on %s:%n",
        others == 0 ? "the same pictures, as there are no others" : others + " other pictures");
    for (OutputDifference d : differences) {
      print(
          "  %-16s mean %.5f, largest %.4f, relative %.4f (%d values)%n",
          d.output(), d.meanAbsolute(), d.largest(), d.relative(), d.values());
    }
  }

  private static String counts(Map<String, Integer> byType) {
    return byType.isEmpty()
        ? "none"
        : byType.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }

  private Path add(ModelEntry original, byte[] onnx) throws IOException {
    String change = "%s quantised to 8 bits on %d pictures, seed %d".formatted(model, count, seed);
    PixelLayout pixels =
        byteInput ? original.pixels().with(PixelLayout.Storage.BYTE_BLOCKS) : original.pixels();
    return new ModelFolder(output)
        .add(ModelFolder.quantised(original, onnx, pixels, sizeMultiple, change), onnx);
  }
}
