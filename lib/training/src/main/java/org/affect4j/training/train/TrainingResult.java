package org.affect4j.training.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.training.network.NetworkWeights;

/**
 * What a run gave.
 *
 * @param weights moving average of the weights after the best epoch
 * @param best the figure by which that epoch was chosen
 * @param bestEpoch its number, 1 for the first
 * @param epochs epochs that were trained, those of earlier runs included
 * @param last figures after the last epoch, by name
 * @param seconds time spent in training, that of earlier runs included
 * @param finished whether the schedule was trained to its end or stopped early for want of progress
 */
public record TrainingResult(
    NetworkWeights weights,
    double best,
    int bestEpoch,
    int epochs,
    Map<String, Double> last,
    double seconds,
    boolean finished) {
  /** Copies the figures. */
  public TrainingResult {
    last = Collections.unmodifiableMap(new LinkedHashMap<>(last));
  }
}
