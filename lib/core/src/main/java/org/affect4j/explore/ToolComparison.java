package org.affect4j.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceNames;
import org.affect4j.table.FaceTable;
import org.apache.commons.math3.util.MathArrays;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * How far two tools agree on the same faces, unit by unit; either may be a dataset's annotation.
 * Immutable.
 *
 * <p>Rows are paired by the names of photos and frames. A name that occurs more than once on a
 * side, such as a photo with several faces, cannot be paired with certainty: it is left out and
 * counted.
 */
public final class ToolComparison implements MetricResult {
  /** Width of the limits of agreement in standard deviations (Bland and Altman 1986). */
  private static final double LIMITS = 1.96;

  /**
   * One of the two tools.
   *
   * @param name its name, for headings
   * @param table what it measured or what people labelled, one row per face
   * @param suffix after {@code au01} in the names of the columns that are compared
   * @param maximum value of the scale that is taken as 1, above 0
   * @param threshold share of the maximum from which a unit counts as active, above 0 and at most 1
   */
  public record Side(
      String name, FaceTable table, String suffix, double maximum, double threshold) {
    /** Checks the numbers. */
    public Side {
      LabelCounts.checkThreshold(threshold);
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
    public static Side of(String name, FaceTable table) {
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
    public static Side ofIntensities(String name, FaceTable table) {
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

    private boolean measures(ActionUnit unit) {
      return table.has(unit.column() + suffix);
    }

    /** One number per row on a scale that ends at 1; NaN where it is missing. */
    private double[] values(ActionUnit unit) {
      if (!measures(unit)) {
        throw new IllegalArgumentException(
            "%s has no column '%s%s'".formatted(name, unit.column(), suffix));
      }
      return Arrays.stream(table.numbers(unit.column() + suffix)).map(v -> v / maximum).toArray();
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
  private final FaceNames.Pairs pairs;
  private final Map<ActionUnit, Unit> units = new LinkedHashMap<>();

  private ToolComparison(Side first, Side second, int shift) {
    this.first = first;
    this.second = second;
    FaceNames one = FaceNames.of(first.table());
    FaceNames other = FaceNames.of(second.table());
    this.pairs = one.pair(other, shift);
    if (pairs.rows().isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s have no photo or frame in common: the one names such as '%s', the other such as '%s'"
              .formatted(first.name(), second.name(), example(one), example(other)));
    }
    for (ActionUnit unit : ActionUnit.ALL) {
      if (first.measures(unit) && second.measures(unit)) {
        double[][] values = values(unit);
        if (values[0].length > 0) {
          units.put(unit, measure(unit, values[0], values[1]));
        }
      }
    }
  }

  private static String example(FaceNames names) {
    return names.rows().keySet().stream().findFirst().orElse("");
  }

  /**
   * Pairs photos, or frames of videos, by their names as {@link FaceNames} finds them: OpenFace's
   * {@code 012.csv} goes with {@code photos/012.jpg}.
   *
   * @param first one tool
   * @param second the other
   * @return the comparison
   * @throws IllegalArgumentException if there is no column {@code input} or no name in common
   */
  public static ToolComparison of(Side first, Side second) {
    return of(first, second, 0);
  }

  /**
   * Pairs frames where the tools count them otherwise. OpenFace counts frames from 1, py-feat and
   * affect4j from 0: a shift that is forgotten lowers every correlation without any other sign.
   *
   * @param first one tool
   * @param second the other
   * @param shift what has to be added to the frames of the second tool; -1 where the second is
   *     OpenFace and the first counts from 0
   * @return the comparison
   * @throws IllegalArgumentException if there is no column {@code input}, or no frame in common
   */
  public static ToolComparison of(Side first, Side second, int shift) {
    return new ToolComparison(first, second, shift);
  }

  private Unit measure(ActionUnit unit, double[] x, double[] y) {
    int n = x.length;
    double[] differences = MathArrays.ebeSubtract(y, x);
    double bias = Arrays.stream(differences).average().orElse(Double.NaN);
    double squares = Arrays.stream(differences).map(d -> (d - bias) * (d - bias)).sum();
    double half = n < 2 ? Double.NaN : LIMITS * Math.sqrt(squares / (n - 1));
    double one = share(n, i -> x[i] >= first.threshold());
    double other = share(n, i -> y[i] >= second.threshold());
    double same = share(n, i -> x[i] >= first.threshold() == y[i] >= second.threshold());
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

  private static double share(int pairs, IntPredicate wanted) {
    return (double) IntStream.range(0, pairs).filter(wanted).count() / pairs;
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
    double[] one = first.values(unit);
    double[] other = second.values(unit);
    List<FaceNames.Pair> complete =
        pairs.rows().stream()
            .filter(p -> !Double.isNaN(one[p.row()]) && !Double.isNaN(other[p.other()]))
            .toList();
    return new double[][] {
      complete.stream().mapToDouble(p -> one[p.row()]).toArray(),
      complete.stream().mapToDouble(p -> other[p.other()]).toArray()
    };
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
    List<String> names = Expression.ALL.stream().map(Expression::label).toList();
    List<String> one = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (FaceNames.Pair pair : pairs.rows()) {
      String a = first.table().text(pair.row(), FaceColumns.EXPRESSION).orElse("");
      String b = second.table().text(pair.other(), FaceColumns.EXPRESSION).orElse("");
      if (names.contains(a) && names.contains(b)) {
        one.add(a);
        other.add(b);
      }
    }
    return one.isEmpty() ? Optional.empty() : Optional.of(ConfusionCounts.of(names, one, other));
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
    return pairs.rows().size();
  }

  /**
   * Returns how many images or frames have several rows in either tool, and were left out.
   *
   * @return names
   */
  public long ambiguous() {
    return pairs.ambiguous();
  }

  /**
   * {@inheritDoc}
   *
   * <p>One row per unit: {@code unit, count, pearson, ccc, bias, lower, upper, active_first,
   * active_second, agreement, kappa}.
   */
  @Override
  public Table table() {
    return Table.create(
        first.name() + " and " + second.name(),
        MetricResult.texts("unit", units(), u -> u.unit().column()),
        LongColumn.create("count", units().stream().mapToLong(Unit::count).toArray()),
        MetricResult.numbers("pearson", units(), Unit::pearson),
        MetricResult.numbers("ccc", units(), Unit::ccc),
        MetricResult.numbers("bias", units(), Unit::bias),
        MetricResult.numbers("lower", units(), Unit::lower),
        MetricResult.numbers("upper", units(), Unit::upper),
        MetricResult.numbers("active_first", units(), Unit::activeFirst),
        MetricResult.numbers("active_second", units(), Unit::activeSecond),
        MetricResult.numbers("agreement", units(), Unit::agreement),
        MetricResult.numbers("kappa", units(), Unit::kappa));
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
                pairs.unpaired(),
                pairs.unpairedOthers(),
                ambiguous()));
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
