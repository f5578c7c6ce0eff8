package org.affect4j.training.train;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Makes the next batch of a task on a second thread while a step is computed. */
final class BatchAhead<B> implements AutoCloseable {
  private final TrainingTask<B> task;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "next batch");
            thread.setDaemon(true);
            return thread;
          });
  private CompletableFuture<B> next = new CompletableFuture<>();

  BatchAhead(TrainingTask<B> task) {
    this.task = task;
  }

  /** Begins to make a batch. */
  void order(int epoch, int step) {
    next = CompletableFuture.supplyAsync(() -> task.load(epoch, step), thread);
  }

  /** The batch that was ordered last, or the exception that came instead of it. */
  B take() {
    try {
      return next.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Waits for the batch that is being made: the task may be used again at once. */
  @Override
  public void close() {
    thread.shutdownNow();
    boolean interrupted = false;
    boolean done = false;
    while (!done) {
      try {
        done = thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
