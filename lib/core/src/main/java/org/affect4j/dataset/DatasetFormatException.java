package org.affect4j.dataset;

import java.io.IOException;

/**
 * A dataset that is not laid out as expected; the message says where, what was expected, and why.
 */
public final class DatasetFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message where, what is wrong, what was expected, and what to do
   */
  public DatasetFormatException(String message) {
    super(message);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message where, what is wrong, what was expected, and what to do
   * @param cause what a parser threw
   */
  public DatasetFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
