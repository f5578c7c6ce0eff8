package org.affect4j.cli;

import java.io.IOException;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.behaviour.BehaviourOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of all commands that run the networks over many faces. */
final class NetworkArguments {
  @Option(
      names = "--flip",
      description = "Average each face with its mirror image: slower, a little more accurate.")
  private boolean flip;

  @Mixin private ModelArguments models;

  @Option(
      names = "--refine",
      description =
          "Look at each face again for more exact landmarks, by which it is aligned. The network that does so learned from photos too.")
  private boolean refine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Inputs read at the same time; default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** One thread for each input, since several are read at the same time. */
  AnalyzerOptions options() throws IOException {
    return models
        .in(AnalyzerOptions.defaults())
        .withThreads(1)
        .withRefining(refine)
        .withBehaviour(BehaviourOptions.defaults().withFlipAveraging(flip));
  }

  int workers() {
    return threads;
  }
}
