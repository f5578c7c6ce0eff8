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

  @Option(
      names = "--votes",
      paramLabel = "FILE",
      description =
          "Votes of ten raters for FER2013, as for the training: its photos are judged by folder with"
              + " even odds, and by what at least half of the raters say with the prior of"
              + " photographs.")
  private Path votes;

  @Option(names = "--draws", paramLabel = "N", description = "Resamples for the intervals.")
  private int draws = Bootstrap.STANDARD.draws();

  /** What was found. */
  record Found(
      List<BehaviourData.ExpressionTest> expressions,
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
                fer.isEmpty() ? List.of() : expressions(data, fer),
                rendered.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        data.unitValidation(
                            rendered.get(), BehaviourData.VALIDATION_SHARE, seed))));
  }

  /**
   * Opens the photos that a training with the same seed held out, with their votes.
   *
   * @param fer places of FER2013
   * @param share part of Training that was held out
   */
  BehaviourData.Votes heldOut(
      List<Path> fer,
      double share,
      Path output,
      ProgressListener progress,
      Consumer<String> messages)
      throws IOException {
    if (votes == null) {
      throw new IllegalArgumentException(
          "expressions are calibrated by what raters say: give --votes beside --fer");
    }
    return BehaviourSets.read(
        cache == null ? output.resolve("crops") : cache,
        FaceAligner.STANDARD_SIZE,
        progress,
        messages,
        data -> data.heldOut(fer, BehaviourData.votes(votes, fer, false), share, seed));
  }

  private List<BehaviourData.ExpressionTest> expressions(BehaviourData data, List<Path> fer)
      throws IOException {
    BehaviourData.ExpressionTest test = data.publicTest(fer);
    return votes == null
        ? List.of(test)
        : List.of(test, BehaviourData.byVotes(test, BehaviourData.votes(votes, fer, false)));
  }

  Bootstrap bootstrap() {
    return new Bootstrap(draws, Bootstrap.STANDARD.level(), seed);
  }

  long seed() {
    return seed;
  }
}
