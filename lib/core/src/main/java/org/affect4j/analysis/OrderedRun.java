package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Analyses many inputs with several workers, but delivers the results in the order of the inputs,
 * with few in memory.
 *
 * @param <T> what stands for an input
 * @param workers inputs analysed at the same time, 1 or more
 * @param name name of an input in the output, different for every input
 * @param analysis reads one input; called by all workers at once
 */
record OrderedRun<T>(int workers, Function<T, String> name, Function<T, AnalyzedInput> analysis) {
  private interface Sink {
    /** Takes one result. */
    void accept(AnalyzedInput result) throws IOException;
  }

  /** Writes a CSV file, going on with what an earlier run left there. */
  FolderAnalysis.Summary run(
      List<T> inputs, Path csv, int embeddingLength, ProgressListener listener) throws IOException {
    Map<AnalyzedInput.Status, Integer> counts = new EnumMap<>(AnalyzedInput.Status.class);
    int[] faces = new int[1];
    try (ResumableCsv output = ResumableCsv.open(csv, BehaviourTable.columns(embeddingLength))) {
      List<T> left =
          inputs.stream().filter(i -> !output.finished().contains(name.apply(i))).toList();
      int kept = inputs.size() - left.size();
      inOrder(
          left,
          result -> {
            output.append(BehaviourTable.rows(result, embeddingLength));
            counts.merge(result.status(), 1, Integer::sum);
            faces[0] += result.faces().size();
          },
          (done, total) -> listener.at(kept + done, inputs.size()));
      return new FolderAnalysis.Summary(counts, faces[0], kept);
    }
  }

  /** Keeps the results in memory. */
  List<AnalyzedInput> run(List<T> inputs, ProgressListener listener) throws IOException {
    List<AnalyzedInput> results = new ArrayList<>(inputs.size());
    inOrder(inputs, results::add, listener);
    return List.copyOf(results);
  }

  private void inOrder(List<T> inputs, Sink sink, ProgressListener listener) throws IOException {
    ExecutorService executor = Executors.newFixedThreadPool(workers, OrderedRun::daemon);
    try {
      Deque<Future<AnalyzedInput>> ahead = new ArrayDeque<>();
      int next = 0;
      for (int done = 1; done <= inputs.size(); done++) {
        while (next < inputs.size() && ahead.size() < 2 * workers) {
          T input = inputs.get(next++);
          ahead.add(executor.submit(() -> analysis.apply(input)));
        }
        sink.accept(await(ahead.remove()));
        listener.at(done, inputs.size());
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "affect4j-analysis");
    thread.setDaemon(true);
    return thread;
  }

  private static AnalyzedInput await(Future<AnalyzedInput> future) throws IOException {
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
