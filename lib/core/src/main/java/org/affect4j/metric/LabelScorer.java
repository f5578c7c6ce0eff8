package org.affect4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.affect4j.metric.LabelMetrics.Evidence;

/**
 * Measures predictions against labels, each figure with its interval: what evaluations, training
 * reports and light heads have in common. Immutable.
 */
public final class LabelScorer {
  /** Bins of {@link LabelMetrics#CALIBRATION_ERROR}. */
  public static final int CALIBRATION_BINS = 15;

  private final Optional<Bootstrap> bootstrap;
  private final List<String> persons;

  private LabelScorer(Optional<Bootstrap> bootstrap, List<String> persons) {
    this.bootstrap = bootstrap;
    this.persons = List.copyOf(persons);
  }

  /**
   * Finds the class that scores best.
   *
   * @param scores one per class, at least one
   * @return index of the highest; of equals the first
   */
  public static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /**
   * Returns a scorer whose intervals draw samples one by one.
   *
   * @param bootstrap draws, level and seed
   * @return the scorer
   */
  public static LabelScorer of(Bootstrap bootstrap) {
    return new LabelScorer(Optional.of(bootstrap), List.of());
  }

  /**
   * Returns a scorer without intervals, for figures that take long to draw.
   *
   * @return the scorer; bounds are NaN
   */
  public static LabelScorer withoutIntervals() {
    return new LabelScorer(Optional.empty(), List.of());
  }

  /**
   * Returns a scorer whose intervals draw whole persons.
   *
   * @param names person of each sample that will be scored
   * @return the scorer
   */
  public LabelScorer withPersons(List<String> names) {
    return new LabelScorer(bootstrap, names);
  }

  /**
   * Computes several figures over the same draws.
   *
   * @param count samples
   * @param figures the figures of some samples, by their numbers, of which some may repeat
   * @return estimate and interval of each
   */
  public List<Interval> intervals(int count, Function<int[], double[]> figures) {
    if (bootstrap.isEmpty()) {
      return Arrays.stream(figures.apply(IntStream.range(0, count).toArray()))
          .mapToObj(v -> new Interval(v, Double.NaN, Double.NaN, Bootstrap.STANDARD.level(), 0, 0))
          .toList();
    }
    return persons.isEmpty()
        ? bootstrap.get().intervals(count, figures)
        : bootstrap.get().intervalsOverClusters(persons, figures);
  }

  /**
   * Computes one figure of a caller's own.
   *
   * @param task what is judged
   * @param metric the measure
   * @param of what it is about
   * @param count samples
   * @param figure the figure of some samples, by their numbers, of which some may repeat
   * @return the figure
   */
  public Measurement measure(
      LabelTask task, LabelMetrics metric, String of, int count, ToDoubleFunction<int[]> figure) {
    Interval value = intervals(count, drawn -> new double[] {figure.applyAsDouble(drawn)}).get(0);
    return new Measurement(task, metric, of, "", value, count, "");
  }

  /**
   * Judges classes.
   *
   * @param task what is judged
   * @param names of the classes
   * @param truth index of the true class of each sample
   * @param found index of the predicted class of the same samples
   * @param metrics {@link LabelMetrics#F1} and {@link LabelMetrics#RECALL} are taken of each class
   *     that occurs, the others of all
   * @return the figures, in the order of the metrics
   */
  public List<Measurement> classes(
      LabelTask task, List<String> names, int[] truth, int[] found, LabelMetrics... metrics) {
    ConfusionCounts counts = ConfusionCounts.of(names, truth, found);
    List<Slot> slots = new ArrayList<>();
    for (LabelMetrics metric : metrics) {
      if (metric == LabelMetrics.F1 || metric == LabelMetrics.RECALL) {
        for (int k = 0; k < names.size(); k++) {
          slots.add(new Slot(metric, names.get(k), k, counts.support(k), ""));
        }
      } else {
        String note = metric == LabelMetrics.ACCURACY ? "" : absent(counts);
        slots.add(new Slot(metric, "", 0, truth.length, note));
      }
    }
    return measured(
        task,
        slots,
        truth.length,
        drawn -> {
          ConfusionCounts c = ConfusionCounts.of(names, pick(truth, drawn), pick(found, drawn));
          return slots.stream().mapToDouble(s -> s.metric.of(new OfClasses(c, s.which)));
        });
  }

  /**
   * Judges scores of classes by the area under the curve of each class against the rest, which no
   * prior of the classes can move much: the mean over the classes that occur.
   *
   * @param task what is judged
   * @param truth index of the true class of each sample
   * @param scores a score of each class for the same samples
   * @return the mean
   */
  public Measurement areaOfClasses(LabelTask task, int[] truth, double[][] scores) {
    return measure(
            task,
            LabelMetrics.AREA_UNDER_CURVE,
            "",
            truth.length,
            drawn ->
                BinaryScore.meanAreaUnderCurve(
                    pick(truth, drawn),
                    IntStream.of(drawn).mapToObj(i -> scores[i]).toArray(double[][]::new)))
        .noted("mean over classes, each against the rest");
  }

  private static String absent(ConfusionCounts counts) {
    return counts.absentClasses().isEmpty()
        ? ""
        : "never annotated: " + String.join(", ", counts.absentClasses());
  }

