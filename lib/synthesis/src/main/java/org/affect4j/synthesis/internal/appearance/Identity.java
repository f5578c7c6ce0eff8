package org.affect4j.synthesis.internal.appearance;

import java.util.Arrays;

/** Shape of a head as coefficients of the identity modes, in standard deviations. Immutable. */
public final class Identity {
  private final float[] weights;

  private Identity(float[] weights) {
    this.weights = weights;
  }

  /**
   * Makes an identity.
   *
   * @param weights one coefficient per mode, finite; copied
   * @return the identity
   */
  public static Identity of(float... weights) {
    for (float w : weights) {
      if (!Float.isFinite(w)) {
        throw new IllegalArgumentException(
            "identity coefficients must be finite, got " + Arrays.toString(weights));
      }
    }
    return new Identity(weights.clone());
  }

  /**
   * Returns the mean person.
   *
   * @param modes number of modes
   * @return all coefficients 0
   */
  public static Identity mean(int modes) {
    return new Identity(new float[modes]);
  }

  /**
   * Returns a coefficient.
   *
   * @param mode 0 to {@link #size()} - 1
   * @return standard deviations
   */
  public float weight(int mode) {
    return weights[mode];
  }

  /**
   * Returns the number of modes.
   *
   * @return 0 or more
   */
  public int size() {
    return weights.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Identity identity && Arrays.equals(weights, identity.weights);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(weights);
  }
}
