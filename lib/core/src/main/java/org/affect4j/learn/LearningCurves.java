package org.affect4j.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.Interval;
import org.affect4j.metric.MetricResult;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Average accuracy (mean recall of the classes, RAF-DB's protocol) of several classifiers over the
 * number of shots, beside baselines that need no shots. Immutable.
 *
 * <p>A point's estimate is the mean over the draws. Its interval is over test persons and draws at
 * once ({@link Bootstrap#crossed}): it answers "other people, other shots, the same kind of faces".
 * The deviation over draws alone stands beside it. A baseline's interval is over the test persons,
 * and its difference to a point is computed on the same persons.
 */
public final class LearningCurves implements MetricResult {
  private final List<String> classes;
  private final List<String> truth;
  private final List<String> persons;
  private final Map<String, Integer> available;
  private final Bootstrap bootstrap;
  private final List<Point> points;
  private final Map<String, int[]> baselines;
  private final int[] truthIndices;

  /**
   * One classifier at one number of shots.
   *
   * @param features name of the features
   * @param classifier which
   * @param shots faces per class that were asked for, {@link FewShotExperiment#ALL_SHOTS} for all
   * @param faces training faces that were drawn
   * @param predictions class of each test face, for each draw
   * @param seconds of training and predicting, all draws together
   */
  public record Point(
      String features,
      FewShotLearner classifier,
      int shots,
      int faces,
      List<List<String>> predictions,
      double seconds) {
    /** Copies the lists. */
    public Point {
      predictions = predictions.stream().map(List::copyOf).toList();
    }
  }

  LearningCurves(
      List<String> classes,
      List<String> truth,
      List<String> persons,
      Map<String, Integer> available,
      Bootstrap bootstrap,
      List<Point> points) {
    this(classes, truth, persons, available, bootstrap, points, Map.of());
  }

  private LearningCurves(
      List<String> classes,
      List<String> truth,
      List<String> persons,
      Map<String, Integer> available,
      Bootstrap bootstrap,
      List<Point> points,
      Map<String, int[]> baselines) {
    this.classes = List.copyOf(classes);
    this.truth = List.copyOf(truth);
    this.persons = List.copyOf(persons);
    this.available = new LinkedHashMap<>(available);
    this.bootstrap = bootstrap;
    this.points = List.copyOf(points);
    this.baselines = new LinkedHashMap<>(baselines);
    this.truthIndices = indices(truth);
  }

  private int[] indices(List<String> labels) {
    return labels.stream().mapToInt(classes::indexOf).toArray();
  }

  /**
   * Adds a line to beat, such as the zero-shot rule.
   *
   * @param name such as {@code "zero-shot"}
   * @param predictions class of each test face, in the order of the test faces
   * @return curves with the baseline
   * @throws IllegalArgumentException if the length differs, or a prediction is none of the classes
   */
  public LearningCurves withBaseline(String name, List<String> predictions) {
    if (predictions.size() != truth.size()) {
      throw new IllegalArgumentException(
          "%d test faces need as many predictions, got %d"
              .formatted(truth.size(), predictions.size()));
    }
    int[] indices = indices(predictions);
    int unknown =
        IntStream.range(0, indices.length).filter(i -> indices[i] < 0).findFirst().orElse(-1);
    if (unknown >= 0) {
      throw new IllegalArgumentException(
          "baseline '%s' predicts '%s', which is none of %s"
              .formatted(name, predictions.get(unknown), classes));
    }
    Map<String, int[]> all = new LinkedHashMap<>(baselines);
    all.put(name, indices);
    return new LearningCurves(classes, truth, persons, available, bootstrap, points, all);
  }

  /**
   * Adds the curves of other features on the same test faces.
   *
   * @param other result of the same experiment with other features
   * @return the points of both, and the baselines of both
   * @throws IllegalArgumentException if the test faces differ
   */
  public LearningCurves and(LearningCurves other) {
    if (!truth.equals(other.truth)
        || !persons.equals(other.persons)
        || !classes.equals(other.classes)) {
      throw new IllegalArgumentException("these curves were measured on other test faces");
    }
    List<Point> all = new ArrayList<>(points);
    all.addAll(other.points);
    Map<String, int[]> lines = new LinkedHashMap<>(baselines);
    lines.putAll(other.baselines);
    return new LearningCurves(classes, truth, persons, available, bootstrap, all, lines);
  }

  /**
   * Returns the classes that were told apart.
   *
   * @return unmodifiable list
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Returns all points.
   *
   * @return unmodifiable list: per features and classifier, by shots
   */
  public List<Point> points() {
    return points;
  }

  /**
   * Finds a point.
   *
   * @param features name of the features
   * @param classifier which
   * @param shots faces per class, {@link FewShotExperiment#ALL_SHOTS} for all
   * @return the point
   * @throws IllegalArgumentException if it was not measured
   */
  public Point point(String features, FewShotLearner classifier, int shots) {
    return points.stream()
        .filter(
            p ->
                p.features().equals(features)
                    && p.classifier().equals(classifier)
                    && p.shots() == shots)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s on %s with %s shots was not measured"
                        .formatted(
                            classifier.label(), features, FewShotExperiment.shotsLabel(shots))));
  }

  /**
   * Returns the average accuracy of a point.
   *
   * @param point one of {@link #points()}
   * @return mean over the draws with its interval over test persons and draws
   */
  public Interval averageAccuracy(Point point) {
    return bootstrap.crossed(point.predictions().size(), persons, figure(point));
  }

  /**
   * Returns the average accuracy of a baseline.
   *
   * @param name as given to {@link #withBaseline}
   * @return the figure with its interval over the test persons
   * @throws IllegalArgumentException if there is no such baseline
   */
  public Interval baseline(String name) {
    int[] predicted = baselinePredictions(name);
    return bootstrap.intervalOverClusters(persons, faces -> averageAccuracy(predicted, faces));
  }

  /**
   * Returns by how much a point is above a baseline, on the same test persons.
   *
   * @param point one of {@link #points()}
   * @param name as given to {@link #withBaseline}
   * @return the difference; the point is better for sure, at the interval's level, if the interval
   *     lies above 0
   * @throws IllegalArgumentException if there is no such baseline
   */
  public Interval gain(Point point, String name) {
    int[] predicted = baselinePredictions(name);
    ToDoubleBiFunction<int[], int[]> figure = figure(point);
    return bootstrap.crossed(
        point.predictions().size(),
        persons,
        (draws, faces) -> figure.applyAsDouble(draws, faces) - averageAccuracy(predicted, faces));
  }

  /**
   * Returns by how much a point is above another, on the same test persons and draws.
   *
   * @param point one of {@link #points()}
   * @param other one of {@link #points()}, with as many draws
   * @return the difference of the average accuracies
   */
  public Interval gain(Point point, Point other) {
    if (point.predictions().size() != other.predictions().size()) {
      throw new IllegalArgumentException("the two points have different numbers of draws");
    }
    ToDoubleBiFunction<int[], int[]> first = figure(point);
    ToDoubleBiFunction<int[], int[]> second = figure(other);
    return bootstrap.crossed(
        point.predictions().size(),
        persons,
        (draws, faces) -> first.applyAsDouble(draws, faces) - second.applyAsDouble(draws, faces));
  }

  private int[] baselinePredictions(String name) {
    int[] predicted = baselines.get(name);
    if (predicted == null) {
      throw new IllegalArgumentException(
          "there is no baseline '%s', but %s".formatted(name, baselines.keySet()));
    }
    return predicted;
  }

  private ToDoubleBiFunction<int[], int[]> figure(Point point) {
    int[][] predicted = point.predictions().stream().map(this::indices).toArray(int[][]::new);
    return (draws, faces) ->
        Arrays.stream(draws)
            .mapToDouble(d -> averageAccuracy(predicted[d], faces))
            .average()
            .orElseThrow();
  }

  /** Mean recall over the classes that occur among these faces. */
  private double averageAccuracy(int[] predicted, int[] faces) {
    return ConfusionCounts.of(
            classes,
            Arrays.stream(faces).map(face -> truthIndices[face]).toArray(),
            Arrays.stream(faces).map(face -> predicted[face]).toArray())
        .unweightedAverageRecall();
  }

  /**
   * Returns what was taken for what, all draws together.
   *
   * @param point one of {@link #points()}
   * @return counts over {@link #classes()}; each test face counts once per draw
   */
  public ConfusionCounts confusion(Point point) {
    List<String> repeated = new ArrayList<>();
    List<String> predicted = new ArrayList<>();
    point
        .predictions()
        .forEach(
            draw -> {
              repeated.addAll(truth);
              predicted.addAll(draw);
            });
    return ConfusionCounts.of(classes, repeated, predicted);
  }

  /**
   * Returns the classes that have fewer training faces than the largest number of shots asked for,
   * {@link FewShotExperiment#ALL_SHOTS} aside.
   *
   * @return training faces by class; 0 for a class that could not be learned at all
   */
  public Map<String, Integer> shortClasses() {
    int most =
        points.stream()
            .mapToInt(Point::shots)
            .filter(k -> k != FewShotExperiment.ALL_SHOTS)
            .max()
            .orElse(1);
    Map<String, Integer> few = new LinkedHashMap<>();
    for (String label : classes) {
      int count = available.getOrDefault(label, 0);
      if (count < most) {
        few.put(label, count);
      }
    }
    return few;
  }

  /**
   * Returns the curves in the form of {@code Charts.lines}: for each features and classifier {@code
   * {faces per class, estimate, low, high}}, and a level line for each baseline.
   *
   * @return one entry per curve, in order; "all" stands at the mean number of faces per class
   */
  public Map<String, double[][]> series() {
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    boolean manyFeatures = points.stream().map(Point::features).distinct().count() > 1;
    boolean manyClassifiers = points.stream().map(Point::classifier).distinct().count() > 1;
    for (Point p : points) {
      // Only what tells the curves apart: legends are narrow.
      String classifier = manyClassifiers || !manyFeatures ? p.classifier().label() : "";
      String features = manyFeatures ? p.features() : "";
      String name =
          Stream.of(features, classifier)
              .filter(w -> !w.isEmpty())
              .collect(Collectors.joining(", "));
      curves.computeIfAbsent(name, n -> new ArrayList<>()).add(p);
    }
    Map<String, double[][]> series = new LinkedHashMap<>();
    curves.forEach(
        (name, list) -> {
          double[][] data = new double[4][list.size()];
          for (int i = 0; i < list.size(); i++) {
            Interval interval = averageAccuracy(list.get(i));
            data[0][i] = facesPerClass(list.get(i));
            data[1][i] = interval.estimate();
            data[2][i] = interval.low();
            data[3][i] = interval.high();
          }
          series.put(name, data);
        });
    double least = points.stream().mapToDouble(this::facesPerClass).min().orElse(1);
    double most = points.stream().mapToDouble(this::facesPerClass).max().orElse(1);
    for (String name : baselines.keySet()) {
      Interval i = baseline(name);
      series.put(
          name,
          new double[][] {
            {least, most},
            {i.estimate(), i.estimate()},
            {i.low(), i.low()},
            {i.high(), i.high()}
          });
    }
    return series;
  }

  private double facesPerClass(Point point) {
    long learned = classes.stream().filter(c -> available.getOrDefault(c, 0) > 0).count();
    return point.shots() == FewShotExperiment.ALL_SHOTS
        ? (double) point.faces() / learned
        : point.shots();
  }

  /**
   * Returns one row per baseline and point: {@code features, classifier, shots, faces, draws,
   * average_accuracy, low, high, draw_sd, gain, gain_low, gain_high, seconds}. The gain is over the
   * first baseline; what a row does not have is missing.
   */
  @Override
  public Table table() {
    StringColumn features = StringColumn.create("features");
    StringColumn classifier = StringColumn.create("classifier");
    StringColumn shots = StringColumn.create("shots");
    IntColumn faces = IntColumn.create("faces");
    IntColumn draws = IntColumn.create("draws");
    List<DoubleColumn> numbers =
        Stream.of(
                "average_accuracy",
                "low",
                "high",
                "draw_sd",
                "gain",
                "gain_low",
                "gain_high",
                "seconds")
            .map(DoubleColumn::create)
            .toList();
    for (String name : baselines.keySet()) {
      features.append("");
      classifier.append(name);
      shots.append("0");
      faces.append(0);
      draws.appendMissing();
      Interval i = baseline(name);
      append(numbers, i.estimate(), i.low(), i.high());
    }
    for (Point point : points) {
      features.append(point.features());
      classifier.append(point.classifier().label());
      shots.append(FewShotExperiment.shotsLabel(point.shots()));
      faces.append(point.faces());
      draws.append(point.predictions().size());
      Interval i = averageAccuracy(point);
      Interval gain =
          baselines.isEmpty()
              ? new Interval(Double.NaN, Double.NaN, Double.NaN, bootstrap.level(), 0, 0)
              : gain(point, baselines.keySet().iterator().next());
      append(
          numbers,
          i.estimate(),
          i.low(),
          i.high(),
          drawDeviation(point),
          gain.estimate(),
          gain.low(),
          gain.high(),
          point.seconds());
    }
    Table table = Table.create("few-shot", features, classifier, shots, faces, draws);
    numbers.forEach(table::addColumns);
    return table;
  }

  private static void append(List<DoubleColumn> columns, double... values) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).append(i < values.length ? values[i] : Double.NaN);
    }
  }

  /** Standard deviation of the average accuracy over draws; NaN for a single draw. */
  private double drawDeviation(Point point) {
    int[] everyFace = IntStream.range(0, truth.size()).toArray();
    double[] values =
        point.predictions().stream()
            .mapToDouble(draw -> averageAccuracy(indices(draw), everyFace))
            .toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }

  @Override
  public String toString() {
    // A face whose person is not known stands for a person of its own.
    long named = persons.stream().filter(p -> !p.startsWith("\0")).distinct().count();
    String heading =
        "average accuracy over %d classes; %d test faces of %s; %.0f %% intervals over test %s and draws"
            .formatted(
                classes.size(),
                truth.size(),
                named == 0 ? "persons not named" : named + " persons",
                100 * bootstrap.level(),
                named == 0 ? "faces" : "persons");
    Map<String, Integer> few = shortClasses();
    return MetricResult.text(heading, table())
        + (few.isEmpty()
            ? ""
            : "%nfewer training faces than shots (all that there are were used): %s"
                .formatted(few));
  }
}
