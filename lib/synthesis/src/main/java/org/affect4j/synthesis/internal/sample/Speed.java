package org.affect4j.synthesis.internal.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * How fast a set is drawn, encoded but not written. Processor time is what to compare on a machine
 * that does other work as well.
 *
 * @param faces how many faces were drawn after warming up
 * @param threads how many threads drew
 * @param wallSeconds time that passed
 * @param processorSeconds processor time of the drawing threads, added up
 */
public record Speed(int faces, int threads, double wallSeconds, double processorSeconds) {

  /**
   * Draws a set, takes the time, and says after each item how far it is: a place to look at memory.
   *
   * @param studio the face model
   * @param set what to draw; its first items warm up and are not counted
   * @param warmUp how many items each thread draws first, 0 or more
   * @param threads how many threads, 1 or more
   * @param drawn receives how many faces were drawn so far, those of warming up included; called on
   *     the drawing threads, so that its processor time counts
   * @return the figures
   * @throws IllegalArgumentException if nothing is left to measure
   * @throws InterruptedException if interrupted
   */
  public static Speed measure(
      Studio studio, FaceSet set, int warmUp, int threads, LongConsumer drawn)
      throws InterruptedException {
    FaceSet.requirePositive(threads, "thread");
    if (warmUp < 0 || warmUp * threads >= set.items()) {
      throw new IllegalArgumentException(
          "%d items on %d threads to warm up leave nothing of %d to measure"
              .formatted(warmUp, threads, set.items()));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Studio.Worker> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(new Studio.Worker(studio));
      }
      Course course = new Course(set, drawn);
      course.draw(pool, workers, warmUp * threads);
      int warm = course.finished.get();
      long start = System.nanoTime();
      long processor = course.draw(pool, workers, set.items());
      return new Speed(
          course.finished.get() - warm,
          threads,
          (System.nanoTime() - start) / 1e9,
          processor / 1e9);
    } finally {
      pool.shutdownNow();
    }
  }

  /** How far a set is drawn; each face has a row of labels. */
  private record Course(
      FaceSet set, LongConsumer drawn, AtomicInteger next, AtomicInteger finished) {
    Course(FaceSet set, LongConsumer drawn) {
      this(set, drawn, new AtomicInteger(), new AtomicInteger());
    }

    /** Draws up to an item; returns nanoseconds of processor time. */
    long draw(ExecutorService pool, List<Studio.Worker> workers, int end)
        throws InterruptedException {
      ThreadMXBean clock = ManagementFactory.getThreadMXBean();
      List<Future<Long>> shares = new ArrayList<>();
      for (Studio.Worker worker : workers) {
        shares.add(
            pool.submit(
                () -> {
                  long start = clock.getCurrentThreadCpuTime();
                  for (int i = next.getAndIncrement(); i < end; i = next.getAndIncrement()) {
                    drawn.accept(finished.addAndGet(set.draw(worker, i).rows().size()));
                  }
                  return clock.getCurrentThreadCpuTime() - start;
                }));
      }
      long sum = 0;
      for (Future<Long> share : shares) {
        try {
          sum += share.get();
        } catch (ExecutionException e) {
          throw new IllegalStateException("drawing failed: " + e.getCause(), e.getCause());
        }
      }
      // Each thread looked once past the end.
      next.set(end);
      return sum;
    }
  }

  /**
   * Returns faces drawn in a second.
   *
   * @return the rate of all threads together
   */
  public double facesPerSecond() {
    return faces / wallSeconds;
  }

  /**
   * Returns faces drawn in a second of processor time: what one quiet core would draw in a second.
   *
   * @return the rate of one core
   */
  public double facesPerProcessorSecond() {
    return faces / processorSeconds;
  }
}
