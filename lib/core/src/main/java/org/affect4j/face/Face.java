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
  /** Checks the id. */
  public Face {
    Objects.requireNonNull(detection, "detection");
    Objects.requireNonNull(behaviour, "behaviour");
    if (id < 0) {
      throw new IllegalArgumentException("a face's id is 0 or more, got " + id);
    }
  }
}
