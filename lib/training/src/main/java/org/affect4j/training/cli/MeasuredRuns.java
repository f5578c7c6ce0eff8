package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.image.FaceAligner;
import org.affect4j.notebook.Progress;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.NetworkWeights;
import picocli.CommandLine.Option;

/** Networks over time that a report measures, and where their pictures are kept. */
final class MeasuredRuns {
  @Option(
      names = "--run",
      paramLabel = "FOLDER",
      description = "A folder that 'sequence --out' wrote. Repeatable.")
  private List<Path> runs = List.of();

  @Option(
      names = "--cache",
      required = true,
      paramLabel = "FOLDER",
      description = "Where prepared pictures are kept.")
  private Path cache;

  /** Measures, and gives the figures in words. */
  interface Report {
    String of(List<NetworkWeights> runs, BehaviourData data) throws IOException;
  }

  /** Makes a report and answers with it. */
  void print(TrainingCommand command, Report report) throws IOException {
    List<NetworkWeights> weights = new ArrayList<>();
    for (Path run : runs) {
      weights.add(NetworkWeights.read(run.resolve("weights.safetensors")));
    }
    try (Progress progress = Progress.start(command.err(), "frames")) {
      command
          .out()
          .println(
              BehaviourSets.<String>read(
                  cache,
                  FaceAligner.STANDARD_SIZE,
                  progress,
                  command::say,
                  data -> report.of(weights, data)));
    }
  }
}
