package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.affect4j.training.sequence.SoundReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares networks that see, that hear, and that do both. */
@Command(
    name = "sound-report",
    description = {
      "Measures networks over time that see, that hear, and that do both, such as compact-gru,"
          + " sound-compact-gru and av-compact-gru, on the units of an open mouth (25 and 26): where"
          + " the mouth is to be seen and where it is hidden, with the sound that belongs to the"
          + " picture, with the same half a second early, and with that of another clip.",
      "Gains are over the first run, with 95 %% intervals over clips."
    })
final class SoundReportCommand extends TrainingCommand {
  @Mixin private final MeasuredRuns measured = new MeasuredRuns();

  @Option(
      names = "--clips",
      required = true,
      paramLabel = "FILE",
      description =
          "labels.csv of 'affect4j-synth clip-set --speech --hide-mouth', of other persons and"
              + " sentences than those learned from.")
  private Path clips;

  @Override
  void run() throws IOException {
    measured.print(this, (runs, data) -> SoundReport.of(runs, clips, data).markdown());
  }
}
