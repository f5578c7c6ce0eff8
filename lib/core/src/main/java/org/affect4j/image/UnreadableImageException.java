package org.affect4j.image;

import java.io.IOException;

/** A file or stream that holds no image that could be decoded; the message says why. */
public final class UnreadableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong and what was expected
   */
  public UnreadableImageException(String message) {
    super(message);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message what is wrong and what was expected
   * @param cause what the decoder threw
   */
  public UnreadableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
