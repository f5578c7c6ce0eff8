package org.affect4j.training.train;

import ai.djl.ndarray.NDManager;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;

/** Measures loader and training step, each alone. */
public final class StepTimer {
  private static final int WARM_UP = 2;
  private static final double RATE = 1e-4;

  private StepTimer() {}

  /**
   * How fast training is.
   *
   * @param loaded samples that the loader makes in a second of the thread's processor time
   * @param stepped samples a second of whole steps: loss, gradients, optimiser, moving average
   * @param steppedOnProcessor the same in a second of the thread's processor time, which other
   *     programs disturb less; of no use with more than one thread
   */
  public record Speed(double loaded, double stepped, double steppedOnProcessor) {}

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
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      long loading = 0;
      long stepping = 0;
      long steppingOnProcessor = 0;
      long samples = 0;
      for (int i = 0; i < repetitions + WARM_UP; i++) {
        long beginOnProcessor = clock.getCurrentThreadCpuTime();
        B batch = task.load(0, i % task.stepsPerEpoch());
        long loadedOnProcessor = clock.getCurrentThreadCpuTime();
        long loaded = System.nanoTime();
        step.take(batch, i + 1, RATE, i);
        if (i >= WARM_UP) {
          loading += loadedOnProcessor - beginOnProcessor;
          stepping += System.nanoTime() - loaded;
          steppingOnProcessor += clock.getCurrentThreadCpuTime() - loadedOnProcessor;
          samples += task.size(batch);
        }
      }
      return new Speed(
          samples * 1e9 / loading, samples * 1e9 / stepping, samples * 1e9 / steppingOnProcessor);
    }
  }
}
