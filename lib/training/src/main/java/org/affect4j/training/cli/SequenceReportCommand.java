package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.image.FaceAligner;
import org.affect4j.notebook.Progress;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.sequence.SequenceReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares networks over time with readings of single frames and filters. */
@Command(
    name = "sequence-report",
    description = {
      "Measures networks that 'sequence' trained on embeddings beside what the bundled network says"
          + " of each frame alone, each also behind the median or mean filter that is best on other"
          + " persons: concordance (CCC) and correlation (r) of units, valence and arousal.",
    })
final class SequenceReportCommand extends TrainingCommand {
  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description = "A folder that 'sequence --out' wrote. Repeatable.")
  private List<Path> runs = List.of();

  @Option(
      names = "--validation",
      required = true,
      paramLabel = "NAME=ROOT[:SPLIT]",
      description = "Videos by whose persons filters are chosen, as of 'sequence --set'.")
  private List<String> validation;

  @Option(
      names = "--test",
      required = true,
      paramLabel = "NAME=ROOT[:SPLIT]",
      description = "Videos of other persons to measure with. Repeatable.")
  private List<String> test;

  @Option(
      names = "--cache",
      required = true,
      paramLabel = "FOLDER",
      description = "Where prepared pictures are kept.")
  private Path cache;

  @Override
  void run() throws IOException {
    List<NetworkWeights> weights = new ArrayList<>();
    for (Path run : runs) {
      weights.add(NetworkWeights.read(run.resolve("weights.safetensors")));
    }
    try (Progress progress = Progress.start(err(), "frames")) {
      SequenceReport report =
          BehaviourSets.read(
              cache,
              FaceAligner.STANDARD_SIZE,
              progress,
              this::say,
              data -> SequenceReport.of(weights, validation, test, data));
      out().println(report.markdown());
    }
  }
}
