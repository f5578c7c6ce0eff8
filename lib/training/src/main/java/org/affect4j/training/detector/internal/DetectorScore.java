package org.affect4j.training.detector.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.detect.NonMaximumSuppression;
import org.affect4j.face.Detection;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;

/**
 * Compares detections with labels: recall at the threshold at which one false positive comes with
 * every hundred images without a face, and the landmark error of what is found there, in all and by
 * size of face. Collects images; for one thread.
 */
public final class DetectorScore {
  /** Intersection over union from which on a detection is that of a face. */
  public static final double MATCH = .4;

  private static final double IMAGES_PER_FALSE_POSITIVE = 100;
  private static final int[] EDGES = {16, 32, 64, 128};

  private final List<Double> falseScores = new ArrayList<>();
  private final List<Double> lookalikeScores = new ArrayList<>();
  private final List<Truth> truths = new ArrayList<>();
  private int faceless;
  private int withLookalikes;

  /** Collects nothing yet. */
  public DetectorScore() {}

  /** A face to be found, the best score that finds it, and the landmark error of that. */
  private record Truth(double size, double score, double error) {}

  /**
   * Adds an image without a face.
   *
   * @param detections everything found in it, of any score
   */
  public void addFaceless(List<Detection> detections) {
    faceless++;
    detections.forEach(d -> falseScores.add(d.score()));
  }

  /**
   * Adds an image without a face but with things that resemble faces.
   *
   * @param detections everything found in it, of any score
   */
  public void addLookalikes(List<Detection> detections) {
    withLookalikes++;
    detections.forEach(d -> lookalikeScores.add(d.score()));
  }

  /**
   * Adds an image with faces. Each face is found by the highest score that overlaps it and finds no
   * other.
   *
   * @param detections everything found in it, of any score
   * @param faces its faces; those that do not count are neither to be found nor to be missed
   */
  public void addFaces(List<Detection> detections, List<LabelledFace> faces) {
    Matched matched = match(detections, faces);
    for (int f = 0; f < faces.size(); f++) {
      LabelledFace face = faces.get(f);
      if (face.counts()) {
        Optional<Detection> found = matched.found().get(f);
        truths.add(
            new Truth(
                face.box().size(),
                found.map(Detection::score).orElse(Double.NaN),
                found.map(d -> error(d, face)).orElse(Double.NaN)));
      }
    }
  }

  /** Mean distance of the landmarks in units of the distance of the eyes; NaN without labels. */
  static double error(Detection detection, LabelledFace face) {
    return face.landmarks().map(l -> detection.landmarks().errorAgainst(l)).orElse(Double.NaN);
  }

  /**
   * What finds which face.
   *
   * @param found the detection of each face, if there is one
   * @param others detections of no face
   */
  record Matched(List<Optional<Detection>> found, List<Detection> others) {}

  /** Each face is found by the highest score that overlaps it and finds no other. */
  static Matched match(List<Detection> detections, List<LabelledFace> faces) {
    List<Optional<Detection>> found =
        new ArrayList<>(Collections.nCopies(faces.size(), Optional.empty()));
    List<Detection> others = new ArrayList<>();
    for (Detection d : detections.stream().sorted(NonMaximumSuppression.ORDER).toList()) {
      int best = -1;
      double most = MATCH;
      for (int f = 0; f < faces.size(); f++) {
        double iou = d.box().intersectionOverUnion(faces.get(f).box());
        if (found.get(f).isEmpty() && iou >= most) {
          best = f;
          most = iou;
        }
      }
      if (best >= 0) {
        found.set(best, Optional.of(d));
      } else {
        others.add(d);
      }
    }
    return new Matched(found, others);
  }

  /**
   * Returns the least threshold above which at most one false positive comes with a hundred images
   * without a face.
   *
   * @return a score; only detections above it count
   * @throws IllegalStateException if no image without a face was added
   */
  public double threshold() {
    if (faceless == 0) {
      throw new IllegalStateException("a threshold needs images without a face");
    }
    return threshold(falseScores, faceless);
  }

  /** The same of any scores in so many images without a face. */
  static double threshold(List<Double> falseScores, int images) {
    int allowed = (int) (images / IMAGES_PER_FALSE_POSITIVE);
    double[] sorted = falseScores.stream().mapToDouble(s -> -s).sorted().toArray();
    return sorted.length > allowed ? -sorted[allowed] : 0;
  }

  /**
   * Returns the figures by name: {@code threshold}, {@code recall}, {@code landmark_error} (mean
   * over the five points in units of the distance of the eyes), {@code lookalikes_per_100} (false
   * positives at the threshold), and recall and landmark error by size, such as {@code
   * recall_16_32}. Sizes of which there is no face are left out.
   *
   * @return figures; an error is NaN where no face was found
   */
  public Map<String, Double> figures() {
    double threshold = threshold();
    Map<String, Double> figures = new LinkedHashMap<>();
    put(figures, "", truths, threshold);
    figures.put("threshold", threshold);
    if (withLookalikes > 0) {
      long alarms = lookalikeScores.stream().filter(s -> s > threshold).count();
      figures.put("lookalikes_per_100", 100.0 * alarms / withLookalikes);
    }
    for (int i = 0; i <= EDGES.length; i++) {
      double low = i == 0 ? 0 : EDGES[i - 1];
      double high = i == EDGES.length ? Double.POSITIVE_INFINITY : EDGES[i];
      String name =
          i == 0
              ? "_to_" + EDGES[0]
              : i == EDGES.length
                  ? "_from_" + EDGES[i - 1]
                  : "_%d_%d".formatted(EDGES[i - 1], EDGES[i]);
      put(
          figures,
          name,
          truths.stream().filter(t -> t.size() >= low && t.size() < high).toList(),
          threshold);
    }
    return figures;
  }

  private static void put(
      Map<String, Double> figures, String name, List<Truth> faces, double threshold) {
    if (faces.isEmpty()) {
      return;
    }
    double[] errors =
        faces.stream().filter(t -> t.score() > threshold).mapToDouble(Truth::error).toArray();
    figures.put("recall" + name, (double) errors.length / faces.size());
    figures.put(
        "landmark_error" + name,
        Arrays.stream(errors).filter(e -> !Double.isNaN(e)).average().orElse(Double.NaN));
  }

  /**
   * Returns how many faces count, by which one weighs the figures.
   *
   * @return faces to be found
   */
  public int faces() {
    return truths.size();
  }
}
