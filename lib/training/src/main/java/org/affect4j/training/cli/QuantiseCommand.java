package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelStore;
import org.affect4j.training.export.ModelFolder;
import org.affect4j.training.quantise.QuantizerOptions;
import org.affect4j.training.quantise.RangeMethod;
import org.affect4j.training.quantise.WeightRange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A float network of the catalogue to one that computes in 8 bits. */
@Command(
    name = "quantise",
    description = {
      "Quantises a network to 8 bits, with ranges measured on pictures, and compares the result"
          + " with the original on other pictures of the same folders.",
      "The same folders, count, seed and options give the same file."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class QuantiseCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "Float network of the catalogue, such as behaviour-v5.")
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

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  QuantiseCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    boolean listed = Files.isDirectory(output) || !output.toString().endsWith(".onnx");
    Path folder = output.toAbsolutePath().getParent();
    if (!listed && !Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder + " (the output's folder must exist)");
    }
    if (listed && Files.isRegularFile(output)) {
      throw new NotDirectoryException(
          output + " (give a folder of models, or a file that ends in .onnx)");
    }
    QuantizerOptions options =
        QuantizerOptions.defaults()
            .withRanges(RangeMethod.parse(ranges))
            .withWeights(weights)
            .withFirstInFloat(firstInFloat)
            .withLastInFloat(!lastIn8Bits)
            .withCorrectBiases(correctBiases)
            .withSizeMultiple(sizeMultiple);
    ModelStore store = models == null ? ModelStore.bundled() : ModelStore.at(models);
    ModelEntry entry = store.catalog().entry(model);
    if (byteInput) {
      options = options.withByteInput(entry.pixels());
    }
    byte[] original = store.read(model);
    byte[] quantised = new Quantising(folders, count, seed, options).run(entry, original, out, err);
    Path file = listed ? add(entry, quantised) : Files.write(output, quantised);
    out.printf("written to %s%n", file);
    out.flush();
    return 0;
  }

  private Path add(ModelEntry original, byte[] onnx) throws IOException {
    String change = "%s quantised to 8 bits on %d pictures, seed %d".formatted(model, count, seed);
    PixelLayout pixels =
        byteInput ? original.pixels().with(PixelLayout.Storage.BYTE_BLOCKS) : original.pixels();
    return new ModelFolder(output)
        .add(ModelFolder.quantised(original, onnx, pixels, sizeMultiple, change), onnx);
  }
}
