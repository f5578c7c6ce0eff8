package org.affect4j.training.tune;

/**
 * How last layers are learned anew. The defaults were chosen by cross-validation over persons 0 to
 * 29 of the bundled compound crops (three folds of ten persons, 5 and 20 shots, two draws); nothing
 * was tuned on persons 30 to 39.
 *
 * @param steps most steps, 1 or more; all faces are in every step
 * @param patience steps without a lower loss on the persons held out after which training stops, 1
 *     or more
 * @param heldOutShare part of the faces, by whole persons, on which the number of steps is chosen;
 *     then all faces are learned from in that many steps. 0 to take all steps
 * @param embeddingRate learning rate of the embedding layer; 0 leaves it as it is
 * @param headRate learning rate of the new last layer, positive
 * @param pull how strongly the embedding layer is drawn back to the network's own weights: part of
 *     the distance that is lost per step at rate 1 (L2-SP; Li, Grandvalet and Davoine 2018, eq. 4,
 *     decoupled from the gradient as weight decay is in AdamW)
 * @param decay the same for the last layer, towards 0
 * @param smoothing part of each label that is spread evenly over all classes, 0 to below 1
 */
public record FineTuningOptions(
    int steps,
    int patience,
    double heldOutShare,
    double embeddingRate,
    double headRate,
    double pull,
    double decay,
    double smoothing) {
  /** Checks the ranges. */
  public FineTuningOptions {
    require(steps >= 1 && patience >= 1, "1 step or more, and a patience of 1 or more");
    require(heldOutShare >= 0 && heldOutShare < 1, "a share held out of 0 to below 1");
    require(embeddingRate >= 0 && headRate > 0, "rates of 0 or more, that of the head above 0");
    require(pull >= 0 && decay >= 0, "pull and decay of 0 or more");
    require(smoothing >= 0 && smoothing < 1, "smoothing of 0 to below 1");
  }

  private void require(boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "fine-tuning takes %s, got steps %d, patience %d, held out %s, rates %s and %s, pull %s, decay %s, smoothing %s"
              .formatted(
                  expected,
                  steps,
                  patience,
                  heldOutShare,
                  embeddingRate,
                  headRate,
                  pull,
                  decay,
                  smoothing));
    }
  }

  /**
   * Returns settings that suit 1 to some hundred faces of each class.
   *
   * @return the defaults
   */
  public static FineTuningOptions defaults() {
    return new FineTuningOptions(100, 40, .2, 3e-4, 1e-2, 300, 5, .1);
  }
}
