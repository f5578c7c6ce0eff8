package org.affect4j.training.batch;

/**
 * A set of faces as a source of batches.
 *
 * @param set the faces
 * @param passes how often each face is shown in an epoch, positive; may be a fraction
 * @param augmentation how its faces are varied
 */
public record BatchSource(CropSet set, double passes, Augmentation augmentation) {
  /** Checks the passes. */
  public BatchSource {
    if (!(passes > 0) || passes * set.size() < 1) {
      throw new IllegalArgumentException(
          "%s must be shown at least one face an epoch, got %s passes".formatted(set, passes));
    }
  }

  /** Faces shown in an epoch. */
  int facesPerEpoch() {
    return Math.toIntExact(Math.round(passes * set.size()));
  }
}
