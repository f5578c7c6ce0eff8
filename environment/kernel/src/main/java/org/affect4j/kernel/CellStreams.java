package org.affect4j.kernel;

import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.publish.PublishStream.StreamType;
import io.github.spencerpark.jupyter.messages.request.InputRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Standard input, output and error of the cells.
 *
 * <p>Output is gathered for some milliseconds, so that a loop of prints costs a few messages in
 * place of thousands; the order between the two streams and between streams and displays is kept.
 */
final class CellStreams {
  private static final int FLUSH_AT_BYTES = 16 * 1024;

  private final Consumer<Message<?>> stdin;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private StreamType pendingType = StreamType.OUT;
  private Reply reply;
  private volatile boolean inputAllowed;

  /**
   * @param stdin sends a request for input to the front end
   */
  CellStreams(Consumer<Message<?>> stdin) {
    this.stdin = stdin;
  }

  /** Routes what follows to the cell that {@code reply} answers. */
  synchronized void attach(Reply reply, boolean inputAllowed) {
    flush();
    this.reply = reply;
    this.inputAllowed = inputAllowed;
    answers.clear();
  }

  PrintStream printStream(StreamType type) {
    return new PrintStream(new Sink(type), false, StandardCharsets.UTF_8);
  }

  InputStream inputStream() {
    return new Source();
  }

  /** Hands over a line that the user typed. */
  void answer(String line) {
    answers.add(line);
  }

  synchronized void flush() {
    if (pending.size() == 0) {
      return;
    }
    String text = pending.toString(StandardCharsets.UTF_8);
    pending.reset();
    if (reply != null) {
      PublishStream content = new PublishStream(pendingType, text);
      reply.publishNow(new Message<>(reply.getContext(), content.getType(), content));
    }
  }

  /**
   * Asks the user for a line.
   *
   * @return the line with its end, or null if the front end does not allow input
   */
  String readLine(Reply asker, String prompt, boolean isPassword) {
    if (!inputAllowed || asker == null) {
      return null;
    }
    flush();
    answers.clear();
    stdin.accept(
        new Message<>(
            asker.getContext(), InputRequest.MESSAGE_TYPE, new InputRequest(prompt, isPassword)));
    try {
      return answers.take() + "\n";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputInterruptedException();
    }
  }

  private synchronized void write(StreamType type, byte[] bytes, int offset, int length) {
    if (type != pendingType) {
      flush();
      pendingType = type;
    }
    pending.write(bytes, offset, length);
    if (pending.size() >= FLUSH_AT_BYTES) {
      flush();
    }
  }

  private synchronized Reply current() {
    return reply;
  }

  /** Thrown out of a read from {@code System.in} when the cell is interrupted. */
  static final class InputInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InputInterruptedException() {
      super("interrupted while waiting for input");
    }
  }

  private final class Sink extends OutputStream {
    private final StreamType type;

    Sink(StreamType type) {
      this.type = type;
    }

    @Override
    public void write(int value) {
      CellStreams.this.write(type, new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      CellStreams.this.write(type, bytes, offset, length);
    }
  }

  private final class Source extends InputStream {
    private ByteArrayInputStream line = new ByteArrayInputStream(new byte[0]);

    @Override
    public int read() {
      return fill() ? line.read() : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      return fill() ? line.read(into, offset, length) : -1;
    }

    @Override
    public int available() {
      return line.available();
    }

    private boolean fill() {
      if (line.available() == 0) {
        String typed = readLine(current(), "", false);
        if (typed == null) {
          return false;
        }
        line = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
      }
      return true;
    }
  }
}
