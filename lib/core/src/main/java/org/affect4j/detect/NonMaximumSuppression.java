package org.affect4j.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;

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

  private static final double LEAST_OVERLAP_OF_VOTES = .5;

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

  /**
   * Box voting: the mean of all candidates that overlap a face by half or more, weighted by their
   * scores, which scatters less than the best of them (Gidaris and Komodakis 2015, Object Detection
   * via a Multi-region and Semantic Segmentation-aware CNN Model, section 4; there of boxes, here
   * of landmarks too):
   *
   * <pre>
   * mean = sum(score_i x_i) / sum(score_i)   over all i with IoU(box_i, box) >= .5
   * </pre>
   *
   * @param face the best candidate of a face
   * @param candidates all candidates, the face among them
   * @return the mean, with the score of the best
   */
  static Detection vote(Detection face, List<Detection> candidates) {
    double[] sums = new double[14];
    double weight = 0;
    for (Detection candidate : candidates) {
      if (candidate.box().intersectionOverUnion(face.box()) >= LEAST_OVERLAP_OF_VOTES) {
        double[] values = values(candidate);
        for (int i = 0; i < sums.length; i++) {
          sums[i] += candidate.score() * values[i];
        }
        weight += candidate.score();
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= weight;
    }
    return new Detection(
        new PixelBox(sums[10], sums[11], sums[12], sums[13]),
        face.score(),
        Landmarks.of(Arrays.copyOf(sums, 10)));
  }

  private static double[] values(Detection d) {
    PixelBox box = d.box();
    return DoubleStream.concat(
            d.landmarks().points().stream().flatMapToDouble(p -> DoubleStream.of(p.x(), p.y())),
            DoubleStream.of(box.x(), box.y(), box.width(), box.height()))
        .toArray();
  }
}
