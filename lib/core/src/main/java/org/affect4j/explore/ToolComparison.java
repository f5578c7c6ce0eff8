package org.affect4j.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.MetricResult;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How far two tools agree on the same faces, unit by unit; either may be a dataset's annotation.
 * Immutable.
 *
 * <p>Rows are paired by the name of the image. A name that occurs more than once on a side, such as
 * a photo with several faces, cannot be paired with certainty: it is left out and counted.
 */
public final class ToolComparison implements MetricResult {
  /** Width of the limits of agreement in standard deviations (Bland and Altman 1986). */
  private static final double LIMITS = 1.96;

  /**
   * One of the two tools.
   *
   * @param name its name, for headings
   * @param table what it measured, one row per face, in the shape of {@link
   *     org.affect4j.dataset.ToolOutput} or any other {@link org.affect4j.dataset.AffectDataset}
   * @param suffix after {@code au01} in the names of the columns that are compared
   * @param maximum value of the scale that is taken as 1, above 0
   * @param threshold share of the maximum from which a unit counts as active, above 0 and at most 1
   */
  public record Side(String name, Table table, String suffix, double maximum, double threshold) {
    /** Checks the numbers. */
    public Side {
      UnitsByLabel.checkThreshold(threshold);
      if (!(maximum > 0)) {
        throw new IllegalArgumentException("a scale ends above 0, got " + maximum);
      }
    }

    /**
     * Takes {@code au01 … au26}, 0 to 1: probabilities, presences or labels; active from .5.
     *
     * @param name the tool's name
     * @param table what it measured
     * @return the side
     */
    public static Side of(String name, Table table) {
      return new Side(name, table, "", 1, .5);
    }

    /**
     * Takes OpenFace's {@code au01_intensity …}, 0 to 5, divided by 5; active from 1 of 5, the
     * trace of FACS's A.
     *
     * @param name the tool's name
     * @param table what it measured
     * @return the side
     */
    public static Side ofIntensities(String name, Table table) {
      return new Side(name, table, "_intensity", 5, .2);
    }

    /**
     * Returns the same side with another threshold.
     *
     * @param value share of the maximum from which a unit counts as active, above 0 and at most 1
     * @return a new side
     */
    public Side withThreshold(double value) {
      return new Side(name, table, suffix, maximum, value);
    }

    private Optional<NumericColumn<?>> column(ActionUnit unit) {
      String column = unit.column() + suffix;
      return table.containsColumn(column) && table.column(column) instanceof NumericColumn<?> c
          ? Optional.of(c)
          : Optional.empty();
    }
  }

  /**
   * Agreement on one unit.
   *
   * @param unit which
   * @param count pairs in which both tools give a value
   * @param pearson correlation, -1 to 1; NaN if either tool is constant
   * @param ccc concordance correlation coefficient, -1 to 1, as in {@link Concordance}
   * @param bias mean of the second tool minus the first
   * @param lower lower limit of agreement: bias - 1.96 standard deviations of the differences (n -
   *     1 in the denominator; Bland and Altman, Lancet 1986); NaN for fewer than two pairs
   * @param upper upper limit of agreement
   * @param activeFirst fraction of pairs in which the first tool calls the unit active
   * @param activeSecond the same of the second tool
   * @param agreement fraction of pairs in which both call the unit active, or both do not
   * @param kappa agreement beyond chance (Cohen 1960), at most 1: {@code (agreement - chance) / (1
   *     - chance)}; NaN where chance agreement is 1, such as for a unit that neither tool ever
   *     finds
   */
  public record Unit(
      ActionUnit unit,
      long count,
      double pearson,
      double ccc,
      double bias,
      double lower,
      double upper,
      double activeFirst,
      double activeSecond,
      double agreement,
      double kappa) {}

  private final Side first;
  private final Side second;
  private final List<int[]> pairs;
  private final long onlyFirst;
  private final long onlySecond;
  private final long ambiguous;
  private final Map<ActionUnit, Unit> units = new LinkedHashMap<>();

