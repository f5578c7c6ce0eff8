package org.affect4j.kernel;

import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;

/** The answer to a cell that was not run because one before it failed. */
final class AbortedCell {
  // Written to JSON by name.
  @SuppressWarnings("unused")
  private final String status = "aborted";

  @SuppressWarnings("unchecked")
  static Header<Object> header(Message<?> request) {
    // The content is not of the type that the library ties to this name, only the name is sent.
    MessageType<Object> type = (MessageType<Object>) (MessageType<?>) MessageType.EXECUTE_REPLY;
    return new Header<>(request, type);
  }
}
