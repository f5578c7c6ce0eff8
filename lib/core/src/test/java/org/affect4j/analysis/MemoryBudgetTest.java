package org.affect4j.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  @Test
  void photosWaitForRoomAndThoseAboveTheBudgetAreAlone() throws InterruptedException {
    MemoryBudget budget = new MemoryBudget(100);
    AtomicLong used = new AtomicLong();
    AtomicLong most = new AtomicLong();
    AtomicLong alone = new AtomicLong();
    ExecutorService workers = Executors.newFixedThreadPool(8);
    for (int i = 0; i < 400; i++) {
      long size = List.of(30L, 60L, 250L, 10L).get(i % 4);
      workers.execute(
          () -> {
            try (MemoryBudget.Lease lease = budget.lease(size)) {
              long now = used.addAndGet(size);
              if (size <= 100) {
                most.accumulateAndGet(now, Math::max);
              } else {
                alone.accumulateAndGet(now, Math::max);
              }
              Thread.yield();
              used.addAndGet(-size / 2);
              lease.shrinkTo(size - size / 2);
              used.addAndGet(-(size - size / 2));
            } catch (InterruptedIOException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    workers.shutdown();
    assertTrue(workers.awaitTermination(60, TimeUnit.SECONDS), "a photo waits for ever");
    assertTrue(most.get() <= 100, most.toString());
    assertEquals(250, alone.get());
    assertThrows(IllegalArgumentException.class, () -> new FolderAnalysis(false, false, 1, 0));
  }
}
