package org.affect4j.training.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.affect4j.metric.MetricResult;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What each coupling of the heads gives: the same training with all kinds of coupling and several
 * seeds, and for each figure the paired difference from training without coupling. Runs of one seed
 * begin with the same weights and see the same faces in the same order.
 *
 * <p>Intervals are those of Student's t over the seeds (level .95). They tell how the figure varies
 * with initial weights, order and variation of the faces, not with the faces that it is measured
 * on; with three seeds they are wide.
 *
 * @param runs what each run gave, unmodifiable; the same figures in each
 */
public record CouplingAblation(List<Run> runs) implements MetricResult {
  private static final double LEVEL = .95;

  /**
   * What was trained with.
   *
   * @param coupling how the heads teach each other
   * @param relatedness table of units and expressions by its short name, such as {@code du}
   */
  public record Kind(Coupling coupling, String relatedness) {
    private static final String USUAL = "du";

    /** Without coupling no table is looked at. */
    public Kind {
      relatedness = coupling == Coupling.NONE ? USUAL : relatedness;
    }

    /**
     * Returns the name that tables and folders show.
     *
     * @return such as {@code matching}, and {@code matching-empirical} with another table than Du's
     */
    public String label() {
      return relatedness.equals(USUAL) ? coupling.label() : coupling.label() + "-" + relatedness;
    }
  }

  /**
   * What one run gave.
   *
   * @param kind what was trained with
   * @param seed of everything random
   * @param seconds spent in training
   * @param figures after the last epoch, by name
   */
  public record Run(Kind kind, long seed, double seconds, Map<String, Double> figures) {
    /** Copies the figures. */
    public Run {
      figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /**
     * A run with the table of Du et al. 2014.
     *
     * @param coupling what was trained with
     * @param seed of everything random
     * @param seconds spent in training
     * @param figures after the last epoch, by name
     */
    public Run(Coupling coupling, long seed, double seconds, Map<String, Double> figures) {
      this(new Kind(coupling, Kind.USUAL), seed, seconds, figures);
    }
  }

  /**
   * One figure of one coupling.
   *
   * @param figure its name
   * @param kind what was trained with
   * @param runs number of seeds
   * @param mean over the seeds
   * @param standardDeviation over the seeds, with n - 1; NaN for a single one
   * @param pairs number of seeds that were trained without coupling too
   * @param difference mean difference from training without coupling; NaN without a pair
   * @param low lower bound of its interval; NaN for less than two pairs
   * @param high upper bound of its interval; NaN for less than two pairs
   */
  public record Cell(
      String figure,
      Kind kind,
      int runs,
      double mean,
      double standardDeviation,
      int pairs,
      double difference,
      double low,
      double high) {}

  /** Copies and checks the runs. */
  public CouplingAblation {
    runs = List.copyOf(runs);
    Set<String> seen = new LinkedHashSet<>();
    for (Run run : runs) {
      if (!run.figures().keySet().equals(runs.get(0).figures().keySet())) {
        throw new IllegalArgumentException(
            "runs can only be compared by the same figures, got %s and %s"
                .formatted(runs.get(0).figures().keySet(), run.figures().keySet()));
      }
      if (!seen.add(run.kind().label() + " " + run.seed())) {
        throw new IllegalArgumentException(
            "%s with seed %d is there twice".formatted(run.kind().label(), run.seed()));
      }
    }
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("there is no run to compare");
    }
  }

