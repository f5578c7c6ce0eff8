package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.image.FaceAligner;
import org.affect4j.notebook.Progress;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.sequence.SoundReport;
import picocli.CommandLine.Command;
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
  @Option(
      names = "--run",
      required = true,
      paramLabel = "FOLDER",
      description = "A folder that 'sequence --out' wrote. Repeatable.")
  private List<Path> runs;

  @Option(
      names = "--clips",
      required = true,
      paramLabel = "FILE",
      description =
          "labels.csv of 'affect4j-synth clip-set --speech --hide-mouth', of other persons and"
              + " sentences than those learned from.")
  private Path clips;

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
      SoundReport report =
          BehaviourSets.read(
              cache,
              FaceAligner.STANDARD_SIZE,
              progress,
              this::say,
              data -> SoundReport.of(weights, clips, data));
      out().println(report.markdown());
    }
  }
}
