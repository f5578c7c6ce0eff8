package org.affect4j.training.batch;

/**
 * A set of faces as a source of batches.
 *
 * @param set the faces
 * @param passes how often each face is shown in an epoch, positive; may be a fraction
 * @param augmentation how its faces are varied
 * @param expressionWeight how much an expression of this set counts, 1 for a full label, 0 for none
 */
public record BatchSource(
    CropSet set, double passes, Augmentation augmentation, double expressionWeight) {
  /** Checks the passes and the weight. */
  public BatchSource {
    if (!(expressionWeight >= 0 && expressionWeight <= 1)) {
      throw new IllegalArgumentException(
          "a label weighs 0 to 1, got %s for %s".formatted(expressionWeight, set));
    }
    if (!(passes > 0) || passes * set.size() < 1) {
      throw new IllegalArgumentException(
          "%s must be shown at least one face an epoch, got %s passes".formatted(set, passes));
    }
  }

  /**
   * A source whose expressions count in full.
   *
   * @param set the faces
   * @param passes how often each face is shown in an epoch
   * @param augmentation how its faces are varied
   */
  public BatchSource(CropSet set, double passes, Augmentation augmentation) {
    this(set, passes, augmentation, 1);
  }

  /** Faces shown in an epoch. */
  int facesPerEpoch() {
    return Math.toIntExact(Math.round(passes * set.size()));
  }
}
