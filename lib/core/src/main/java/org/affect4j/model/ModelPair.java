package org.affect4j.model;

import java.util.Locale;

/**
 * The bundled networks by the pairs in which they are used: a face detector and a behaviour
 * network.
 */
public enum ModelPair {
  /** The main pair in single precision, as the networks were trained. */
  FLOAT32("detector-v2", "behaviour-v6"),
  /**
   * The main pair with weights and activations of 8 bits: faster and smaller, a little less exact.
   */
  INT8("detector-v2-int8", "behaviour-v6-int8"),
  /** As {@link #INT8}, with the detector of the fewest operations: it misses more small faces. */
  SMALL("detector-small-v1-int8", "behaviour-v6-int8"),
  /**
   * Two networks that learned from rendered faces and free backgrounds alone, in single precision:
   * nobody's photo is in them. They read real faces far less well than the main pair.
   */
  RENDERED("detector-rendered-v1", "behaviour-rendered-v1");

  private final String detector;
  private final String behaviour;

  ModelPair(String detector, String behaviour) {
    this.detector = detector;
    this.behaviour = behaviour;
  }

  /**
   * Returns the name of the bundled face detector.
   *
   * @return name in the bundled catalogue
   */
  public String detector() {
    return detector;
  }

  /**
   * Returns the name of the bundled behaviour network.
   *
   * @return name in the bundled catalogue
   */
  public String behaviour() {
    return behaviour;
  }

  /**
   * Returns the pair as it is written on the command line.
   *
   * @return the constant's name in small letters, such as {@code "int8"}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