  private ToolComparison(Side first, Side second, Keys one, Keys other) {
    this.first = first;
    this.second = second;
    Set<String> repeated = new HashSet<>(one.repeated);
    repeated.addAll(other.repeated);
    List<int[]> found = new ArrayList<>();
    long only = 0;
    for (Map.Entry<String, Integer> entry : one.rows.entrySet()) {
      if (!repeated.contains(entry.getKey())) {
        Integer match = other.rows.get(entry.getKey());
        if (match == null) {
          only++;
        } else {
          found.add(new int[] {entry.getValue(), match});
        }
      }
    }
    this.pairs = found;
    this.onlyFirst = only;
    this.onlySecond =
        other.rows.keySet().stream()
            .filter(key -> !repeated.contains(key) && !one.rows.containsKey(key))
            .count();
    this.ambiguous = repeated.size();
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s have no image in common: the one names such as '%s', the other such as '%s'"
              .formatted(first.name(), second.name(), one.example(), other.example()));
    }
    for (ActionUnit unit : ActionUnit.ALL) {
      if (first.column(unit).isPresent()
          && second.column(unit).isPresent()
          && values(unit)[0].length > 0) {
        units.put(unit, measure(unit));
      }
    }
  }

  /** Rows by their keys. */
  private static final class Keys {
    private final Map<String, Integer> rows = new LinkedHashMap<>();
    private final Set<String> repeated = new HashSet<>();

    void add(String key, int row) {
      if (rows.putIfAbsent(key, row) != null) {
        repeated.add(key);
      }
    }

    String example() {
      return rows.isEmpty() ? "" : rows.keySet().iterator().next();
    }
  }

  /**
   * Pairs photos by their names, without folder and extension: OpenFace's {@code 012.csv} goes with
   * {@code photos/012.jpg}.
   *
   * @param first one tool
   * @param second the other
   * @return the comparison
   * @throws IllegalArgumentException if there is no column {@code image} or no name in common
   */
  public static ToolComparison byImage(Side first, Side second) {
    return new ToolComparison(first, second, images(first), images(second));
  }

  private static Keys images(Side side) {
    List<String> images = LabelColumns.texts(side.table(), "image");
    Keys keys = new Keys();
    for (int i = 0; i < images.size(); i++) {
      keys.add(stem(images.get(i)), i);
    }
    return keys;
  }

  /**
   * Pairs frames of videos by the video's name, without folder and extension, and the number of the
   * frame. OpenFace counts frames from 1, py-feat and affect4j from 0: a shift that is forgotten
   * lowers every correlation without any other sign.
   *
   * @param first one tool
   * @param second the other
   * @param shift what has to be added to the frames of the second tool; -1 where the second is
   *     OpenFace and the first counts from 0
   * @return the comparison
   * @throws IllegalArgumentException if there is no column {@code image} or {@code frame}, or no
   *     frame in common
   */
  public static ToolComparison byFrame(Side first, Side second, int shift) {
    return new ToolComparison(first, second, frames(first, 0), frames(second, shift));
  }

  private static Keys frames(Side side, int shift) {
    List<String> images = LabelColumns.texts(side.table(), "image");
    if (!(LabelColumns.column(side.table(), "frame") instanceof IntColumn frames)) {
      throw new IllegalArgumentException("column 'frame' holds no whole numbers");
    }
    Keys keys = new Keys();
    for (int i = 0; i < images.size(); i++) {
      if (!frames.isMissing(i)) {
        keys.add(stem(images.get(i)) + "#" + (frames.getInt(i) + shift), i);
      }
    }
    return keys;
  }

  private static String stem(String image) {
    String name = image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private Unit measure(ActionUnit unit) {
    double[][] values = values(unit);
    double[] x = values[0];
    double[] y = values[1];
    int n = x.length;
    double[] differences = new double[n];
    Arrays.setAll(differences, i -> y[i] - x[i]);
    double bias = Arrays.stream(differences).average().orElse(Double.NaN);
    double squares = Arrays.stream(differences).map(d -> (d - bias) * (d - bias)).sum();
    double half = n < 2 ? Double.NaN : LIMITS * Math.sqrt(squares / (n - 1));
    double one = 0;
    double other = 0;
    double same = 0;
    for (int i = 0; i < n; i++) {
      boolean a = x[i] >= first.threshold();
      boolean b = y[i] >= second.threshold();
      one += a ? 1 : 0;
      other += b ? 1 : 0;
      same += a == b ? 1 : 0;
    }
    one /= n;
    other /= n;
    same /= n;
    double chance = one * other + (1 - one) * (1 - other);
    Concordance concordance = Concordance.of(x, y);
    return new Unit(
        unit,
        n,
        concordance.pearson(),
        concordance.ccc(),
        bias,
        bias - half,
        bias + half,
        one,
        other,
        same,
        chance == 1 ? Double.NaN : (same - chance) / (1 - chance));
  }

  /**
   * Returns the values of a unit in the pairs in which both tools give one, on scales that end at
   * 1.
   *
   * @param unit one of {@link #units}
   * @return two rows of equal length: first tool, second tool
   * @throws IllegalArgumentException if either tool does not measure the unit
   */
  public double[][] values(ActionUnit unit) {
    NumericColumn<?> x = required(first, unit);
    NumericColumn<?> y = required(second, unit);
    List<int[]> complete =
        pairs.stream().filter(p -> !x.isMissing(p[0]) && !y.isMissing(p[1])).toList();
    return new double[][] {
      complete.stream().mapToDouble(p -> x.getDouble(p[0]) / first.maximum()).toArray(),
      complete.stream().mapToDouble(p -> y.getDouble(p[1]) / second.maximum()).toArray()
    };
  }

  private static NumericColumn<?> required(Side side, ActionUnit unit) {
    return side.column(unit)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no column '%s%s'"
                        .formatted(side.name(), unit.column(), side.suffix())));
  }

  /**
   * Returns the agreement on a unit.
   *
   * @param unit one of {@link #units}
   * @return its figures
   * @throws IllegalArgumentException if there is no pair in which both tools measure the unit
   */
  public Unit of(ActionUnit unit) {
    Unit figures = units.get(unit);
    if (figures == null) {
      throw new IllegalArgumentException(
          "there is no pair in which both %s and %s give %s; they have %s in common"
              .formatted(
                  first.name(),
                  second.name(),
                  unit.label(),
                  units.keySet().stream().map(ActionUnit::label).toList()));
    }
    return figures;
  }

  /**
   * Returns the units that both tools measure in at least one pair.
   *
   * @return figures in the order of the units
   */
  public List<Unit> units() {
    return List.copyOf(units.values());
  }

  /**
   * Returns which expression the second tool gives where the first gives which.
   *
   * @return rows the first tool, columns the second, over the seven expressions; nothing if there
   *     is no pair in which both give one of the seven
   */
  public Optional<ConfusionCounts> expressions() {
    if (!first.table().containsColumn("expression")
        || !second.table().containsColumn("expression")) {
      return Optional.empty();
    }
    List<String> names = Expression.ALL.stream().map(Expression::label).toList();
    List<String> one = LabelColumns.texts(first.table(), "expression");
    List<String> other = LabelColumns.texts(second.table(), "expression");
    List<int[]> named =
        pairs.stream()
            .filter(p -> names.contains(one.get(p[0])) && names.contains(other.get(p[1])))
            .toList();
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ConfusionCounts.of(
                names,
                named.stream().map(p -> one.get(p[0])).toList(),
                named.stream().map(p -> other.get(p[1])).toList()));
  }

  /**
   * Returns the first tool.
   *
   * @return its name
   */
  public String firstName() {
    return first.name();
  }

  /**
   * Returns the second tool.
   *
   * @return its name
   */
  public String secondName() {
    return second.name();
  }

  /**
   * Returns how many images or frames both tools have.
   *
   * @return pairs
   */
  public long matched() {
    return pairs.size();
  }

  /**
   * Returns how many images or frames only one tool has.
   *
   * @return those of the first alone, those of the second alone
   */
  public long[] unmatched() {
    return new long[] {onlyFirst, onlySecond};
  }

  /**
   * Returns how many images or frames have several rows in either tool, and were left out.
   *
   * @return names
   */
  public long ambiguous() {
    return ambiguous;
  }

  /**
   * {@inheritDoc}
   *
   * <p>One row per unit: {@code unit, count, pearson, ccc, bias, lower, upper, active_first,
   * active_second, agreement, kappa}.
   */
  @Override
  public Table table() {
    Table table =
        Table.create(
            first.name() + " and " + second.name(),
            StringColumn.create("unit", units().stream().map(u -> u.unit().column()).toList()),
            LongColumn.create("count", units().stream().mapToLong(Unit::count).toArray()));
    table.addColumns(
        column("pearson", Unit::pearson),
        column("ccc", Unit::ccc),
        column("bias", Unit::bias),
        column("lower", Unit::lower),
        column("upper", Unit::upper),
        column("active_first", Unit::activeFirst),
        column("active_second", Unit::activeSecond),
        column("agreement", Unit::agreement),
        column("kappa", Unit::kappa));
    return table;
  }

  private DoubleColumn column(String name, ToDoubleFunction<Unit> figure) {
    return DoubleColumn.create(name, units().stream().mapToDouble(figure).toArray());
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%s and %s: %,d in both, %,d and %,d in one alone, %,d with several rows left out",
                first.name(),
                second.name(),
                matched(),
                onlyFirst,
                onlySecond,
                ambiguous));
    for (Unit u : units()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %-5s r %6.3f, CCC %6.3f, bias %6.3f [%6.3f, %6.3f], agreement %.3f, kappa %6.3f (%d)",
              u.unit().label(),
              u.pearson(),
              u.ccc(),
              u.bias(),
              u.lower(),
              u.upper(),
              u.agreement(),
              u.kappa(),
              u.count()));
    }
    return text.toString();
  }
}
