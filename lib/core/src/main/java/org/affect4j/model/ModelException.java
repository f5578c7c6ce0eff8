package org.affect4j.model;

/**
 * A model that is missing, altered, or not what its catalogue says; the message says what to do.
 */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong, what was expected and what to do
   */
  public ModelException(String message) {
    super(message);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message what is wrong, what was expected and what to do
   * @param cause what was thrown below
   */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
