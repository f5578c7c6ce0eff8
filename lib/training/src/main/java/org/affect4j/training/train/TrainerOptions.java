package org.affect4j.training.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a network is trained, whatever for.
 *
 * @param epochs length of the schedule, 1 or more
 * @param learningRate peak of the schedule, positive
 * @param warmUpEpochs epochs until the peak; may be a fraction
 * @param weightDecay part of a weight that is lost per step at rate 1, 0 or more
 * @param mostGradientNorm longest gradient that is taken as it is, positive
 * @param averageDecay part of the moving average that a step keeps, 0 to below 1
 * @param sharpnessRadius how far uphill the gradient is computed, rho of sharpness-aware
 *     minimisation (Foret et al. 2021), which takes twice the time; 0 for none
 * @param patience epochs without a better result after which training stops; 0 for never
 * @param checkpointMinutes time between checkpoints within an epoch, positive; there is one after
 *     each epoch too
 * @param seed decides initial weights, order, variation and dropout
 */
public record TrainerOptions(
    int epochs,
    double learningRate,
    double warmUpEpochs,
    double weightDecay,
    double mostGradientNorm,
    double averageDecay,
    double sharpnessRadius,
    int patience,
    double checkpointMinutes,
    long seed) {
  /** Checks the ranges. */
  public TrainerOptions {
    if (epochs < 1
        || !(learningRate > 0)
        || !(warmUpEpochs >= 0 && warmUpEpochs < epochs)
        || !(weightDecay >= 0)
        || !(mostGradientNorm > 0)
        || !(averageDecay >= 0 && averageDecay < 1)
        || !(sharpnessRadius >= 0)
        || patience < 0
        || !(checkpointMinutes > 0)) {
      throw new IllegalArgumentException(
          "expected epochs of 1 or more, a positive rate, gradient norm and time between"
              + " checkpoints, a warm-up shorter than the run, decays and a sharpness radius of 0"
              + " or more (the decay of the average below 1), a patience of 0 or more; got "
              + this);
    }
  }

  /**
   * Returns settings that suit small residual networks.
   *
   * @param epochs length of the schedule
   * @param seed any number
   * @return rate 2e-3 after one epoch (half the run if it is shorter), decay .05, gradient norm 5,
   *     average .998, no early stop, a checkpoint every ten minutes
   */
  public static TrainerOptions defaults(int epochs, long seed) {
    return new TrainerOptions(
        epochs, 2e-3, Math.min(1, epochs / 2.0), .05, 5, .998, 0, 0, 10, seed);
  }

  /**
   * Returns the same with another peak of the schedule.
   *
   * @param rate positive
   * @return changed copy
   */
  public TrainerOptions withLearningRate(double rate) {
    return new TrainerOptions(
        epochs,
        rate,
        warmUpEpochs,
        weightDecay,
        mostGradientNorm,
        averageDecay,
        sharpnessRadius,
        patience,
        checkpointMinutes,
        seed);
  }

  /** Those that decide the numbers, by name. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("epochs", String.valueOf(epochs));
    settings.put("learning rate", String.valueOf(learningRate));
    settings.put("warm-up epochs", String.valueOf(warmUpEpochs));
    settings.put("weight decay", String.valueOf(weightDecay));
    settings.put("most gradient norm", String.valueOf(mostGradientNorm));
    settings.put("average decay", String.valueOf(averageDecay));
    settings.put("sharpness radius", String.valueOf(sharpnessRadius));
    settings.put("seed", String.valueOf(seed));
    return settings;
  }
}
