package org.affect4j.model;

import java.util.Locale;

/** In which arithmetic the bundled networks run. */
public enum Precision {
  /** Single-precision floating point: the networks as they were trained. */
  FLOAT32("detector-v1", "behaviour-v1"),
  /** Weights and activations of 8 bits: faster and smaller, a little less exact. */
  INT8("detector-v1-int8", "behaviour-v1-int8");

  private final String detector;
  private final String behaviour;

  Precision(String detector, String behaviour) {
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
   * Returns the precision as it is written on the command line.
   *
   * @return {@code "float32"} or {@code "int8"}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
