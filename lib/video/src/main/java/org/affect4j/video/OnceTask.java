package org.affect4j.video;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Work that is done once, by whichever thread comes first: the one that needs it at the latest. */
final class OnceTask<T> implements Runnable {
  private final Supplier<T> work;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  OnceTask(Supplier<T> work) {
    this.work = work;
  }

  @Override
  public void run() {
    if (begun.compareAndSet(false, true)) {
      try {
        result.complete(work.get());
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }
  }

  boolean isDone() {
    return result.isDone();
  }

  /** Nobody begins any more; whoever has begun ends. */
  void cancel() {
    begun.set(true);
  }

  /** The result, which this thread works out if no other has begun. */
  T get() {
    run();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }
}
