package org.affect4j.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.affect4j.face.Detection;

/** Keeps one detection of each face. */
public final class NonMaximumSuppression {
  /**
   * The order of detections everywhere in this library: highest score first, equal scores from left
   * to right, then from top to bottom.
   */
  public static final Comparator<Detection> ORDER =
      Comparator.comparingDouble((Detection d) -> -d.score())
          .thenComparingDouble(d -> d.box().x())
          .thenComparingDouble(d -> d.box().y());

  private NonMaximumSuppression() {}

  /**
   * Greedy suppression: takes detections in {@link #ORDER} and drops each whose intersection over
   * union with one already taken exceeds the threshold.
   *
   * @param candidates detections in any order; the list is not changed
   * @param iouThreshold 0 to 1
   * @return what is kept, in {@link #ORDER}; unmodifiable
   */
  public static List<Detection> keep(List<Detection> candidates, double iouThreshold) {
    List<Detection> kept = new ArrayList<>();
    for (Detection candidate : candidates.stream().sorted(ORDER).toList()) {
      boolean free =
          kept.stream()
              .noneMatch(k -> k.box().intersectionOverUnion(candidate.box()) > iouThreshold);
      if (free) {
        kept.add(candidate);
      }
    }
    return List.copyOf(kept);
  }
}
