package org.affect4j.training.landmark.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.SimilarityTransform;

/**
 * Landmarks on which detectors agree that look at a face in several sizes and turns, and at its
 * mirror image: the median of all views, which is nearer to the truth than any of them (test-time
 * augmentation; data distillation, Radosavovic et al. 2018, section 3). The spread of the views
 * tells how exact one look would be.
 */
public final class LandmarkConsensus {
  private static final int SIDE = 160;

  /** How much more than an aligned face a view shows: faces fill about 60, 77 and 96 pixels. */
  private static final double[] ZOOMS = {1.2, 1.5, 1.9};

  private static final double[] TURNS = {-.2, 0, .2};
  private static final double LEAST_SCORE = .5;

  /** What is farther away than this from where the face is meant to be is another face. */
  private static final double FARTHEST = .6;

  private final List<FaceDetector> detectors;
  private final FaceAligner aligner = new FaceAligner(SIDE);

  /**
   * Joins detectors, which stay open.
   *
   * @param detectors at least one
   */
  public LandmarkConsensus(List<? extends FaceDetector> detectors) {
    if (detectors.isEmpty()) {
      throw new IllegalArgumentException("a consensus needs at least one detector");
    }
    this.detectors = List.copyOf(detectors);
  }

  /**
   * What the views agree on.
   *
   * @param landmarks median of the views, each coordinate by itself, in pixels of the photo
   * @param spread mean distance of a view's landmarks from these, in units of the distance of the
   *     eyes
   * @param views number of views in which the face was found
   */
  public record Result(Landmarks landmarks, double spread, int views) {}

  /**
   * Returns how many views there are of each face.
   *
   * @return views of all detectors together
   */
  public int views() {
    return detectors.size() * ZOOMS.length * TURNS.length * 2;
  }

  /**
   * Looks at a face again.
   *
   * @param photo the photo
   * @param face about where its landmarks are, in pixels of the photo
   * @return the consensus; empty if the face is found in less than half of the views
   */
  public Optional<Result> of(FaceImage photo, Landmarks face) {
    List<double[]> found = new ArrayList<>();
    for (double zoom : ZOOMS) {
      for (double turn : TURNS) {
        Landmarks frame = turned(face, zoom, turn);
        FaceImage view = aligner.crop(photo, frame);
        SimilarityTransform toView = aligner.transform(frame);
        SimilarityTransform toPhoto = toView.inverse();
        FaceImage mirrored = view.mirrored();
        Landmarks meant = through(toView, face);
        for (FaceDetector detector : detectors) {
          Stream.concat(
                  nearest(detector.detect(view, LEAST_SCORE), meant).stream(),
                  nearest(detector.detect(mirrored, LEAST_SCORE), mirrored(meant)).stream()
                      .map(LandmarkConsensus::mirrored))
              .map(l -> numbers(l.points().stream().map(toPhoto::apply)))
              .forEach(found::add);
        }
      }
    }
    if (2 * found.size() < views()) {
      return Optional.empty();
    }
    double[] median = new double[found.get(0).length];
    for (int i = 0; i < median.length; i++) {
      int coordinate = i;
      double[] sorted = found.stream().mapToDouble(xy -> xy[coordinate]).sorted().toArray();
      median[i] = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
    Landmarks agreed = Landmarks.of(median);
    double spread =
        found.stream()
            .mapToDouble(xy -> Landmarks.of(xy).errorAgainst(agreed))
            .average()
            .orElseThrow();
    return Optional.of(new Result(agreed, spread, found.size()));
  }

  private static Optional<Landmarks> nearest(List<Detection> found, Landmarks meant) {
    return found.stream()
        .map(Detection::landmarks)
        .filter(l -> l.errorAgainst(meant) < FARTHEST)
        .min(Comparator.comparingDouble(l -> l.errorAgainst(meant)));
  }

  /** Landmarks by which the crop shows more of the photo, and turned. */
  private static Landmarks turned(Landmarks face, double zoom, double turn) {
    double cx = face.points().stream().mapToDouble(Point::x).average().orElseThrow();
    double cy = face.points().stream().mapToDouble(Point::y).average().orElseThrow();
    double a = zoom * Math.cos(turn);
    double b = zoom * Math.sin(turn);
    return through(new SimilarityTransform(a, b, cx - a * cx + b * cy, cy - b * cx - a * cy), face);
  }

  private static Landmarks through(SimilarityTransform map, Landmarks landmarks) {
    return Landmarks.of(numbers(landmarks.points().stream().map(map::apply)));
  }

  /** Left and right of a view exchanged. */
  private static Landmarks mirrored(Landmarks l) {
    return new Landmarks(
        mirrored(l.eyeRight()),
        mirrored(l.eyeLeft()),
        mirrored(l.nose()),
        mirrored(l.mouthRight()),
        mirrored(l.mouthLeft()));
  }

  private static Point mirrored(Point p) {
    return new Point(SIDE - 1 - p.x(), p.y());
  }

  private static double[] numbers(Stream<Point> points) {
    return points.flatMap(p -> Stream.of(p.x(), p.y())).mapToDouble(v -> v).toArray();
  }
}
