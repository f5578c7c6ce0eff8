package org.affect4j.evaluate;

import org.affect4j.metric.Interval;

/**
 * One measured number.
 *
 * @param task {@code expression}, {@code action units}, {@code valence-arousal}, {@code compound}
 *     or {@code fairness}
 * @param measure such as {@code "macro F1"}
 * @param of the class, unit, dimension or attribute that it is about; the empty string for the task
 *     as a whole
 * @param value the number and its interval, whose bounds are NaN where none was computed
 * @param n samples behind it
 * @param note what has to be known to read it; the empty string for nothing
 */
public record Measurement(
    String task, String measure, String of, Interval value, long n, String note) {
  @Override
  public String toString() {
    String name = of.isEmpty() ? measure : measure + " of " + of;
    return "%s, %s: %s (n %,d)%s"
        .formatted(
            task,
            name,
            Double.isNaN(value.low()) ? "%.3f".formatted(value.estimate()) : value,
            n,
            note.isEmpty() ? "" : "; " + note);
  }
}
