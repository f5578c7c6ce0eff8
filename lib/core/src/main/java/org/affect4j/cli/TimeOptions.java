package org.affect4j.cli;

import java.util.List;
import java.util.Optional;
import org.affect4j.evaluate.TimeSteps;
import org.affect4j.series.Filling;
import org.affect4j.series.Smoothing;
import picocli.CommandLine.Option;

/** Options that say what is done to predictions along time. */
final class TimeOptions {
  private static final String CHOSEN = "chosen";

  @Option(
      names = "--fill",
      description = "Judge clips once more with gaps filled, linearly in time.")
  private boolean fill;

  @Option(
      names = "--smooth",
      arity = "0..1",
      fallbackValue = Smoothing.USUAL,
      paramLabel = "SPEC",
      description =
          "Judge clips once more with gaps filled and values filtered: mean:15, median:5 or"
              + " mean:0.6s for all, two of them for expressions, valence and arousal and for"
              + " units (alone: "
              + Smoothing.USUAL
              + "), or 'chosen': the best filter of each on --validation-split, none unless it"
              + " raises the figure there.")
  private Optional<String> smooth = Optional.empty();

  @Option(
      names = "--max-gap",
      paramLabel = "S",
      description = "With --fill or --smooth: longest gap in seconds that is filled, 0 for none.")
  private double gap = Filling.DEFAULT_SECONDS;

  @Option(
      names = "--fps",
      paramLabel = "N",
      description = "Frames a second of clips that come as numbered pictures, for gaps.")
  private double rate = 25;

  /** Whether clips are judged once more. */
  boolean areGiven() {
    return fill || smooth.isPresent();
  }

  /** Whether the filters are chosen on validation rows. */
  boolean areChosen() {
    return smooth.filter(CHOSEN::equals).isPresent();
  }

  /** What is done; filters that are chosen are left out. */
  TimeSteps steps() {
    TimeSteps filled = TimeSteps.of(new Filling(gap), rate);
    if (smooth.isEmpty() || areChosen()) {
      return filled;
    }
    List<Smoothing> filters = Smoothing.parsePair(smooth.get());
    return filled.smoothed(filters.get(0), filters.get(1));
  }
}
