package org.affect4j.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
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
 *
 * @param classes the classes that were told apart
 * @param truth class of each test face
 * @param persons person of each test face; one that is not known stands for a person of its own
 * @param available training faces of each class
 * @param bootstrap how intervals are computed
 * @param points all points: per features and classifier, by shots
 * @param baselines class of each test face by the names of the lines to beat
 */
public record LearningCurves(
    List<String> classes,
    List<String> truth,
    List<String> persons,
    Map<String, Integer> available,
    Bootstrap bootstrap,
    List<Point> points,
    Map<String, List<String>> baselines)
    implements MetricResult {
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

  /** Copies the collections. */
  public LearningCurves {
    classes = List.copyOf(classes);
    truth = List.copyOf(truth);
    persons = List.copyOf(persons);
    available = Collections.unmodifiableMap(new LinkedHashMap<>(available));
    points = List.copyOf(points);
    baselines = Collections.unmodifiableMap(new LinkedHashMap<>(baselines));
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
    for (String predicted : predictions) {
      if (!classes.contains(predicted)) {
        throw new IllegalArgumentException(
            "baseline '%s' predicts '%s', which is none of %s".formatted(name, predicted, classes));
      }
    }
    return with(points, Map.of(name, List.copyOf(predictions)));
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
    return with(Stream.concat(points.stream(), other.points.stream()).toList(), other.baselines);
  }

  private LearningCurves with(List<Point> all, Map<String, List<String>> more) {
    Map<String, List<String>> lines = new LinkedHashMap<>(baselines);
    lines.putAll(more);
    return new LearningCurves(classes, truth, persons, available, bootstrap, all, lines);
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
        .filter(p -> p.features.equals(features))
        .filter(p -> p.classifier.equals(classifier) && p.shots == shots)
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
    return bootstrap.crossed(point.predictions.size(), persons, figure(point.predictions));
  }

  /**
   * Returns the average accuracy of a baseline.
   *
   * @param name as given to {@link #withBaseline}
   * @return the figure with its interval over the test persons
   * @throws IllegalArgumentException if there is no such baseline
   */
  public Interval baseline(String name) {
    return bootstrap.crossed(1, persons, figure(List.of(predictions(name))));
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
    return gain(point, Collections.nCopies(point.predictions.size(), predictions(name)));
  }

  /**
   * Returns by how much a point is above another, on the same test persons and draws.
   *
   * @param point one of {@link #points()}
   * @param other one of {@link #points()}, with as many draws
   * @return the difference of the average accuracies
   */
  public Interval gain(Point point, Point other) {
    if (point.predictions.size() != other.predictions.size()) {
      throw new IllegalArgumentException("the two points have different numbers of draws");
    }
    return gain(point, other.predictions);
  }

  private Interval gain(Point point, List<List<String>> other) {
    ToDoubleBiFunction<int[], int[]> first = figure(point.predictions);
    ToDoubleBiFunction<int[], int[]> second = figure(other);
    return bootstrap.crossed(
        point.predictions.size(),
        persons,
        (draws, faces) -> first.applyAsDouble(draws, faces) - second.applyAsDouble(draws, faces));
  }

  private List<String> predictions(String baseline) {
    if (!baselines.containsKey(baseline)) {
      throw new IllegalArgumentException(
          "there is no baseline '%s', but %s".formatted(baseline, baselines.keySet()));
    }
    return baselines.get(baseline);
  }

  /** Mean over some draws of the average accuracy among some faces. */
  private ToDoubleBiFunction<int[], int[]> figure(List<List<String>> predictions) {
    int[] truths = indices(truth);
    int[][] predicted = predictions.stream().map(this::indices).toArray(int[][]::new);
    return (draws, faces) -> {
      int[] right = Arrays.stream(faces).map(face -> truths[face]).toArray();
      return Arrays.stream(draws)
          .mapToObj(d -> Arrays.stream(faces).map(face -> predicted[d][face]).toArray())
          .mapToDouble(found -> ConfusionCounts.of(classes, right, found).unweightedAverageRecall())
          .average()
          .orElseThrow();
    };
  }

  private int[] indices(List<String> labels) {
    return labels.stream().mapToInt(classes::indexOf).toArray();
  }

  /**
   * Returns what was taken for what, all draws together.
   *
   * @param point one of {@link #points()}
   * @return counts over {@link #classes()}; each test face counts once per draw
   */
  public ConfusionCounts confusion(Point point) {
    return ConfusionCounts.of(
        classes,
        point.predictions.stream().flatMap(draw -> truth.stream()).toList(),
        point.predictions.stream().flatMap(List::stream).toList());
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
    classes.forEach(c -> few.put(c, available.getOrDefault(c, 0)));
    few.values().removeIf(count -> count >= most);
    return few;
  }

  /**
   * Returns the curves in the form of {@code Charts.lines}: for each features and classifier {@code
   * {faces per class, estimate, low, high}}, and a level line for each baseline.
   *
   * @return one entry per curve, in order; "all" stands at the mean number of faces per class
   */
  public Map<String, double[][]> series() {
    boolean manyFeatures = points.stream().map(Point::features).distinct().count() > 1;
    boolean manyClassifiers = points.stream().map(Point::classifier).distinct().count() > 1;
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    for (Point p : points) {
      // Only what tells the curves apart: legends are narrow.
      String classifier = manyClassifiers || !manyFeatures ? p.classifier.label() : "";
      String name =
          Stream.of(manyFeatures ? p.features : "", classifier)
              .filter(w -> !w.isEmpty())
              .collect(Collectors.joining(", "));
      curves.computeIfAbsent(name, n -> new ArrayList<>()).add(p);
    }
    Map<String, double[][]> series = new LinkedHashMap<>();
    curves.forEach(
        (name, list) ->
            series.put(
                name,
                band(
                    list.stream().mapToDouble(this::facesPerClass).toArray(),
                    list.stream().map(this::averageAccuracy).toList())));
    double least = points.stream().mapToDouble(this::facesPerClass).min().orElse(1);
    double most = points.stream().mapToDouble(this::facesPerClass).max().orElse(1);
    for (String name : baselines.keySet()) {
      series.put(name, band(new double[] {least, most}, Collections.nCopies(2, baseline(name))));
    }
    return series;
  }

  private static double[][] band(double[] at, List<Interval> values) {
    return new double[][] {
      at,
      values.stream().mapToDouble(Interval::estimate).toArray(),
      values.stream().mapToDouble(Interval::low).toArray(),
      values.stream().mapToDouble(Interval::high).toArray()
    };
  }

  private double facesPerClass(Point point) {
    long learned = classes.stream().filter(c -> available.getOrDefault(c, 0) > 0).count();
    return point.shots == FewShotExperiment.ALL_SHOTS
        ? (double) point.faces / learned
        : point.shots;
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
    List<Interval> accuracies = new ArrayList<>();
    List<Interval> gains = new ArrayList<>();
    Interval none = new Interval(Double.NaN, Double.NaN, Double.NaN, bootstrap.level(), 0, 0);
    for (String name : baselines.keySet()) {
      features.append("");
      classifier.append(name);
      shots.append("0");
      faces.append(0);
      draws.appendMissing();
      accuracies.add(baseline(name));
      gains.add(none);
    }
    for (Point point : points) {
      features.append(point.features);
      classifier.append(point.classifier.label());
      shots.append(FewShotExperiment.shotsLabel(point.shots));
      faces.append(point.faces);
      draws.append(point.predictions.size());
      accuracies.add(averageAccuracy(point));
      gains.add(baselines.keySet().stream().findFirst().map(b -> gain(point, b)).orElse(none));
    }
    Table table = Table.create("few-shot", features, classifier, shots, faces, draws);
    add(table, accuracies, "average_accuracy", "low", "high");
    table.addColumns(ofPoints("draw_sd", this::drawDeviation));
    add(table, gains, "gain", "gain_low", "gain_high");
    return table.addColumns(ofPoints("seconds", Point::seconds));
  }

  private static void add(Table table, List<Interval> values, String... names) {
    double[][] numbers = band(new double[0], values);
    for (int i = 0; i < names.length; i++) {
      table.addColumns(DoubleColumn.create(names[i], numbers[i + 1]));
    }
  }

  /** A column whose rows of baselines are empty. */
  private DoubleColumn ofPoints(String name, ToDoubleFunction<Point> number) {
    DoubleColumn column = DoubleColumn.create(name, baselines.size());
    points.forEach(p -> column.append(number.applyAsDouble(p)));
    return column;
  }

  /** Standard deviation over draws; NaN for a single draw. */
  private double drawDeviation(Point point) {
    int[] everyFace = IntStream.range(0, truth.size()).toArray();
    ToDoubleBiFunction<int[], int[]> figure = figure(point.predictions);
    double[] values =
        IntStream.range(0, point.predictions.size())
            .mapToDouble(draw -> figure.applyAsDouble(new int[] {draw}, everyFace))
            .toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
  }

  @Override
  public String toString() {
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
