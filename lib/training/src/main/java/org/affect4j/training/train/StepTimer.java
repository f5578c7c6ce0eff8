package org.affect4j.training.train;

import ai.djl.ndarray.NDManager;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;

/** Measures loader and training step, each alone. */
public final class StepTimer {
  private static final int WARM_UP = 2;

  private StepTimer() {}

  /**
   * How fast training is.
   *
   * @param loaded samples a second that the loader makes, on one thread
   * @param stepped samples a second of whole steps: loss, gradients, optimiser, moving average
   * @param steppedAtBest the same in the fastest step, which other programs disturbed least
   */
  public record Speed(double loaded, double stepped, double steppedAtBest) {}

  /**
   * Measures.
   *
   * @param spec the network
   * @param start its weights
   * @param task what it is trained for
   * @param repetitions batches that are timed, after two that are not
   * @param <B> a batch
   * @return samples per second
   */
  public static <B> Speed measure(
      NetworkSpec spec, NetworkWeights start, TrainingTask<B> task, int repetitions) {
    if (repetitions < 1) {
      throw new IllegalArgumentException("at least one repetition, got " + repetitions);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock network = NetworkBlock.ready(spec, start, manager);
      NetworkBlock average = NetworkBlock.ready(spec, start, manager);
      TrainingStep<B> step =
          new TrainingStep<>(task, network, average, TrainerOptions.defaults(1, 0), manager);
      long loading = 0;
      long stepping = 0;
      long samples = 0;
      double best = 0;
      for (int i = 0; i < repetitions + WARM_UP; i++) {
        long begin = System.nanoTime();
        B batch = task.load(0, i % task.stepsPerEpoch());
        long loaded = System.nanoTime();
        step.take(batch, i + 1, 1e-4, i);
        long end = System.nanoTime();
        if (i >= WARM_UP) {
          loading += loaded - begin;
          stepping += end - loaded;
          samples += task.size(batch);
          best = Math.max(best, task.size(batch) * 1e9 / (end - loaded));
        }
      }
      return new Speed(samples * 1e9 / loading, samples * 1e9 / stepping, best);
    }
  }
}
