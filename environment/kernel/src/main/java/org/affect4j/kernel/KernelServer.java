package org.affect4j.kernel;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishStatus;
import io.github.spencerpark.jupyter.messages.reply.InputReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The five sockets of the Jupyter protocol and the threads that serve them. */
final class KernelServer {
  private static final PrintStream LOG = System.err;
  private static final long SUBSCRIBER_PATIENCE_MILLIS = 1_000;
  private static final long SUBSCRIBER_PATIENCE_IN_ALL_MILLIS = 5_000;
  private static final long STDIN_POLL_MILLIS = 20;
  private static final long ANSWER_MILLIS = 50;
  private static final long EXIT_PATIENCE_MILLIS = 2_000;

  private final JupyterConnection handlers;
  private final Channel heartbeat;
  private final Channel shell;
  private final Channel control;
  private final Channel stdin;
  private final Publisher publisher;
  private final BlockingQueue<Message<?>> inputRequests = new LinkedBlockingQueue<>();
  private final CellStreams streams = new CellStreams(inputRequests::add);
  private final Queue<Message<?>> postponed = new ArrayDeque<>();
  private long subscriberPatience = SUBSCRIBER_PATIENCE_IN_ALL_MILLIS;

  /** Binds all sockets, so that the front end can connect while the kernel still loads. */
  KernelServer(KernelConnectionProperties connection) throws GeneralSecurityException {
    ZMQ.Context context = ZMQ.context(1);
    // The library keeps its table of handlers in its connection; only the table is used here.
    this.handlers = new JupyterConnection(connection);
    this.heartbeat =
        new Channel(context, SocketType.REP, connection, "heartbeat", connection.getHbPort());
    this.shell =
        new Channel(context, SocketType.ROUTER, connection, "shell", connection.getShellPort());
    this.control =
        new Channel(context, SocketType.ROUTER, connection, "control", connection.getControlPort());
    this.stdin =
        new Channel(context, SocketType.ROUTER, connection, "stdin", connection.getStdinPort());
    Channel iopub =
        new Channel(context, SocketType.XPUB, connection, "iopub", connection.getIopubPort());
    // A publisher drops what exceeds its mark; a cell that prints a lot must lose nothing.
    iopub.setSndHWM(0);
    for (Channel channel : List.of(iopub, shell, control, stdin, heartbeat)) {
      channel.setLinger(1_000);
      channel.bind(connection);
    }
    this.publisher = new Publisher(iopub);
  }

  /** Serves requests until shutdown, then ends the process. */
  void serve(JavaKernel kernel) {
    kernel.becomeHandlerForConnection(handlers);
    kernel.install(streams, this::abortQueuedCells);
    publisher.onTick(streams::flush);
    publisher.start();
    publisher.publish(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
    daemon("heartbeat", this::echoHeartbeats);
    daemon("stdin", this::askForInput);
    daemon("control", () -> handleRequests(control, kernel));
    exitWithParent(System.getenv("JPY_PARENT_PID"));
    handleRequests(shell, kernel);
  }

  /** Writes to the process's own error stream, which the front end shows in its log. */
  static void log(String what, Throwable cause) {
    LOG.println("kernel: " + what + (cause == null ? "" : ": " + cause));
  }

  private void handleRequests(Channel channel, JavaKernel kernel) {
    ZMQ.Poller poller = channel.poller();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Message<?> message = channel == shell ? postponed.poll() : null;
        if (message == null) {
          if (poller.poll(-1) <= 0) {
            continue;
          }
          message = channel.readMessage();
        }
        handle(channel, kernel, message);
      } catch (RuntimeException e) {
        log("a request could not be read", e);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private <T> void handle(Channel channel, JavaKernel kernel, Message<T> message) {
    MessageType<T> type = message.getHeader().getType();
    ShellHandler<T> handler = handlers.getHandler(type);
    if (handler == null) {
      return;
    }
    if (channel == shell) {
      awaitSubscriber();
    }
    Reply reply = new Reply(channel, publisher, streams, message);
    try {
      handler.handle(reply, message);
    } catch (RuntimeException | Error e) {
      log(type.getName() + " failed", e);
    } finally {
      reply.resolveDeferrals();
    }
    if (reply.isMarkedForShutdown()) {
      exit(channel);
    }
  }

  /** Waits for a listener, but only for so long in all: some clients never listen. */
  private void awaitSubscriber() {
    long begin = System.nanoTime();
    try {
      publisher.awaitSubscriber(Math.min(subscriberPatience, SUBSCRIBER_PATIENCE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    subscriberPatience -= (System.nanoTime() - begin) / 1_000_000;
  }

  /**
   * Takes the cells that wait behind a failed one off the queue.
   *
   * <p>"Run all" sends every cell at once; the cells after an error must not run.
   *
   * @return what to do for each once the error was answered
   */
  private List<Runnable> abortQueuedCells() {
    List<Runnable> aborts = new ArrayList<>();
    ZMQ.Poller poller = shell.poller();
    while (poller.poll(0) > 0) {
      Message<?> message = shell.readMessage();
      if (message.getContent() instanceof ExecuteRequest) {
        aborts.add(() -> abort(message));
      } else {
        postponed.add(message);
      }
    }
    return aborts;
  }

  @SuppressWarnings("unchecked")
  private void abort(Message<?> request) {
    Reply reply = new Reply(shell, publisher, streams, request);
    reply.setBusyDeferIdle();
    // The content is not of the type that the library ties to this name, only the name is sent.
    Message<?> aborted =
        new Message<Object>(
            request.getIdentities(),
            new Header<>(request, (MessageType<Object>) (MessageType<?>) MessageType.EXECUTE_REPLY),
            request.getHeader(),
            null,
            Map.of("status", "aborted"),
            null);
    reply.reply(aborted);
    reply.resolveDeferrals();
  }

  private void echoHeartbeats() {
    while (true) {
      byte[] beat = heartbeat.recv();
      if (beat != null) {
        heartbeat.send(beat);
      }
    }
  }

  private void askForInput() {
    ZMQ.Poller poller = stdin.poller();
    while (true) {
      try {
        Message<?> request = inputRequests.take();
        // An answer that comes after its cell was interrupted belongs to nobody.
        while (poller.poll(0) > 0) {
          stdin.readMessage();
        }
        stdin.sendMessage(request);
        while (inputRequests.isEmpty()) {
          if (poller.poll(STDIN_POLL_MILLIS) > 0) {
            if (stdin.readMessage().getContent() instanceof InputReply answer) {
              streams.answer(answer.getValue());
            }
            break;
          }
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log("input could not be read", e);
      }
    }
  }

  private void exit(Channel answered) {
    CompletableFuture.delayedExecutor(EXIT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(0));
    try {
      publisher.close();
      // Only the socket of this thread: the others belong to threads that are waiting on them.
      answered.close();
      // The answer is written by a thread of the socket library, which an exit would cut off.
      Thread.sleep(ANSWER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }

  /** Ends the kernel when the front end that started it is gone without a word. */
  private static void exitWithParent(String id) {
    if (id == null || !id.matches("\\d{1,18}")) {
      return;
    }
    // A process id of 1 is a container's init, which outlives every notebook server.
    long parent = Long.parseLong(id);
    if (parent <= 1) {
      return;
    }
    ProcessHandle.of(parent)
        .ifPresent(process -> process.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }
}
