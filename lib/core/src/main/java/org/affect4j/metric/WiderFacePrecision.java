package org.affect4j.metric;

import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;

/**
 * Average precision of a face detector by the rule of WIDER FACE (Yang et al., CVPR 2016, and the
 * authors' evaluation tools).
 *
 * <p>Scores are scaled so that the least of all photos is 0 and the highest 1. In each photo the
 * detections, highest score first, go to the face that they overlap most, whether it counts or not.
 * From an overlap of .5 on (intersection over union, where boxes cover the pixel of their last
 * corner, too) a detection finds its face; a further one of a face that was found is false; one of
 * a face that does not count is left out, neither right nor false. Precision and recall are taken
 * at 1,000 thresholds from .999 to 0 over all photos together, and the area is that under the
 * highest precision at each recall or beyond. In a photo without faces nothing is false.
 *
 * <p>Ours, where the tools divide by zero: precision is 0 at thresholds that no detection reaches,
 * and scores that are all the same are 1.
 */
public final class WiderFacePrecision {
  private static final double OVERLAP = .5;
  private static final int THRESHOLDS = 1000;

  private WiderFacePrecision() {}

  /**
   * A face of a photo.
   *
   * @param box its box in pixels
   * @param counts whether it is to be found; otherwise it is neither to be found nor to be missed
   */
  public record Face(PixelBox box, boolean counts) {}

  /**
   * A photo.
   *
   * @param found everything found in it, from a low score on
   * @param faces all its faces
   */
  public record Photo(List<Detection> found, List<Face> faces) {
    /** Copies the lists. */
    public Photo {
      found = List.copyOf(found);
      faces = List.copyOf(faces);
    }
  }

  /**
   * Computes the average precision.
   *
   * @param photos all photos that are judged together
   * @return 0 to 1; NaN if no face counts
   */
  public static double of(List<Photo> photos) {
    DoubleSummaryStatistics scores =
        photos.stream()
            .flatMap(photo -> photo.found().stream())
            .mapToDouble(Detection::score)
            .summaryStatistics();
    long[] proposals = new long[THRESHOLDS];
    long[] found = new long[THRESHOLDS];
    for (Photo photo : photos) {
      if (!photo.faces().isEmpty()) {
        add(photo, scores, proposals, found);
      }
    }
    long faces = photos.stream().flatMap(p -> p.faces().stream()).filter(Face::counts).count();
    return area(proposals, found, faces);
  }

  /** Adds what a photo has at each threshold. */
  private static void add(
      Photo photo, DoubleSummaryStatistics scores, long[] proposals, long[] found) {
    List<Detection> sorted =
        photo.found().stream()
            .sorted(Comparator.comparingDouble(Detection::score).reversed())
            .toList();
    double range = scores.getMax() - scores.getMin();
    Set<Face> matched = new HashSet<>();
    int counted = 0;
    int next = 0;
    for (int t = 0; t < THRESHOLDS; t++) {
      double threshold = 1 - (t + 1) / (double) THRESHOLDS;
      while (next < sorted.size()
          && (range == 0 || (sorted.get(next).score() - scores.getMin()) / range >= threshold)) {
        PixelBox box = sorted.get(next++).box();
        Face nearest = nearest(box, photo.faces());
        boolean hit = overlap(box, nearest.box()) >= OVERLAP;
        counted += hit && !nearest.counts() ? 0 : 1;
        if (hit && nearest.counts()) {
          matched.add(nearest);
        }
      }
      proposals[t] += counted;
      found[t] += matched.size();
    }
  }

  /** The face that a box overlaps most; of several the first. */
  private static Face nearest(PixelBox box, List<Face> faces) {
    Face best = faces.get(0);
    for (Face face : faces) {
      if (overlap(box, face.box()) > overlap(box, best.box())) {
        best = face;
      }
    }
    return best;
  }

  private static double overlap(PixelBox a, PixelBox b) {
    double width = Math.min(a.right(), b.right()) - Math.max(a.x(), b.x()) + 1;
    double height = Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y()) + 1;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double both = width * height;
    return both / ((a.width() + 1) * (a.height() + 1) + (b.width() + 1) * (b.height() + 1) - both);
  }

  private static double area(long[] proposals, long[] found, long faces) {
    if (faces == 0) {
      return Double.NaN;
    }
    double area = 0;
    double best = 0;
    for (int t = THRESHOLDS - 1; t >= 0; t--) {
      best = Math.max(best, proposals[t] == 0 ? 0 : (double) found[t] / proposals[t]);
      area += best * (found[t] - (t == 0 ? 0 : found[t - 1])) / faces;
    }
    return area;
  }
}
