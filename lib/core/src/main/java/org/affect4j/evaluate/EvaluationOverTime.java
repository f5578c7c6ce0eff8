package org.affect4j.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.metric.MetricResult;
import org.affect4j.series.Smoothing;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * A model measured on clips twice: by what it read in each frame, and after steps along time. Both
 * are judged by the same rows and the same scorer. Immutable.
 *
 * @param raw figures of what was read in each frame
 * @param smoothed figures after the steps
 * @param chosen what was done, and how its filters were chosen
 */
public record EvaluationOverTime(Evaluation raw, Evaluation smoothed, Chosen chosen)
    implements MetricResult {
  private static final Map<LabelTask, LabelMetrics> FIGURES =
      Map.of(
          LabelTask.EXPRESSION, LabelMetrics.MACRO_F1,
          LabelTask.VALENCE_AROUSAL, LabelMetrics.CCC,
          LabelTask.ACTION_UNITS, LabelMetrics.F1);

  /**
   * Compares predictions with labels before and after steps along time.
   *
   * @param dataset the dataset
   * @param rows the rows to judge by, as in {@link Evaluation#of(AffectDataset, FaceTable,
   *     Predictions, EvaluationOptions)}
   * @param validation other rows, on which the threshold of each action unit is chosen, before and
   *     after the steps; empty for the usual threshold
   * @param predictions what the model said of both
   * @param chosen what is done
   * @param options how to measure
   * @return both figures
   * @throws IllegalArgumentException as {@link Evaluation#of(AffectDataset, FaceTable, FaceTable,
   *     Predictions, EvaluationOptions)}, or if frames have no times where steps need some
   */
  public static EvaluationOverTime of(
      AffectDataset dataset,
      FaceTable rows,
      Optional<FaceTable> validation,
      Predictions predictions,
      Chosen chosen,
      EvaluationOptions options) {
    Function<Predictions, Evaluation> judge =
        read ->
            validation.isPresent()
                ? Evaluation.of(dataset, rows, validation.get(), read, options)
                : Evaluation.of(dataset, rows, read, options);
    return new EvaluationOverTime(
        judge.apply(predictions),
        judge.apply(predictions.overTime(dataset, chosen.steps())),
        chosen);
  }

  /**
   * One filter that was chosen.
   *
   * @param task what is filtered
   * @param metric the figure that decided
   * @param filter the best one, or {@link Smoothing#none()} where none raised the figure
   * @param without the figure on the validation rows without a filter
   * @param with the figure there with the filter
   */
  public record Choice(
      LabelTask task, LabelMetrics metric, Smoothing filter, double without, double with) {
    /** Returns the choice in words. */
    @Override
    public String toString() {
      return filter.kind() == Smoothing.Kind.NONE
          ? "%s: no filter raised %s from %.3f".formatted(task.label(), metric.label(), without)
          : "%s: %s raised %s from %.3f to %.3f (%+.3f)"
              .formatted(task.label(), filter, metric.label(), without, with, with - without);
    }
  }

  /**
   * Steps, and how their filters were chosen.
   *
   * @param steps the steps; no filter for outputs that the validation rows have no labels for
   * @param choices one for each kind of output that was judged, unmodifiable; empty where the
   *     filters were given
   */
  public record Chosen(TimeSteps steps, List<Choice> choices) {
    /** Copies the list. */
    public Chosen {
      choices = List.copyOf(choices);
    }

    /** Returns the steps and choices in words. */
    @Override
    public String toString() {
      String how =
          choices.stream()
              .map(Choice::toString)
              .collect(Collectors.joining("; on validation rows "));
      return how.isEmpty() ? steps.toString() : steps + "; on validation rows " + how;
    }
  }

  /**
   * Chooses a filter for each kind of output: the one of {@link TimeSteps#CANDIDATES} with the
   * highest figure on the validation rows (macro F1 of expressions, mean CCC of valence and
   * arousal, mean F1 of action units, each at thresholds chosen there too), and none unless it
   * raises the figure.
   *
   * @param dataset the dataset
   * @param validation rows that are not judged by afterwards
   * @param predictions what the model said of them
   * @param base says how gaps are filled
   * @param options how to measure
   * @return the filters and their gains
   * @throws IllegalArgumentException if nothing can be compared on the validation rows
   */
  public static Chosen chosenOn(
      AffectDataset dataset,
      FaceTable validation,
      Predictions predictions,
      TimeSteps base,
      EvaluationOptions options) {
    Map<Smoothing, Measurements> known = new HashMap<>();
    Function<Smoothing, Measurements> measured =
        filter ->
            known.computeIfAbsent(
                filter,
                f ->
                    new EvaluationRun(
                            dataset,
                            validation,
                            predictions.overTime(dataset, base.smoothed(f, f)),
                            options)
                        .figures());
    List<Choice> choices = new ArrayList<>();
    for (LabelTask task :
        List.of(LabelTask.EXPRESSION, LabelTask.VALENCE_AROUSAL, LabelTask.ACTION_UNITS)) {
      LabelMetrics metric = FIGURES.get(task);
      Function<Smoothing, Optional<Measurement>> figure =
          filter -> Measurement.find(measured.apply(filter).figures(), task, metric, "");
      if (figure.apply(Smoothing.none()).isPresent()) {
        Function<Smoothing, Double> value =
            filter -> figure.apply(filter).map(f -> f.value().estimate()).orElse(Double.NaN);
        Smoothing best = Smoothing.chosenOn(TimeSteps.CANDIDATES, value::apply);
        choices.add(
            new Choice(task, metric, best, value.apply(Smoothing.none()), value.apply(best)));
      }
    }
    if (choices.isEmpty()) {
      throw new IllegalArgumentException(
          "no filter can be chosen: none of the %d validation rows has a label and a prediction of expression, valence and arousal or action units"
              .formatted(validation.size()));
    }
    Function<LabelTask, Smoothing> of =
        task ->
            choices.stream()
                .filter(c -> c.task() == task)
                .map(Choice::filter)
                .findFirst()
                .orElse(Smoothing.none());
    TimeSteps steps =
        new TimeSteps(
            base.filling(),
            base.rate(),
            of.apply(LabelTask.EXPRESSION),
            of.apply(LabelTask.VALENCE_AROUSAL),
            of.apply(LabelTask.ACTION_UNITS));
    return new Chosen(steps, choices);
  }

  /** A figure before and after; the second is missing where the steps left nothing to judge. */
  private record Pair(Measurement raw, Optional<Measurement> smoothed) {
    double after(Function<Measurement, Double> number) {
      return smoothed.map(number).orElse(Double.NaN);
    }

    boolean isOfTask() {
      return raw.of().isEmpty()
          || raw.task() == LabelTask.VALENCE_AROUSAL && raw.metric() == LabelMetrics.CCC;
    }

    String name() {
      return raw.of().isEmpty() ? raw.measure() : raw.measure() + " of " + raw.of();
    }

    static String text(Measurement figure) {
      boolean interval = !Double.isNaN(figure.value().low());
      return "%s (n %,d)"
          .formatted(
              interval ? figure.value() : "%.3f".formatted(figure.value().estimate()), figure.n());
    }

    String after() {
      return smoothed.map(Pair::text).orElse("not measured");
    }
  }

  private List<Pair> pairs() {
    List<Measurement> after = smoothed.scores().figures();
    return raw.scores().figures().stream()
        .filter(f -> f.task() != LabelTask.FAIRNESS)
        .map(f -> new Pair(f, Measurement.find(after, f.task(), f.metric(), f.of())))
        .toList();
  }

  /**
   * Returns one row per figure: {@code task, measure, of, raw, raw_low, raw_high, raw_n, smoothed,
   * smoothed_low, smoothed_high, smoothed_n}.
   */
  @Override
  public Table table() {
    List<Pair> pairs = pairs();
    return Table.create(
        "over time",
        MetricResult.texts("task", pairs, p -> p.raw.task().label()),
        MetricResult.texts("measure", pairs, p -> p.raw.measure()),
        MetricResult.texts("of", pairs, p -> p.raw.of()),
        MetricResult.numbers("raw", pairs, p -> p.raw.value().estimate()),
        MetricResult.numbers("raw_low", pairs, p -> p.raw.value().low()),
        MetricResult.numbers("raw_high", pairs, p -> p.raw.value().high()),
        LongColumn.create("raw_n", pairs.stream().mapToLong(p -> p.raw.n()).toArray()),
        MetricResult.numbers("smoothed", pairs, p -> p.after(f -> f.value().estimate())),
        MetricResult.numbers("smoothed_low", pairs, p -> p.after(f -> f.value().low())),
        MetricResult.numbers("smoothed_high", pairs, p -> p.after(f -> f.value().high())),
        LongColumn.create(
            "smoothed_n",
            pairs.stream().mapToLong(p -> p.smoothed.map(Measurement::n).orElse(0L)).toArray()));
  }

  /** The figures of each task as a whole, as texts. */
  Table summary() {
    List<Pair> shown = pairs().stream().filter(Pair::isOfTask).toList();
    return Table.create(
        MetricResult.texts("task", shown, p -> p.raw.task().label()),
        MetricResult.texts("figure", shown, Pair::name),
        MetricResult.texts("of each frame", shown, p -> Pair.text(p.raw)),
        MetricResult.texts("over time", shown, Pair::after));
  }

  /** Returns the figures of each task as a whole side by side, as lines of text. */
  @Override
  public String toString() {
    return Stream.concat(
            Stream.of("raw and over time (%s):".formatted(chosen)),
            pairs().stream()
                .filter(Pair::isOfTask)
                .map(
                    p ->
                        "  %s, %s: %s; over time %s"
                            .formatted(
                                p.raw.task().label(), p.name(), Pair.text(p.raw), p.after())))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
