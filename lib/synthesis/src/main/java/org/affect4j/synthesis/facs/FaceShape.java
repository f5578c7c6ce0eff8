package org.affect4j.synthesis.facs;

import org.affect4j.face.ActionUnit;

/**
 * The shape of a face in motion: a weight for each blendshape, and the action that it truly shows.
 * Immutable.
 */
public final class FaceShape {
  private final float[] weights;
  private final FacialAction action;
  private final double lipsPart;
  private final boolean mouthShows;

  FaceShape(float[] weights, FacialAction action, double lipsPart, boolean mouthShows) {
    this.weights = weights;
    this.action = action;
    this.lipsPart = lipsPart;
    this.mouthShows = mouthShows;
  }

  /**
   * Returns the weight of a blendshape.
   *
   * @param blendshape index in the geometry's list
   * @return -1 to 1.6, 0 if it is not used
   */
  public float weight(int blendshape) {
    return weights[blendshape];
  }

  /**
   * Returns the action after the conflict rules, with AU25 as measured on the mesh.
   *
   * @return the action that the face shows
   */
  public FacialAction action() {
    return action;
  }

  /**
   * Returns how far the lips are apart, measured on the mesh: {@code (gap - gap at rest - 0.03 cm)
   * / 0.95 cm}, clamped.
   *
   * @return 0 (together) to 1
   */
  public double lipsPart() {
    return lipsPart;
  }

  /**
   * Tells whether anything behind the lips can be seen, however little.
   *
   * @return false if the lips of the mesh touch
   */
  public boolean mouthShows() {
    return mouthShows;
  }

  /**
   * Returns the exact label of a unit: its intensity as set on the stronger side, and for AU25 the
   * measured opening.
   *
   * @param unit one of the 17
   * @return 0 to 1
   */
  public double label(ActionUnit unit) {
    return action.intensity(FacsUnit.of(unit));
  }
}
