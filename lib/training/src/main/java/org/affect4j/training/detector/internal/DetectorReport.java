package org.affect4j.training.detector.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.Detection;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Calibration;
import org.affect4j.metric.Interval;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;

/**
 * The figures of one detector on images of several kinds, with 95 % intervals. False positives on
 * the images without a face set the threshold at which the detectors are compared: the least at
 * which one comes with every hundred. Collects images; for one thread.
 */
public final class DetectorReport {
  private static final double Z = 1.959964;
  private static final int RELIABILITY_BINS = 10;

  private final double usual;
  private final List<Faces> sets = new ArrayList<>();
  private final List<Faceless> empty = new ArrayList<>();

  /** Images with faces of one kind. */
  private static final class Faces {
    private final String name;
    private final List<Truth> truths = new ArrayList<>();
    private final List<Double> falseScores = new ArrayList<>();

    Faces(String name) {
      this.name = name;
    }
  }

  private record Truth(double size, double score, double error) {}

  /** Images without faces of one kind. */
  private static final class Faceless {
    private final String name;
    private final List<Double> scores = new ArrayList<>();
    private int images;

    Faceless(String name) {
      this.name = name;
    }
  }

  /**
   * One figure.
   *
   * @param images kind of the images
   * @param size sizes of the faces in pixels, such as {@code 24-150}, or empty
   * @param measure what was measured
   * @param value the figure
   * @param low lower end of its 95 % interval; NaN where none is stated
   * @param high upper end
   * @param count faces or images it rests on
   */
  public record Line(
      String images,
      String size,
      String measure,
      double value,
      double low,
      double high,
      int count) {}

  /**
   * Collects nothing yet.
   *
   * @param usual threshold at which the detector is used, 0 to 1
   */
  public DetectorReport(double usual) {
    this.usual = usual;
  }

  /**
   * Adds an image with faces. Faces that do not count are neither to be found nor to be missed.
   *
   * @param images kind of the image
   * @param detections everything found in it, of any score
   * @param faces its faces
   */
  public void addFaces(String images, List<Detection> detections, List<LabelledFace> faces) {
    Faces set =
        sets.stream()
            .filter(s -> s.name.equals(images))
            .findFirst()
            .orElseGet(() -> added(sets, new Faces(images)));
    DetectorScore.Matched matched = DetectorScore.match(detections, faces);
    matched.others().forEach(d -> set.falseScores.add(d.score()));
    for (int f = 0; f < faces.size(); f++) {
      LabelledFace face = faces.get(f);
      if (face.counts()) {
        double size = face.box().size();
        set.truths.add(
            matched
                .found()
                .get(f)
                .map(d -> new Truth(size, d.score(), DetectorScore.error(d, face)))
                .orElseGet(() -> new Truth(size, Double.NaN, Double.NaN)));
      }
    }
  }

  /**
   * Adds an image without a face. The first kind added sets the threshold.
   *
   * @param images kind of the image
   * @param detections everything found in it, of any score
   */
  public void addFaceless(String images, List<Detection> detections) {
    Faceless set =
        empty.stream()
            .filter(s -> s.name.equals(images))
            .findFirst()
            .orElseGet(() -> added(empty, new Faceless(images)));
    set.images++;
    detections.forEach(d -> set.scores.add(d.score()));
  }

  /**
   * Returns the faces that nothing found.
   *
   * @param detections what was found in an image, above the threshold
   * @param faces its faces
   * @return boxes and landmarks of those that count and have landmarks, with the score 0
   */
  public static List<Detection> missed(List<Detection> detections, List<LabelledFace> faces) {
    List<Optional<Detection>> found = DetectorScore.match(detections, faces).found();
    return IntStream.range(0, faces.size())
        .filter(f -> found.get(f).isEmpty() && faces.get(f).counts())
        .mapToObj(faces::get)
        .flatMap(f -> f.landmarks().map(l -> new Detection(f.box(), 0, l)).stream())
        .toList();
  }

  private static <T> T added(List<T> list, T value) {
    list.add(value);
    return value;
  }

  /**
   * Returns the threshold at which the detectors are compared.
   *
   * @return a score; only detections above it count
   * @throws IllegalStateException if no image without a face was added
   */
  public double threshold() {
    if (empty.isEmpty()) {
      throw new IllegalStateException("a threshold needs images without a face");
    }
    return DetectorScore.threshold(empty.get(0).scores, empty.get(0).images);
  }

