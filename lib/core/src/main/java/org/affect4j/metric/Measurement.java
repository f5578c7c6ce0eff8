package org.affect4j.metric;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * One measured number.
 *
 * @param task what was judged
 * @param metric the measure
 * @param of the class, unit, dimension or attribute that it is about; the empty string for the task
 *     as a whole, where measures of units and dimensions are means
 * @param detail what distinguishes it from others of the same measure, such as {@code "at .5"}; the
 *     empty string for nothing
 * @param value the number and its interval, whose bounds are NaN where none was computed
 * @param n samples behind it
 * @param note what has to be known to read it; the empty string for nothing
 */
public record Measurement(
    LabelTask task,
    LabelMetrics metric,
    String of,
    String detail,
    Interval value,
    long n,
    String note) {
  /** Tasks of several units or dimensions, whose figures as a whole are means over these. */
  private static final Set<LabelTask> OF_SEVERAL =
      Set.of(LabelTask.ACTION_UNITS, LabelTask.VALENCE_AROUSAL, LabelTask.NUMBERS, LabelTask.TAGS);

  /**
   * Returns the measure as it stands in tables and reports.
   *
   * @return such as {@code "macro F1"} or {@code "mean F1 at .5"}
   */
  public String measure() {
    boolean mean = of.isEmpty() && OF_SEVERAL.contains(task);
    String label =
        task == LabelTask.FAIRNESS
            ? detail + (metric == LabelMetrics.GROUP_VALUE ? " value" : "")
            : metric.label()
                + (detail.isEmpty() ? "" : (detail.startsWith(",") ? "" : " ") + detail);
    return mean ? "mean " + label : label;
  }

  /**
   * Finds a number.
   *
   * @param figures where
   * @param task what was judged
   * @param metric the measure
   * @param of what it is about; the empty string for the task as a whole
   * @return the first such number; empty if it was not measured
   */
  public static Optional<Measurement> find(
      List<Measurement> figures, LabelTask task, LabelMetrics metric, String of) {
    return figures.stream()
        .filter(f -> f.task == task && f.metric == metric && f.of.equals(of))
        .findFirst();
  }

  /**
   * Sets figures below one another.
   *
   * @param figures what was measured
   * @return a new table, one row each: {@code task, measure, of, value, low, high, level, n, note}
   */
  public static Table table(List<Measurement> figures) {
    return Table.create(
        "figures",
        MetricResult.texts("task", figures, f -> f.task.label()),
        MetricResult.texts("measure", figures, Measurement::measure),
        MetricResult.texts("of", figures, Measurement::of),
        MetricResult.numbers("value", figures, f -> f.value.estimate()),
        MetricResult.numbers("low", figures, f -> f.value.low()),
        MetricResult.numbers("high", figures, f -> f.value.high()),
        MetricResult.numbers("level", figures, f -> f.value.level()),
        LongColumn.create("n", figures.stream().mapToLong(Measurement::n).toArray()),
        MetricResult.texts("note", figures, Measurement::note));
  }

  /**
   * Returns the same with something to be known.
   *
   * @param text the note
   * @return a copy
   */
  public Measurement noted(String text) {
    return new Measurement(task, metric, of, detail, value, n, text);
  }

  /**
   * Returns the same, distinguished from others of its measure.
   *
   * @param text such as {@code "at .5"}
   * @return a copy
   */
  public Measurement with(String text) {
    return new Measurement(task, metric, of, text, value, n, note);
  }

  @Override
  public String toString() {
    String name = of.isEmpty() ? measure() : measure() + " of " + of;
    return "%s, %s: %s (n %,d)%s"
        .formatted(
            task.label(),
            name,
            Double.isNaN(value.low()) ? "%.3f".formatted(value.estimate()) : value,
            n,
            note.isEmpty() ? "" : "; " + note);
  }
}
