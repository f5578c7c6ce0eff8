package org.affect4j.synthesis.internal.shape;

import org.affect4j.face.ActionUnit;
import org.affect4j.synthesis.facs.FacialAction;
import org.affect4j.synthesis.facs.FacsUnit;

/**
 * The shape of a face in motion.
 *
 * @param weights of the blendshapes in the geometry's order, -1 to 1.6, 0 where one is not used
 * @param action what the face truly shows: after the conflict rules, with AU25 as measured on the
 *     mesh, {@code (gap - gap at rest - 0.03 cm) / 0.95 cm} clamped to 0 to 1
 * @param mouthShows whether anything behind the lips can be seen, however little
 * @param sealed whether what is behind the lips is drawn as their own shade
 */
public record FaceShape(float[] weights, FacialAction action, boolean mouthShows, boolean sealed) {
  /**
   * Returns the same shape with nothing but the shade of the lips between them: through a slit,
   * single pixels of teeth would flicker from frame to frame.
   *
   * @return a copy
   */
  public FaceShape withSealedLips() {
    return new FaceShape(weights, action, true, true);
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
