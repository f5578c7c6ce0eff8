package org.affect4j.training.cli;

import java.io.IOException;
import java.util.List;
import org.affect4j.training.sequence.SequenceReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Mixin private final MeasuredRuns measured = new MeasuredRuns();

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

  @Override
  void run() throws IOException {
    measured.print(
        this, (runs, data) -> SequenceReport.of(runs, validation, test, data).markdown());
  }
}
