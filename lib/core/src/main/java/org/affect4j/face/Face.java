package org.affect4j.face;

import java.util.Objects;
import java.util.Optional;

/**
 * One analysed face of one image.
 *
 * @param id number of the face in its image, from 0, in the stable order of the detector
 * @param detection where the face is; empty if a whole crop was taken as the face because no
 *     landmarks were found in it
 * @param behaviour what the network reads from it
 */
public record Face(int id, Optional<Detection> detection, Behaviour behaviour) {
  private static final double MOST_UPRIGHT = 135;

  /** Checks the id. */
  public Face {
    Objects.requireNonNull(detection, "detection");
    Objects.requireNonNull(behaviour, "behaviour");
    if (id < 0) {
      throw new IllegalArgumentException("a face's id is 0 or more, got " + id);
    }
  }

  /**
   * Tells whether the face stands on its head.
   *
   * @return whether it is turned by more than 135 degrees; false without a detection
   */
  public boolean isUpsideDown() {
    return detection.map(d -> Math.abs(d.landmarks().rollDegrees()) > MOST_UPRIGHT).orElse(false);
  }
}