  /**
   * Returns how often what is found is a face, by its score: all detections of all images.
   *
   * @return ten bins of the score; faces that were not found at all are left out
   */
  public Calibration reliability() {
    double[] right =
        sets.stream()
            .flatMap(s -> s.truths.stream())
            .mapToDouble(Truth::score)
            .filter(s -> !Double.isNaN(s))
            .toArray();
    double[] wrong =
        Stream.concat(
                sets.stream().flatMap(s -> s.falseScores.stream()),
                empty.stream().flatMap(s -> s.scores.stream()))
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] labels = new double[right.length + wrong.length];
    Arrays.fill(labels, 0, right.length, 1);
    return Calibration.ofBinary(
        labels,
        DoubleStream.concat(Arrays.stream(right), Arrays.stream(wrong)).toArray(),
        RELIABILITY_BINS);
  }

  /**
   * Returns the figures: {@code threshold}; {@code false_positives_per_100} images without a face,
   * at the threshold and, as {@code false_positives_per_100_usual}, at the usual one; for each kind
   * of images with faces {@code average_precision} (area under precision over recall, Everingham et
   * al. 2010, section 4.2, over all recalls), and for each range of sizes {@code recall}, {@code
   * recall_usual}, and mean and median of the {@code landmark_error} of what is found at the
   * threshold, in units of the distance of the eyes. Ranges without a face are left out.
   *
   * @param edges for a kind of images, edges of the ranges of sizes in pixels, rising; the whole
   *     range comes first
   * @return the figures
   */
  public List<Line> lines(Function<String, double[]> edges) {
    double threshold = threshold();
    List<Line> lines = new ArrayList<>();
    lines.add(line(empty.get(0).name, "", "threshold", threshold, empty.get(0).images));
    for (Faceless set : empty) {
      lines.add(alarms(set, "false_positives_per_100", s -> s > threshold));
      lines.add(alarms(set, "false_positives_per_100_usual", s -> s >= usual));
    }
    for (Faces set : sets) {
      lines.add(line(set.name, "", "average_precision", averagePrecision(set), set.truths.size()));
      double[] edge = edges.apply(set.name);
      for (int i = -1; i < edge.length - 1; i++) {
        double least = edge[Math.max(0, i)];
        double most = i < 0 ? edge[edge.length - 1] : edge[i + 1];
        List<Truth> some =
            set.truths.stream().filter(t -> t.size() >= least && t.size() < most).toList();
        if (!some.isEmpty()) {
          add(lines, set.name, "%.0f-%.0f".formatted(least, most), some, threshold);
        }
      }
    }
    return lines;
  }

  private void add(
      List<Line> lines, String name, String size, List<Truth> faces, double threshold) {
    int n = faces.size();
    long found = faces.stream().filter(t -> t.score() > threshold).count();
    lines.add(share(name, size, "recall", found, n));
    long usually = faces.stream().filter(t -> t.score() >= usual).count();
    lines.add(share(name, size, "recall_usual", usually, n));
    double[] errors =
        faces.stream()
            .filter(t -> t.score() > threshold && !Double.isNaN(t.error()))
            .mapToDouble(Truth::error)
            .sorted()
            .toArray();
    if (errors.length > 0) {
      Interval mean =
          Bootstrap.STANDARD.interval(
              errors.length,
              some -> Arrays.stream(some).mapToDouble(i -> errors[i]).average().orElse(Double.NaN));
      lines.add(
          new Line(
              name,
              size,
              "landmark_error",
              mean.estimate(),
              mean.low(),
              mean.high(),
              errors.length));
      double median = (errors[errors.length / 2] + errors[(errors.length - 1) / 2]) / 2;
      lines.add(line(name, size, "landmark_error_median", median, errors.length));
    }
  }

  private static Line line(String images, String size, String measure, double value, int count) {
    return new Line(images, size, measure, value, Double.NaN, Double.NaN, count);
  }

  private static Line alarms(Faceless set, String measure, DoublePredicate counts) {
    long alarms = set.scores.stream().filter(counts::test).count();
    return line(set.name, "", measure, 100.0 * alarms / set.images, set.images);
  }

  /** A proportion with its score interval (Wilson 1927), which also holds near 0 and 1. */
  private static Line share(String images, String size, String measure, long part, int of) {
    double p = (double) part / of;
    double n = of;
    double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    return new Line(
        images, size, measure, p, Math.max(0, middle - half), Math.min(1, middle + half), of);
  }

  private static double averagePrecision(Faces set) {
    record Answer(double score, boolean right) {}
    List<Answer> answers = new ArrayList<>();
    set.truths.stream()
        .filter(t -> !Double.isNaN(t.score()))
        .forEach(t -> answers.add(new Answer(t.score(), true)));
    set.falseScores.forEach(s -> answers.add(new Answer(s, false)));
    answers.sort((a, b) -> Double.compare(b.score(), a.score()));
    double[] precision = new double[answers.size()];
    int right = 0;
    for (int i = 0; i < precision.length; i++) {
      right += answers.get(i).right() ? 1 : 0;
      precision[i] = (double) right / (i + 1);
    }
    double area = 0;
    double best = 0;
    for (int i = precision.length - 1; i >= 0; i--) {
      best = Math.max(best, precision[i]);
      area += answers.get(i).right() ? best : 0;
    }
    return area / set.truths.size();
  }
}
