package org.affect4j.training.train;

import java.io.IOException;

/** A checkpoint cannot be used: it is broken, of another network, or of other settings. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message which file, what is wrong, and what to do
   */
  public CheckpointException(String message) {
    super(message);
  }
}
