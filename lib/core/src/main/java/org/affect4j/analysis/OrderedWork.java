package org.affect4j.analysis;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Work on many inputs by several threads, delivered in the order of the inputs. */
final class OrderedWork {
  private OrderedWork() {}

  /** Takes results one by one. */
  interface Sink<R> {
    /** Takes one result, on the thread that started the run. */
    void accept(R result) throws IOException;
  }

  /** Works with all workers, but delivers in the order of the inputs, with few in memory. */
  static <T, R> void run(
      List<T> inputs, int workers, Function<T, R> work, Sink<R> sink, ProgressListener listener)
      throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(workers, OrderedWork::daemon);
    try {
      Deque<Future<R>> ahead = new ArrayDeque<>();
      int next = 0;
      for (int done = 1; done <= inputs.size(); done++) {
        while (next < inputs.size() && ahead.size() < 2 * workers) {
          T input = inputs.get(next++);
          ahead.add(executor.submit(() -> work.apply(input)));
        }
        sink.accept(await(ahead.remove()));
        listener.at(done, inputs.size());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /** Works with all workers, and keeps the results in the order of the inputs. */
  static <T, R> List<R> list(
      List<T> inputs, int workers, Function<T, R> work, ProgressListener listener)
      throws IOException {
    List<R> results = new ArrayList<>(inputs.size());
    run(inputs, workers, work, results::add, listener);
    return List.copyOf(results);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "affect4j-analysis");
    thread.setDaemon(true);
    return thread;
  }

  private static <R> R await(Future<R> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IOException("the analysis failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the analysis was interrupted; rows already written stay", e);
    }
  }
}
