package org.affect4j.cli;

import java.io.IOException;
import java.util.Optional;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.model.BehaviourOutputs;
import org.affect4j.model.ModelEntry;
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
      names = "--prior",
      paramLabel = "PRIOR",
      description =
          "How likely each expression is beforehand: in-the-wild, as often as in photographs; even,"
              + " as often as any other; or a table such as neutral=.4,anger=.1,... Default:"
              + " in-the-wild, and even where compound expressions are read.")
  private Optional<String> prior;

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

  /**
   * One thread for each input, since several are read at the same time.
   *
   * @param usual the prior unless the user names another
   */
  AnalyzerOptions options(ExpressionPrior usual) throws IOException {
    AnalyzerOptions options =
        models
            .in(AnalyzerOptions.defaults())
            .withThreads(1)
            .withRefining(refine)
            .withBehaviour(BehaviourOptions.defaults().withFlipAveraging(flip))
            .withPrior(prior.map(ExpressionPrior::parse).orElse(usual));
    ModelEntry model = options.behaviourModel().entry();
    if (prior.isPresent()
        && (model.expressionPrior().isEmpty()
            || !BehaviourOutputs.vocabulary(model).hasBasicClasses())) {
      throw new IllegalArgumentException(
          "the catalogue does not tell the prior of '%s' for the seven basic expressions, so that it cannot be changed: leave --prior out"
              .formatted(model.name()));
    }
    return options;
  }

  int workers() {
    return threads;
  }
}
