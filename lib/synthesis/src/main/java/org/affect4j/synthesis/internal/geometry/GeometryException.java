package org.affect4j.synthesis.internal.geometry;

import java.io.IOException;

/**
 * The face geometry is missing, altered or not in the expected form; the message says what to do.
 */
public final class GeometryException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message what was wrong, what was expected and what to do
   */
  public GeometryException(String message) {
    super(message);
  }

  /**
   * Makes the exception.
   *
   * @param message what was wrong, what was expected and what to do
   * @param cause what failed underneath
   */
  public GeometryException(String message, Throwable cause) {
    super(message, cause);
  }
}
