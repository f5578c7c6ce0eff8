package org.affect4j.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What {@link Fairness} measured for one attribute.
 *
 * @param measure which of the three measures
 * @param attribute such as {@code "gender"}
 * @param gap the measure and its interval: 0 is fair; NaN if fewer than two groups are large enough
 * @param aspects what was compared: names of expressions or units, or {@code mean, valence,
 *     arousal}
 * @param aspectGaps largest minus smallest value over the kept groups, of each aspect; NaN where
 *     fewer than two groups have a value
 * @param groups all groups by name, those left out included
 * @param unknown samples whose group is not known
 */
public record FairnessAudit(
    Measure measure,
    String attribute,
    Interval gap,
    List<String> aspects,
    List<Double> aspectGaps,
    List<Group> groups,
    long unknown)
    implements MetricResult {

  /** The three measures of Behaviour4All, section 4.2, as {@link Fairness} defines them. */
  public enum Measure {
    /** Equality of opportunity over expressions: mean gap of the true-positive rate. */
    EOP("equality of opportunity (expressions)"),
    /** Equal opportunity difference over action units: mean gap of the true-positive rate. */
    EOD("equal opportunity difference (action units)"),
    /** Gap of the mean concordance of valence and arousal. */
    FCCC("fCCC (valence and arousal)");

    private final String label;

    Measure(String label) {
      this.label = label;
    }

    /**
     * Returns the measure in words.
     *
     * @return such as {@code "fCCC (valence and arousal)"}
     */
    public String label() {
      return label;
    }

    double of(double[] aspectGaps) {
      return this == FCCC
          ? aspectGaps[0]
          : Arrays.stream(aspectGaps)
              .filter(gap -> !Double.isNaN(gap))
              .average()
              .orElse(Double.NaN);
    }
  }

  /** What the figure allows to say. */
  public enum Verdict {
    /** The measure is at most {@link Fairness#FAIR_UP_TO}, and so is its whole interval. */
    FAIR,
    /** The measure is above {@link Fairness#FAIR_UP_TO}, and so is its whole interval. */
    UNFAIR,
    /** The interval lies on both sides of {@link Fairness#FAIR_UP_TO}: more data is needed. */
    UNDECIDED,
    /** Fewer than two groups are large enough, or the interval is not defined. */
    NOT_MEASURABLE
  }

  /**
   * One group of people.
   *
   * @param name the group
   * @param samples how many samples it has
   * @param persons how many persons, 0 where persons are not known
   * @param leftOut whether it is too small to be compared
   * @param intervals value of each aspect in this group with its interval; NaN where it has no case
   */
  public record Group(
      String name, long samples, long persons, boolean leftOut, List<Interval> intervals) {
    /** Copies the list. */
    public Group {
      intervals = List.copyOf(intervals);
    }

    /**
     * Returns the values alone.
     *
     * @return value of each aspect in this group; NaN where it has no case; unmodifiable
     */
    public List<Double> values() {
      return intervals.stream().map(Interval::estimate).toList();
    }
  }

  /** Copies the lists. */
  public FairnessAudit {
    aspects = List.copyOf(aspects);
    aspectGaps = List.copyOf(aspectGaps);
    groups = List.copyOf(groups);
  }

  /**
   * Judges the measure by its interval.
   *
   * @return the verdict
   */
  public Verdict verdict() {
    if (Double.isNaN(gap.estimate()) || Double.isNaN(gap.low())) {
      return Verdict.NOT_MEASURABLE;
    }
    // Percentile intervals of a gap lean upward and can miss the estimate itself.
    if (Math.max(gap.high(), gap.estimate()) <= Fairness.FAIR_UP_TO) {
      return Verdict.FAIR;
    }
    return Math.min(gap.low(), gap.estimate()) > Fairness.FAIR_UP_TO
        ? Verdict.UNFAIR
        : Verdict.UNDECIDED;
  }

  /**
   * Returns one row per group ({@code group, samples, persons, left_out}, then the value of each
   * aspect), and a last row {@code gap} with the gaps.
   */
  @Override
  public Table table() {
    StringColumn name = StringColumn.create("group");
    LongColumn samples = LongColumn.create("samples");
    LongColumn persons = LongColumn.create("persons");
    BooleanColumn leftOut = BooleanColumn.create("left_out");
    for (Group group : groups) {
      name.append(group.name());
      samples.append(group.samples());
      if (group.persons() == 0) {
        persons.appendMissing();
      } else {
        persons.append(group.persons());
      }
      leftOut.append(group.leftOut());
    }
    name.append("gap");
    samples.appendMissing();
    persons.appendMissing();
    leftOut.appendMissing();
    Table table = Table.create(attribute, name, samples, persons, leftOut);
    for (int a = 0; a < aspects.size(); a++) {
      DoubleColumn column = DoubleColumn.create(aspects.get(a));
      for (Group group : groups) {
        column.append(group.intervals().get(a).estimate());
      }
      table.addColumns(column.append(aspectGaps.get(a).doubleValue()));
    }
    return table;
  }

  /**
   * Returns one row: {@code measure, attribute, gap, low, high, verdict}.
   *
   * @return a new table, made to be appended to those of other attributes
   */
  public Table summary() {
    return Table.create(
        "fairness",
        StringColumn.create("measure", measure.name()),
        StringColumn.create("attribute", attribute),
        DoubleColumn.create("gap", gap.estimate()),
        DoubleColumn.create("low", gap.low()),
        DoubleColumn.create("high", gap.high()),
        StringColumn.create("verdict", verdictLabel()));
  }

  /**
   * Returns the verdict in words.
   *
   * @return such as {@code "not measurable"}
   */
  public String verdictLabel() {
    return verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public String toString() {
    List<String> small =
        groups.stream()
            .filter(Group::leftOut)
            .map(group -> "%s (%d)".formatted(group.name(), group.samples()))
            .toList();
    return measure.label()
        + " by %s: %s, %s (0 is fair, limit %.1f)%n"
            .formatted(attribute, gap, verdictLabel(), Fairness.FAIR_UP_TO)
        + MetricResult.text("per group", table())
        + (small.isEmpty()
            ? ""
            : "%ntoo small and left out: %s".formatted(String.join(", ", small)))
        + (unknown == 0 ? "" : "%n%d samples of unknown group left out".formatted(unknown));
  }
}