  /**
   * Summarises the runs.
   *
   * @return one cell per figure and coupling that was trained with, figure by figure
   */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    for (String figure : figureNames()) {
      for (Kind kind : kinds()) {
        cells.add(cell(figure, kind));
      }
    }
    return cells;
  }

  private Set<String> figureNames() {
    return runs.get(0).figures().keySet();
  }

  /** In the order of the couplings, those of one table together. */
  private List<Kind> kinds() {
    return runs.stream()
        .map(Run::kind)
        .distinct()
        .sorted(
            Comparator.comparing((Kind k) -> tables().indexOf(k.relatedness()))
                .thenComparing(Kind::coupling))
        .toList();
  }

  private List<String> tables() {
    return runs.stream().map(run -> run.kind().relatedness()).distinct().toList();
  }

  private Cell cell(String figure, Kind kind) {
    List<Run> own = runs.stream().filter(run -> run.kind().equals(kind)).toList();
    double[] values = own.stream().mapToDouble(run -> run.figures().get(figure)).toArray();
    double[] differences =
        own.stream()
            .flatMap(
                run ->
                    without(run.seed())
                        .map(none -> run.figures().get(figure) - none.figures().get(figure))
                        .stream())
            .mapToDouble(d -> d)
            .toArray();
    double difference = StatUtils.mean(differences);
    double half = halfWidth(differences);
    return new Cell(
        figure,
        kind,
        values.length,
        StatUtils.mean(values),
        deviation(values),
        differences.length,
        difference,
        difference - half,
        difference + half);
  }

  private Optional<Run> without(long seed) {
    return runs.stream()
        .filter(run -> run.kind().coupling() == Coupling.NONE && run.seed() == seed)
        .findFirst();
  }

  private static double deviation(double[] values) {
    return values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
  }

  /** Quantile of t with n - 1 degrees of freedom times the standard error. */
  private static double halfWidth(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double quantile =
        new TDistribution(values.length - 1).inverseCumulativeProbability((1 + LEVEL) / 2);
    return quantile * deviation(values) / Math.sqrt(values.length);
  }

  /**
   * Returns one row per figure and coupling: {@code figure, coupling, runs, mean,
   * standard_deviation, pairs, difference, difference_low, difference_high}.
   */
  @Override
  public Table table() {
    List<Cell> cells = cells();
    return Table.create(
        "coupling ablation",
        StringColumn.create("figure", cells.stream().map(Cell::figure).toList()),
        StringColumn.create("coupling", cells.stream().map(c -> c.kind().label()).toList()),
        LongColumn.create("runs", cells.stream().mapToLong(Cell::runs).toArray()),
        DoubleColumn.create("mean", cells.stream().mapToDouble(Cell::mean).toArray()),
        DoubleColumn.create(
            "standard_deviation", cells.stream().mapToDouble(Cell::standardDeviation).toArray()),
        LongColumn.create("pairs", cells.stream().mapToLong(Cell::pairs).toArray()),
        DoubleColumn.create("difference", cells.stream().mapToDouble(Cell::difference).toArray()),
        DoubleColumn.create("difference_low", cells.stream().mapToDouble(Cell::low).toArray()),
        DoubleColumn.create("difference_high", cells.stream().mapToDouble(Cell::high).toArray()));
  }

  /**
   * Returns what each run gave.
   *
   * @return one row per run: {@code coupling, seed, seconds} and the figures
   */
  public Table runTable() {
    Table table =
        Table.create(
            "runs",
            StringColumn.create("coupling", runs.stream().map(run -> run.kind().label()).toList()),
            LongColumn.create("seed", runs.stream().mapToLong(Run::seed).toArray()),
            DoubleColumn.create("seconds", runs.stream().mapToDouble(Run::seconds).toArray()));
    for (String figure : figureNames()) {
      table.addColumns(
          DoubleColumn.create(
              figure, runs.stream().mapToDouble(run -> run.figures().get(figure)).toArray()));
    }
    return table;
  }

  /**
   * Returns the figures as two tables in Markdown: mean and standard deviation of each coupling,
   * and the differences from training without coupling with their intervals.
   *
   * @return text that ends with a line break
   */
  public String markdown() {
    List<Kind> coupled = kinds().stream().filter(k -> k.coupling() != Coupling.NONE).toList();
    String text =
        "Mean and standard deviation over seeds (%s):%n%n".formatted(counts())
            + markdown(kinds(), c -> values(c.mean(), "± %.3f", c.standardDeviation()));
    return coupled.isEmpty() || coupled.size() == kinds().size()
        ? text
        : text
            + "%nDifference from none, same seed, with 95 %% interval (Student's t):%n%n"
                .formatted()
            + markdown(coupled, c -> values(c.difference(), "[%.3f, %.3f]", c.low(), c.high()));
  }

  private String counts() {
    return kinds().stream()
        .map(k -> k.label() + " " + runs.stream().filter(r -> r.kind().equals(k)).count())
        .collect(Collectors.joining(", "));
  }

  private interface Words {
    String of(Cell cell);
  }

  private static String values(double first, String format, Object... others) {
    if (Double.isNaN(first)) {
      return "-";
    }
    String text = String.format(Locale.ROOT, "%.3f", first);
    return Arrays.asList(others).contains(Double.NaN)
        ? text
        : text + " " + String.format(Locale.ROOT, format, others);
  }

  private String markdown(List<Kind> columns, Words words) {
    StringBuilder text = new StringBuilder("| figure |");
    columns.forEach(c -> text.append(' ').append(c.label()).append(" |"));
    text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    for (String figure : figureNames()) {
      text.append("| ").append(figure.replace('_', ' ')).append(" |");
      columns.forEach(c -> text.append(' ').append(words.of(cell(figure, c))).append(" |"));
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return MetricResult.text("coupling of the heads, %d runs".formatted(runs.size()), table());
  }
}
