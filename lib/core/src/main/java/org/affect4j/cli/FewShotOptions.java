package org.affect4j.cli;

import java.util.List;
import org.affect4j.learn.FewShotExperiment;
import picocli.CommandLine.Option;

/**
 * Options that say how learning from few faces is measured, the same for every command that does
 * so: the shots, the draws and the seed.
 */
public final class FewShotOptions {
  @Option(
      names = "--shots",
      split = ",",
      paramLabel = "K",
      description = "Faces per class, ascending; all for all.")
  private List<String> shots = List.of("1", "5", "10", "20", "all");

  @Option(names = "--draws", paramLabel = "N", description = "Repetitions with other shots.")
  private int draws = FewShotExperiment.standard().draws();

  @Option(names = "--seed", paramLabel = "S", description = "Seed of draws and classifiers.")
  private long seed = FewShotExperiment.standard().seed();

  /** Made by picocli. */
  public FewShotOptions() {}

  /**
   * Returns the experiment, with the classifiers of {@link FewShotExperiment#standard()}.
   *
   * @return the shots, draws and seed asked for
   * @throws IllegalArgumentException if they make no experiment
   */
  public FewShotExperiment experiment() {
    Integer[] sizes =
        shots.stream()
            .map(s -> s.equals("all") ? FewShotExperiment.ALL_SHOTS : number(s))
            .toArray(Integer[]::new);
    return FewShotExperiment.standard().withShots(sizes).withDraws(draws).withSeed(seed);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number or 'all', got '" + text + "'", e);
    }
  }
}
