package org.affect4j.training.train;

/** Training met a loss or gradient that is no number; the last checkpoint is still good. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message where, in which batch, and what to do
   */
  public DivergedException(String message) {
    super(message);
  }
}
