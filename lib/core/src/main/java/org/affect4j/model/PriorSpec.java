package org.affect4j.model;

import java.util.List;

/**
 * How a RetinaFace-style detector lays out its prior boxes (Behaviour4All, section 3).
 *
 * @param steps pixels between neighbouring priors, one per feature map, finest first
 * @param minimumSizes sides of the square priors at each position in pixels, one list per feature
 *     map
 * @param centreVariance factor of centre and landmark offsets
 * @param sizeVariance factor of the logarithmic size offsets
 */
public record PriorSpec(
    List<Integer> steps,
    List<List<Integer>> minimumSizes,
    double centreVariance,
    double sizeVariance) {
  /** Checks and copies the lists. */
  public PriorSpec {
    steps = List.copyOf(steps);
    minimumSizes = minimumSizes.stream().map(List::copyOf).toList();
    if (steps.isEmpty() || steps.size() != minimumSizes.size()) {
      throw new IllegalArgumentException(
          "priors need as many steps as lists of sizes, got %d and %d"
              .formatted(steps.size(), minimumSizes.size()));
    }
    if (steps.stream().anyMatch(s -> s < 1)
        || minimumSizes.stream().anyMatch(m -> m.isEmpty() || m.stream().anyMatch(s -> s < 1))) {
      throw new IllegalArgumentException("steps and sizes of priors are 1 pixel or more");
    }
    if (!(centreVariance > 0) || !(sizeVariance > 0)) {
      throw new IllegalArgumentException("variances are positive");
    }
  }

  /**
   * Returns the layout of RetinaFace with a MobileNet-0.25 backbone for small faces: steps 8, 16,
   * 32 with sizes 10, 20; 32, 64; 128, 256.
   *
   * @return the layout of the bundled detector
   */
  public static PriorSpec standard() {
    return new PriorSpec(
        List.of(8, 16, 32), List.of(List.of(10, 20), List.of(32, 64), List.of(128, 256)), .1, .2);
  }

  /**
   * Returns the layout of RetinaFace with five feature maps (Deng et al. 2020, table 1): steps 4 to
   * 64, and at each position three sizes, a third of an octave apart, from four times the step on.
   * Sizes are rounded to whole pixels (ours).
   *
   * @return steps 4, 8, 16, 32, 64 with sizes 16, 20, 25 to 256, 323, 406
   */
  public static PriorSpec fiveLevels() {
    return new PriorSpec(
        List.of(4, 8, 16, 32, 64),
        List.of(
            List.of(16, 20, 25),
            List.of(32, 40, 51),
            List.of(64, 81, 102),
            List.of(128, 161, 203),
            List.of(256, 323, 406)),
        .1,
        .2);
  }
}
