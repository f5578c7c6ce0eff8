package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CellExecutionTest {
  private final CellClassLoader loader = new CellClassLoader(getClass().getClassLoader());
  private final CellExecution execution = new CellExecution(loader, Optional.empty());

  @Test
  void anInterruptBetweenStatementsIsNotForgotten() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    execution.stop();
    assertThrows(StoppedException.class, () -> execution.call(() -> ran.getAndSet(true)));
    assertFalse(ran.get());
    execution.beginCell();
    assertEquals(1, execution.call(() -> 1));
  }

  @Test
  void tasksSeeTheLoaderOfTheCells() throws Exception {
    assertSame(loader, execution.call(() -> Thread.currentThread().getContextClassLoader()));
  }

  @Test
  void whatATaskThrowsArrivesAsItIs() {
    Error thrown = new Error("thrown");
    InvocationTargetException arrived =
        assertThrows(
            InvocationTargetException.class,
            () ->
                execution.call(
                    () -> {
                      throw thrown;
                    }));
    assertSame(thrown, arrived.getCause());
  }

  @Tag("slow")
  @Test
  void codeThatCatchesEverythingIsGivenUp() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch started = new CountDownLatch(1);
    Thread interrupter =
        new Thread(
            () -> {
              try {
                started.await();
                execution.stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    interrupter.start();
    long begin = System.nanoTime();
    assertThrows(
        StoppedException.class,
        () ->
            execution.call(
                () -> {
                  while (!stop.get()) {
                    try {
                      started.countDown();
                      while (!stop.get()) {
                        Thread.onSpinWait();
                      }
                    } catch (Throwable ignored) {
                      // As user code does that means well.
                    }
                  }
                  return null;
                }));
    stop.set(true);
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 10);
    execution.beginCell();
    assertEquals(2, execution.call(() -> 2));
  }
}
