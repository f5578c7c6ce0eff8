package org.affect4j.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jshell.execution.DirectExecutionControl;

/**
 * Runs the statements of a cell inside this JVM, each on a thread of its own, and keeps their
 * values as objects, so that they can be rendered and not only printed.
 *
 * <p>Interrupting first interrupts the thread, which ends a sleep or a wait, and then stops it,
 * which ends a busy loop. A statement that survives even that is given up: the session goes on
 * without it.
 */
final class CellExecution extends DirectExecutionControl {
  private static final long POLITE_MILLIS = 300;
  private static final long FORCED_MILLIS = 500;
  private static final int FORCED_ATTEMPTS = 6;

  private final CellClassLoader loader;
  private final Optional<Duration> timeout;
  private final Map<String, Object> values = new ConcurrentHashMap<>();
  private final AtomicLong lastKey = new AtomicLong();
  private volatile Statement running;
  private volatile boolean timedOut;
  private volatile boolean interrupted;

  CellExecution(CellClassLoader loader, Optional<Duration> timeout) {
    super(loader.delegate());
    this.loader = loader;
    this.timeout = timeout;
  }

  /**
   * Takes the value that a statement gave.
   *
   * @param key what the shell's event reports as the value
   * @return the value, or null
   */
  Object take(String key) {
    return key == null ? null : values.remove(key);
  }

  /** Drops values that nobody asked for. */
  void forgetValues() {
    values.clear();
    timedOut = false;
  }

  boolean timedOut() {
    return timedOut;
  }

  @Override
  protected String invoke(Method method) throws Exception {
    return keep(
        call(
            () -> {
              try {
                return method.invoke(null);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            },
            timeout));
  }

  /**
   * Runs a task where it can be interrupted like a statement.
   *
   * @throws InvocationTargetException with what the task threw
   * @throws StoppedException if it was interrupted and did not come to an end by itself
   */
  Object call(Task task) throws InvocationTargetException, StoppedException {
    return call(task, Optional.empty());
  }

  private Object call(Task task, Optional<Duration> limit)
      throws InvocationTargetException, StoppedException {
    Statement outer = running;
    Statement statement = new Statement(task, loader);
    running = statement;
    try {
      // An interrupt that came while the statement was compiled found nothing to end.
      if (interrupted || !statement.start()) {
        throw new StoppedException();
      }
      if (!statement.await(limit)) {
        timedOut = true;
        statement.end();
        statement.await(Optional.empty());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      statement.end();
      throw new StoppedException();
    } finally {
      running = outer;
    }
    if (statement.abandoned) {
      System.err.println(
          "note: the code catches everything and runs on; only a restart of the kernel ends it");
    }
    return statement.result();
  }

  /** Work that may throw anything, as the code of a cell may. */
  @FunctionalInterface
  interface Task {
    Object run() throws Throwable;
  }

  /** Makes ready for the next cell: an interrupt of the last one no longer counts. */
  void beginCell() {
    interrupted = false;
  }

  boolean interrupted() {
    return interrupted;
  }

  @Override
  public void stop() {
    interrupted = true;
    Statement statement = running;
    if (statement != null) {
      Thread stopper = new Thread(statement::end, "stopper");
      stopper.setDaemon(true);
      stopper.start();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private String keep(Object value) {
    if (value == null) {
      return "";
    }
    String key = "value-" + lastKey.incrementAndGet();
    values.put(key, value);
    return key;
  }

  private static final class Statement {
    private final Thread thread;
    private volatile Object value;
    private volatile Throwable thrown;
    private volatile boolean finished;
    private boolean ending;
    private volatile boolean abandoned;

    Statement(Task task, ClassLoader loader) {
      thread = new Thread(() -> run(task), "cell");
      // Not to keep the process alive, and so that service files in added jars are found.
      thread.setDaemon(true);
      thread.setContextClassLoader(loader);
    }

    private void run(Task task) {
      try {
        value = task.run();
        finished = true;
      } catch (Throwable e) {
        thrown = e;
      }
    }

    /** Begins to run, unless it was ended already. */
    synchronized boolean start() {
      if (!ending) {
        thread.start();
      }
      return !ending;
    }

    /** Waits for the end of the thread, or until it was given up; false if time ran out. */
    boolean await(Optional<Duration> limit) throws InterruptedException {
      long deadline = System.nanoTime() + limit.map(Duration::toNanos).orElse(0L);
      while (thread.isAlive() && !abandoned) {
        long left = (deadline - System.nanoTime()) / 1_000_000 + 1;
        if (limit.isPresent() && left <= 0) {
          return false;
        }
        thread.join(limit.isPresent() ? Math.min(left, 100) : 100);
      }
      return true;
    }

    Object result() throws StoppedException, InvocationTargetException {
      if (finished) {
        return value;
      }
      if (thrown == null || thrown instanceof ThreadDeath || abandoned) {
        throw new StoppedException();
      }
      throw new InvocationTargetException(thrown);
    }

    @SuppressWarnings({"deprecation", "removal"})
    synchronized void end() {
      if (ending) {
        return;
      }
      ending = true;
      try {
        thread.interrupt();
        thread.join(POLITE_MILLIS);
        for (int attempt = 0; attempt < FORCED_ATTEMPTS && thread.isAlive(); attempt++) {
          thread.stop();
          thread.join(FORCED_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (UnsupportedOperationException e) {
        // JDK 20 and later cannot stop a thread by force.
        KernelServer.log("this JVM cannot end a busy loop; use JDK 17", e);
      }
      abandoned = thread.isAlive();
    }
  }
}
