package org.affect4j.kernel;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.KernelTimestamp;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/** Everything sent in answer to one request. */
final class Reply extends ShellReplyEnvironment {
  private final Channel channel;
  private final Publisher publisher;
  private final CellStreams streams;
  private final Deque<Runnable> deferred = new ArrayDeque<>();
  private boolean deferNext;

  Reply(Channel channel, Publisher publisher, CellStreams streams, MessageContext request) {
    super(null, null, null, request);
    this.channel = channel;
    this.publisher = publisher;
    this.streams = streams;
  }

  @Override
  public void publish(Message<?> message) {
    run(
        () -> {
          streams.flush();
          publisher.publish(dated(message));
        });
  }

  /** Publishes without flushing the streams first; for the streams themselves. */
  void publishNow(Message<?> message) {
    publisher.publish(dated(message));
  }

  @Override
  public void reply(Message<?> message) {
    run(() -> channel.sendMessage(dated(message)));
  }

  @Override
  public Reply defer() {
    deferNext = true;
    return this;
  }

  @Override
  public void defer(Runnable action) {
    deferred.push(action);
  }

  @Override
  public void resolveDeferrals() {
    while (!deferred.isEmpty()) {
      deferred.pop().run();
    }
  }

  @Override
  public String readFromStdIn(String prompt, boolean isPassword) {
    return streams.readLine(this, prompt, isPassword);
  }

  private void run(Runnable action) {
    if (deferNext) {
      deferNext = false;
      deferred.push(action);
    } else {
      action.run();
    }
  }

  /** The base library's dates lack seconds, and clients that parse ISO 8601 refuse them. */
  private static <T> Message<T> dated(Message<T> message) {
    Header<T> header = message.getHeader();
    String now = Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    return new Message<>(
        message.getIdentities(),
        new Header<>(
            header.getId(),
            header.getUsername(),
            header.getSessionId(),
            new KernelTimestamp(now),
            header.getType(),
            header.getVersion()),
        message.getParentHeader(),
        message.getMetadata(),
        message.getContent(),
        message.getBlobs());
  }
}
