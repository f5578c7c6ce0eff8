package org.affect4j.synthesis.internal.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Draws on several threads and hands on what was drawn in order, some ahead and no more. */
public final class InOrder {
  private static final int AHEAD_PER_THREAD = 8;

  private InOrder() {}

  /**
   * Draws one item.
   *
   * @param <T> what is drawn
   */
  @FunctionalInterface
  public interface Drawing<T> {
    /**
     * Draws.
     *
     * @param worker working memory of this thread alone
     * @param index number of the item
     * @return what was drawn
     * @throws IOException if it cannot be written
     */
    T draw(Studio.Worker worker, int index) throws IOException;
  }

  /**
   * Takes one item.
   *
   * @param <T> what was drawn
   */
  @FunctionalInterface
  public interface Taking<T> {
    /**
     * Takes an item, after all those before it.
     *
     * @param index its number
     * @param drawn what was drawn
     * @throws IOException if it cannot be written
     */
    void take(int index, T drawn) throws IOException;
  }

  /**
   * Draws items.
   *
   * @param <T> what is drawn
   * @param studio the face model and its samplers
   * @param threads 1 or more
   * @param from the first item
   * @param to behind the last item
   * @param drawing runs on these threads
   * @param taking runs on the caller's thread
   * @throws IOException if one of both could not write, or the thread was interrupted
   */
  public static <T> void draw(
      Studio studio, int threads, int from, int to, Drawing<T> drawing, Taking<T> taking)
      throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    BlockingQueue<Studio.Worker> idle = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads; i++) {
      idle.add(new Studio.Worker(studio));
    }
    Deque<Future<T>> ahead = new ArrayDeque<>();
    int next = from;
    try {
      for (int i = from; i < to; i++) {
        while (next < to && ahead.size() < AHEAD_PER_THREAD * threads) {
          int index = next++;
          ahead.add(
              pool.submit(
                  () -> {
                    Studio.Worker worker = idle.take();
                    try {
                      return drawing.draw(worker, index);
                    } finally {
                      idle.put(worker);
                    }
                  }));
        }
        taking.take(i, get(ahead.remove()));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> T get(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; run the same command again to go on", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      throw new IllegalStateException("drawing failed: " + e.getCause(), e.getCause());
    }
  }
}
