package org.affect4j.kernel;

import io.github.spencerpark.jupyter.messages.Message;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.zeromq.ZMQ;

/**
 * The one writer of the publish socket.
 *
 * <p>Cells only append to a lock-free queue, so that a cell may be stopped at any instruction
 * without a half-sent message or a signature left in an undefined state.
 */
final class Publisher {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long TICK_UNTIL_SUBSCRIBED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Channel socket;
  private final Queue<Message<?>> queue = new ConcurrentLinkedQueue<>();
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "publisher");
  private volatile Runnable onTick = () -> {};
  private volatile boolean closing;

  Publisher(Channel socket) {
    this.socket = socket;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Sets what to do some 25 times a second; it runs on the publisher's thread. */
  void onTick(Runnable task) {
    onTick = task;
  }

  void publish(Message<?> message) {
    queue.add(message);
    LockSupport.unpark(thread);
  }

  /**
   * Waits until a front end listens.
   *
   * <p>Published messages reach only those who have subscribed already. A front end that is told
   * "ready" before its subscription arrived would miss the first outputs, or wait for an "idle"
   * that was sent to nobody.
   *
   * @return whether someone listens
   */
  boolean awaitSubscriber(long timeoutMillis) throws InterruptedException {
    return subscribed.await(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  /** Sends what is queued and ends the thread. */
  void close() throws InterruptedException {
    closing = true;
    LockSupport.unpark(thread);
    thread.join(1_000);
  }

  private void run() {
    while (true) {
      boolean last = closing;
      try {
        readSubscriptions();
        onTick.run();
        for (Message<?> next = queue.poll(); next != null; next = queue.poll()) {
          socket.sendMessage(next);
        }
      } catch (RuntimeException e) {
        KernelServer.log("a message could not be published", e);
      }
      if (last) {
        return;
      }
      if (queue.isEmpty()) {
        LockSupport.parkNanos(
            this, subscribed.getCount() == 0 ? TICK_NANOS : TICK_UNTIL_SUBSCRIBED_NANOS);
      }
    }
  }

  private void readSubscriptions() {
    byte[] frame;
    while ((frame = socket.recv(ZMQ.DONTWAIT)) != null) {
      if (frame.length > 0 && frame[0] == 1) {
        subscribed.countDown();
      }
    }
  }
}