  /**
   * Judges yes-or-no questions, such as whether each action unit is active.
   *
   * @param task what is judged
   * @param names of the questions
   * @param labels one row per sample: 0, 1, or NaN where not annotated
   * @param scores one row per sample, not looked at where not annotated
   * @param thresholds score from which on each question counts as answered by yes
   * @param metrics each is taken of every question with an annotation, after the mean over them
   * @return the figures, in the order of the metrics
   */
  public List<Measurement> answers(
      LabelTask task,
      List<String> names,
      double[][] labels,
      double[][] scores,
      double[] thresholds,
      LabelMetrics... metrics) {
    return columns(
        task,
        names,
        labels,
        scores,
        metrics,
        (u, truth, found) -> new OfAnswers(truth, found, thresholds[u]));
  }

  /**
   * Judges numbers, such as valence and arousal.
   *
   * @param task what is judged
   * @param names of the dimensions
   * @param truth one row per sample; NaN where not annotated
   * @param found one row per sample
   * @param metrics each is taken of every dimension with an annotation, after the mean over them
   * @return the figures, in the order of the metrics
   */
  public List<Measurement> numbers(
      LabelTask task,
      List<String> names,
      double[][] truth,
      double[][] found,
      LabelMetrics... metrics) {
    return columns(task, names, truth, found, metrics, (d, t, f) -> new OfNumbers(t, f));
  }

  private interface ColumnEvidence {
    Evidence of(int column, double[] truth, double[] found);
  }

  private List<Measurement> columns(
      LabelTask task,
      List<String> names,
      double[][] truth,
      double[][] found,
      LabelMetrics[] metrics,
      ColumnEvidence evidence) {
    double[][] truths = columns(truth, names.size());
    double[][] founds = columns(found, names.size());
    int[] known =
        IntStream.range(0, names.size())
            .filter(u -> Arrays.stream(truths[u]).anyMatch(v -> !Double.isNaN(v)))
            .toArray();
    List<Slot> slots = new ArrayList<>();
    for (LabelMetrics metric : metrics) {
      String people = persons.isEmpty() ? "" : "%d persons".formatted(Set.copyOf(persons).size());
      slots.add(new Slot(metric, "", 0, truth.length, people));
      for (int u : known) {
        long annotated = Arrays.stream(truths[u]).filter(v -> !Double.isNaN(v)).count();
        String note = evidence.of(u, truths[u], founds[u]).note();
        slots.add(new Slot(metric, names.get(u), u, annotated, note));
      }
    }
    return measured(
        task,
        slots,
        truth.length,
        drawn -> {
          List<Evidence> each =
              IntStream.of(known)
                  .mapToObj(
                      u ->
                          evidence.of(
                              u,
                              Concordance.pick(truths[u], drawn),
                              Concordance.pick(founds[u], drawn)))
                  .toList();
          return Arrays.stream(metrics).flatMapToDouble(metric -> withMean(each, metric));
        });
  }

  /** The mean of a measure over those of which it is defined, then the measure of each. */
  private static DoubleStream withMean(List<Evidence> each, LabelMetrics metric) {
    double[] values = each.stream().mapToDouble(metric::of).toArray();
    double mean = Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    return DoubleStream.concat(DoubleStream.of(mean), Arrays.stream(values));
  }

  private List<Measurement> measured(
      LabelTask task, List<Slot> slots, int count, Function<int[], DoubleStream> figures) {
    List<Interval> values = intervals(count, drawn -> figures.apply(drawn).toArray());
    return IntStream.range(0, slots.size())
        .mapToObj(
            i -> {
              Slot s = slots.get(i);
              return new Measurement(task, s.metric, s.of, "", values.get(i), s.n, s.note);
            })
        .toList();
  }

  /** What a figure will be of: all, or one of several by its number. */
  private record Slot(LabelMetrics metric, String of, int which, long n, String note) {}

  private static double[][] columns(double[][] rows, int count) {
    return IntStream.range(0, count)
        .mapToObj(c -> Concordance.column(rows, c))
        .toArray(double[][]::new);
  }

  private static int[] pick(int[] values, int[] indices) {
    return IntStream.of(indices).map(i -> values[i]).toArray();
  }

  /** Classes, or one of them; a class that does not occur among the samples has no figure. */
  private record OfClasses(ConfusionCounts counts, int which) implements Evidence {
    @Override
    public double f1() {
      return counts.support(which) == 0 ? Double.NaN : counts.f1(which);
    }

    @Override
    public double recall() {
      return counts.support(which) == 0 ? Double.NaN : counts.recall(which);
    }
  }

  private record OfAnswers(double[] truth, double[] found, double threshold) implements Evidence {
    private BinaryScore score() {
      return BinaryScore.of(truth, found, threshold);
    }

    @Override
    public double accuracy() {
      return score().accuracy();
    }

    @Override
    public double f1() {
      return score().f1();
    }

    @Override
    public double recall() {
      return score().recall();
    }

    @Override
    public double shareFound() {
      return Arrays.stream(found).filter(score -> score >= threshold).count()
          / (double) found.length;
    }

    @Override
    public String note() {
      return "%d active; threshold %s"
          .formatted(Arrays.stream(truth).filter(v -> v == 1).count(), threshold);
    }

    @Override
    public double calibrationError() {
      return Calibration.ofBinary(truth, found, CALIBRATION_BINS).expectedError();
    }
  }

  private record OfNumbers(double[] truth, double[] found) implements Evidence {}
}
