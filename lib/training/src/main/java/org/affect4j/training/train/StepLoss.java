package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of one step.
 *
 * @param total what is made smaller, a single number
 * @param terms its parts by name, before they are weighted, single numbers
 */
public record StepLoss(NDArray total, Map<String, NDArray> terms) {
  /** Copies the terms. */
  public StepLoss {
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
  }

  /**
   * Tells whether gradients can be computed.
   *
   * @return whether the total is a number
   */
  public boolean isFinite() {
    return Float.isFinite(total.getFloat());
  }
}
