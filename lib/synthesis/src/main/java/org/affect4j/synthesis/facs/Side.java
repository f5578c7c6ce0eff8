package org.affect4j.synthesis.facs;

/** The side of the face that shows an action unit: the person's own, as in FACS. */
public enum Side {
  /** The person's left, the image's right in a frontal view. */
  LEFT,
  /** The person's right. */
  RIGHT,
  /** Both sides alike. */
  BOTH
}
