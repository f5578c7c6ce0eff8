package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.image.FaceAligner;
import org.affect4j.metric.Bootstrap;
import org.affect4j.training.behaviour.internal.BehaviourData;
import picocli.CommandLine.Option;

/** Options of the commands that measure trained behaviour networks on faces kept for that. */
final class FaceSets {
  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description =
          "Where prepared crops are kept, such as that of the training; default: 'crops' in the"
              + " output folder.")
  private Path cache;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed of the training, which decided who is kept for validation; divides those in halves"
              + " and draws the intervals too.")
  private long seed = 1;

  @Option(names = "--draws", paramLabel = "N", description = "Resamples for the intervals.")
  private int draws = Bootstrap.STANDARD.draws();

  /** What was found. */
  record Found(
      Optional<BehaviourData.ExpressionTest> expressions,
      Optional<BehaviourData.UnitValidation> units) {}

  /**
   * Opens the sets.
   *
   * @param fer places of FER2013, or none
   * @param rendered folder of rendered faces, or none
   */
  Found open(
      List<Path> fer,
      Optional<Path> rendered,
      Path output,
      ProgressListener progress,
      Consumer<String> messages)
      throws IOException {
    return BehaviourSets.read(
        cache == null ? output.resolve("crops") : cache,
        FaceAligner.STANDARD_SIZE,
        progress,
        messages,
        data ->
            new Found(
                fer.isEmpty() ? Optional.empty() : Optional.of(data.publicTest(fer)),
                rendered.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        data.unitValidation(
                            rendered.get(), BehaviourData.VALIDATION_SHARE, seed))));
  }

  Bootstrap bootstrap() {
    return new Bootstrap(draws, Bootstrap.STANDARD.level(), seed);
  }

  long seed() {
    return seed;
  }
}
