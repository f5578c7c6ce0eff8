package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.affect4j.cli.ProgressLine;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelPair;
import org.affect4j.training.quantise.CalibrationPictures;
import org.affect4j.training.quantise.CalibrationTensor;
import org.affect4j.training.quantise.Int8Quantizer;
import org.affect4j.training.quantise.OutputDifference;
import org.affect4j.training.quantise.QuantisationReport;
import org.affect4j.training.quantise.QuantizedModel;
import org.affect4j.training.quantise.QuantizerOptions;
import org.affect4j.training.quantise.ValueRange;

/**
 * Quantises a network with ranges measured on pictures, and describes what came of it on others.
 *
 * @param folders pictures are taken from each in turn
 * @param count pictures to measure ranges on
 * @param seed chooses the pictures
 * @param options how to quantise
 */
record Quantising(List<Path> folders, int count, long seed, QuantizerOptions options) {
  private static final int MOST_COMPARED = 40;

  /** Returns the file, after a report on it. */
  byte[] run(ModelEntry entry, byte[] original, PrintWriter out, PrintWriter err)
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
        ProgressLine progress = new ProgressLine(err, "pictures")) {
      QuantizedModel quantised =
          new Int8Quantizer(options)
              .quantise(original, inputs(measured, entry, detector, progress));
      List<OutputDifference> differences =
          OutputDifference.between(
              original,
              quantised.onnx(),
              options.byteInput(),
              inputs(others.isEmpty() ? measured : others, entry, detector, progress));
      print(entry.name(), quantised.report(), out);
      print(differences, others.size(), out);
      return quantised.onnx();
    }
  }

  private Iterable<CalibrationTensor> inputs(
      List<Path> pictures, ModelEntry entry, RetinaFace detector, ProgressLine progress) {
    return CalibrationPictures.tensors(pictures, entry, options.sizeMultiple(), detector, progress);
  }

  private static void print(String model, QuantisationReport report, PrintWriter out) {
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

  private static void print(List<OutputDifference> differences, int others, PrintWriter out) {
    out.printf(
        "%ndifference from the float network on %s:%n",
        others == 0 ? "the same pictures, as there are no others" : others + " other pictures");
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
  }

  private static String counts(Map<String, Integer> byType) {
    return byType.isEmpty()
        ? "none"
        : byType.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
  }
}
