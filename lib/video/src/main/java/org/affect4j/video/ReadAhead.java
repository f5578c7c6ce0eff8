package org.affect4j.video;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Takes things from an iterator on a thread of its own, a few ahead of whoever uses them. What the
 * iterator throws is thrown where its turn comes. It must be closed before what it takes from is;
 * nothing is taken afterwards.
 */
final class ReadAhead<T> implements Iterator<T>, AutoCloseable {
  private final BlockingQueue<Turn<T>> turns;
  private final Thread reader;
  private volatile boolean closed;
  private Optional<Turn<T>> next = Optional.empty();

  /** One thing, the end, or what was thrown. */
  private record Turn<T>(Optional<T> thing, Optional<Throwable> failure) {
    boolean isLast() {
      return thing.isEmpty();
    }
  }

  /**
   * Begins to read.
   *
   * @param source used by this thread alone from now on
   * @param ahead how many things wait at most, 1 or more
   */
  ReadAhead(Iterator<T> source, int ahead) {
    turns = new ArrayBlockingQueue<>(ahead);
    reader = new Thread(() -> read(source), "affect4j-read-ahead");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Iterator<T> source) {
    boolean ended = false;
    while (!ended && !closed) {
      Turn<T> turn = turn(source);
      ended = turn.isLast();
      Waiting.until(() -> turns.put(turn));
    }
  }

  private static <T> Turn<T> turn(Iterator<T> source) {
    try {
      return new Turn<>(
          source.hasNext() ? Optional.of(source.next()) : Optional.empty(), Optional.empty());
    } catch (RuntimeException | Error e) {
      return new Turn<>(Optional.empty(), Optional.of(e));
    }
  }

  @Override
  public boolean hasNext() {
    if (next.isEmpty()) {
      Waiting.until(() -> next = Optional.of(turns.take()));
    }
    if (next.get().failure().isPresent()) {
      Throwable failure = next.get().failure().get();
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
    return !next.get().isLast();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T thing = next.get().thing().orElseThrow();
    next = Optional.empty();
    return thing;
  }

  /** Takes the next thing if it is there already; what is thrown waits for {@link #hasNext}. */
  Optional<T> poll() {
    if (next.isEmpty()) {
      next = Optional.ofNullable(turns.poll());
    }
    Optional<T> thing = next.flatMap(Turn::thing);
    if (thing.isPresent()) {
      next = Optional.empty();
    }
    return thing;
  }

  /** Waits until the thread has ended, so that its source can be closed. */
  @Override
  public void close() {
    closed = true;
    Waiting.until(
        () -> {
          while (reader.isAlive()) {
            turns.clear();
            reader.join(1);
          }
        });
  }
}
