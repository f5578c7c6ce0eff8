package org.affect4j.video;

import java.io.IOException;

/** A file that holds no video, or no sound, that could be decoded; the message says why. */
public final class UnreadableVideoException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong and what was expected
   */
  public UnreadableVideoException(String message) {
    super(message);
  }
}
