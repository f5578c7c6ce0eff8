package org.affect4j.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.Interval;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;

/**
 * All figures over one set of rows. A task without a single label that could be compared is empty.
 *
 * @param rows which rows, {@code "all rows"} or {@code "without duplicates"}
 * @param coverage rows by what became of them: {@code ok, whole_crop, no_face, unreadable,
 *     not_predicted}; unmodifiable
 * @param expressions annotated against predicted expressions
 * @param compounds annotated categories against those of the zero-shot rule
 * @param units the 17 action units
 * @param valence concordance of valence
 * @param arousal concordance of arousal
 * @param fairness one audit per task and attribute
 * @param figures every number with its interval, in the order of the report
 */
public record Measurements(
    String rows,
    Map<String, Long> coverage,
    Optional<ConfusionCounts> expressions,
    Optional<ConfusionCounts> compounds,
    Optional<ActionUnitScores> units,
    Optional<Concordance> valence,
    Optional<Concordance> arousal,
    List<FairnessAudit> fairness,
    List<Measurement> figures) {
  /** Copies the collections. */
  public Measurements {
    coverage = Collections.unmodifiableMap(new LinkedHashMap<>(coverage));
    fairness = List.copyOf(fairness);
    figures = List.copyOf(figures);
  }

  /**
   * Returns how many rows there are.
   *
   * @return rows, those without a prediction included
   */
  public long count() {
    return coverage.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Finds a number.
   *
   * @param task what was judged
   * @param metric the measure
   * @param of the class, unit or dimension; the empty string for the task as a whole
   * @return the number
   * @throws IllegalArgumentException if it was not measured
   */
  public Measurement figure(LabelTask task, LabelMetrics metric, String of) {
    return Measurement.find(figures, task, metric, of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no figure '%s' of '%s' for %s; measured were %s"
                        .formatted(
                            metric.label(),
                            of,
                            task.label(),
                            figures.stream()
                                .filter(f -> f.task() == task)
                                .map(
                                    f ->
                                        f.of().isEmpty() ? f.measure() : f.measure() + "/" + f.of())
                                .toList())));
  }

  /**
   * Returns one measure of all classes, units or dimensions, to be drawn with {@code
   * Charts.intervals}.
   *
   * @param task what was judged
   * @param metric the measure
   * @return by what each is of, in the order of the report; those that are not defined are left out
   */
  public Map<String, Interval> each(LabelTask task, LabelMetrics metric) {
    Map<String, Interval> found = new LinkedHashMap<>();
    for (Measurement f : figures) {
      if (f.task() == task
          && f.metric() == metric
          && !f.of().isEmpty()
          && !Double.isNaN(f.value().estimate())) {
        found.put(f.of(), f.value());
      }
    }
    return found;
  }
}
