package org.affect4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;

/**
 * Audits whether a model serves all groups of people equally well, by one attribute such as age,
 * gender or race.
 *
 * <p>The three measures are named by Behaviour4All (section 4.2), which prints no formulas; these
 * are ours. For each of several <em>aspects</em> the gap is the largest minus the smallest value
 * over the groups, and the measure is the mean gap over the aspects:
 *
 * <ul>
 *   <li>equality of opportunity (EOP): aspects are expressions, values true-positive rates;
 *   <li>equal opportunity difference (EOD): aspects are action units, values true-positive rates;
 *   <li>fCCC: here the value is the mean CCC of valence and arousal and the measure its gap; the
 *       gaps of each of the two stand beside it.
 * </ul>
 *
 * <p>0 is fair, up to 0.1 counts as fair. A group with too few samples or persons is reported and
 * left out. So is an aspect that is defined in fewer than two groups. A gap cannot be negative, so
 * that chance alone makes it positive: with small groups read the interval, not the figure, and
 * know that the interval itself leans upward.
 *
 * <p>Immutable; the {@code with…} methods are optional and return a changed copy:
 *
 * <pre>{@code
 * FairnessAudit audit =
 *     Fairness.by("gender", genders).withPersons(persons).expressions(labels, truth, prediction);
 * }</pre>
 *
 * @param attribute its name, such as {@code "gender"}
 * @param groups the group of each sample; the empty string where it is not known, such samples are
 *     counted and left out
 * @param persons person of each sample, see {@link #withPersons}; empty where they are not known
 * @param bootstrap how intervals are made
 */
public record Fairness(
    String attribute, List<String> groups, List<String> persons, Bootstrap bootstrap) {
  /** Up to which measure a model counts as fair: 0.1. */
  public static final double FAIR_UP_TO = .1;

  /** Fewest samples of a group that is compared: 30. */
  public static final int MINIMUM_SAMPLES = 30;

  /** Fewest persons of a group that is compared: 10; counts only where persons are known. */
  public static final int MINIMUM_PERSONS = 10;

  /** Copies the lists and checks their lengths. */
  public Fairness {
    groups = List.copyOf(groups);
    persons = List.copyOf(persons);
    if (!persons.isEmpty()) {
      Check.sameLength("groups", groups.size(), "persons", persons.size());
    }
  }

  /**
   * Starts an audit by an attribute.
   *
   * @param attribute its name, such as {@code "gender"}
   * @param groups the group of each sample; the empty string where it is not known, such samples
   *     are counted and left out
   * @return an audit with {@link Bootstrap#STANDARD}
   */
  public static Fairness by(String attribute, List<String> groups) {
    return new Fairness(attribute, groups, List.of(), Bootstrap.STANDARD);
  }

  /**
   * Tells which samples show the same person: intervals then resample persons, and groups of few
   * persons are left out however many samples they have.
   *
   * @param persons person of each sample
   * @return the changed copy
   * @throws IllegalArgumentException if there are not as many as groups
   */
  public Fairness withPersons(List<String> persons) {
    return new Fairness(attribute, groups, persons, bootstrap);
  }

  /**
   * Sets how intervals are made.
   *
   * @param draws draws, level and seed
   * @return the changed copy
   */
  public Fairness withBootstrap(Bootstrap draws) {
    return new Fairness(attribute, groups, persons, draws);
  }

  /**
   * Measures equality of opportunity over expressions or other classes.
   *
   * @param labels names of the classes
   * @param truth true class of each sample, an index into the labels
   * @param prediction predicted class of each sample
   * @return EOP
   * @throws IllegalArgumentException if lengths differ or an index is out of range
   */
  public FairnessAudit expressions(List<String> labels, int[] truth, int[] prediction) {
    checkLength("truth", truth.length);
    checkLength("prediction", prediction.length);
    for (int i = 0; i < truth.length; i++) {
      Check.index("truth", truth[i], i, labels.size());
      Check.index("prediction", prediction[i], i, labels.size());
    }
    return audit(
        FairnessAudit.Measure.EOP,
        labels,
        rates(labels.size(), (i, c) -> truth[i] == c, (i, c) -> prediction[i] == c));
  }

  /**
   * Measures the equal opportunity difference over action units.
   *
   * @param units unit of each column
   * @param unitLabels one row per sample: 0, 1, or NaN where not annotated
   * @param scores probabilities, 0 to 1
   * @param thresholds chosen on other data than this
   * @return EOD
   * @throws IllegalArgumentException if shapes differ or a value is out of range
   */
  public FairnessAudit actionUnits(
      List<ActionUnit> units,
      double[][] unitLabels,
      double[][] scores,
      ActionUnitThresholds thresholds) {
    checkLength("labels", unitLabels.length);
    ActionUnitScores.check(units, unitLabels, scores);
    double[] limits = units.stream().mapToDouble(thresholds::of).toArray();
    return audit(
        FairnessAudit.Measure.EOD,
        units.stream().map(ActionUnit::label).toList(),
        rates(units.size(), (i, u) -> unitLabels[i][u] == 1, (i, u) -> scores[i][u] >= limits[u]));
  }

  /**
   * Measures the gap of the concordance.
   *
   * @param valenceTruth valence as annotated, NaN where it is not
   * @param valencePrediction predicted valence
   * @param arousalTruth arousal as annotated, NaN where it is not
   * @param arousalPrediction predicted arousal
   * @return fCCC: first the gap of the mean CCC, which the verdict judges, then that of each
   * @throws IllegalArgumentException if lengths differ or a used value is not finite
   */
  public FairnessAudit valenceArousal(
      double[] valenceTruth,
      double[] valencePrediction,
      double[] arousalTruth,
      double[] arousalPrediction) {
    checkLength("valence", valenceTruth.length);
    checkLength("arousal", arousalTruth.length);
    // Bad values are reported for the sample at fault before any resampling begins.
    Concordance.ofAnnotated(valenceTruth, valencePrediction);
    Concordance.ofAnnotated(arousalTruth, arousalPrediction);
    return audit(
        FairnessAudit.Measure.FCCC,
        List.of("mean", "valence", "arousal"),
        indices -> {
          double valence = ccc(valenceTruth, valencePrediction, indices);
          double arousal = ccc(arousalTruth, arousalPrediction, indices);
          return new double[] {(valence + arousal) / 2, valence, arousal};
        });
  }

  private static double ccc(double[] truth, double[] prediction, int[] indices) {
    return Concordance.ofAnnotated(
            Concordance.pick(truth, indices), Concordance.pick(prediction, indices))
        .ccc();
  }

  private interface Answer {
    boolean is(int sample, int aspect);
  }

  /** True-positive rate of each aspect; NaN where no sample has it. */
  private static Function<int[], double[]> rates(int aspects, Answer active, Answer found) {
    return indices -> {
      double[] rates = new double[aspects];
      for (int a = 0; a < aspects; a++) {
        int cases = 0;
        int hits = 0;
        for (int i : indices) {
          if (active.is(i, a)) {
            cases++;
            hits += found.is(i, a) ? 1 : 0;
          }
        }
        rates[a] = (double) hits / cases;
      }
      return rates;
    };
  }

  private void checkLength(String what, int length) {
    Check.sameLength("groups", groups.size(), what, length);
  }

  private FairnessAudit audit(
      FairnessAudit.Measure measure, List<String> aspects, Function<int[], double[]> values) {
    Map<String, List<Integer>> members =
        IntStream.range(0, groups.size())
            .boxed()
            .collect(Collectors.groupingBy(groups::get, TreeMap::new, Collectors.toList()));
    Optional<List<Integer>> unknown = Optional.ofNullable(members.remove(""));
    List<FairnessAudit.Group> sizes = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    members.forEach(
        (name, list) -> {
          int[] samples = list.stream().mapToInt(Integer::intValue).toArray();
          long people = persons(samples).stream().distinct().count();
          boolean large =
              samples.length >= MINIMUM_SAMPLES && (persons.isEmpty() || people >= MINIMUM_PERSONS);
          if (large) {
            kept.add(name);
          }
          // The group's own samples or persons are drawn again.
          List<Interval> intervals = intervals(samples, values);
          sizes.add(new FairnessAudit.Group(name, samples.length, people, !large, intervals));
        });
    int[] used =
        IntStream.range(0, groups.size()).filter(i -> kept.contains(groups.get(i))).toArray();
    int[] group = groups.stream().mapToInt(kept::indexOf).toArray();
    Function<int[], double[]> gaps =
        samples -> gaps(values, split(samples, group, kept.size()), aspects.size());
    Interval interval =
        used.length == 0
            ? bootstrap.interval(Double.NaN, new double[0], 0)
            : intervals(used, samples -> new double[] {measure.of(gaps.apply(samples))}).get(0);
    return new FairnessAudit(
        measure,
        attribute,
        interval,
        aspects,
        Arrays.stream(gaps.apply(used)).boxed().toList(),
        sizes,
        unknown.map(List::size).orElse(0));
  }

  /** Figures of some samples, which are drawn again, or their persons where these are known. */
  private List<Interval> intervals(int[] samples, Function<int[], double[]> figures) {
    return LabelScorer.of(bootstrap)
        .withPersons(persons(samples))
        .intervals(
            samples.length,
            drawn -> figures.apply(Arrays.stream(drawn).map(i -> samples[i]).toArray()));
  }

  private List<String> persons(int[] samples) {
    return persons.isEmpty() ? List.of() : Arrays.stream(samples).mapToObj(persons::get).toList();
  }

  /** The samples of each kept group. */
  private static int[][] split(int[] samples, int[] group, int groupCount) {
    return IntStream.range(0, groupCount)
        .mapToObj(g -> Arrays.stream(samples).filter(i -> group[i] == g).toArray())
        .toArray(int[][]::new);
  }

  private static double[] gaps(Function<int[], double[]> values, int[][] split, int aspects) {
    double[][] ofGroups = Arrays.stream(split).map(values).toArray(double[][]::new);
    return IntStream.range(0, aspects)
        .mapToDouble(
            a -> {
              DoubleSummaryStatistics defined =
                  Arrays.stream(ofGroups)
                      .mapToDouble(ofGroup -> ofGroup[a])
                      .filter(v -> !Double.isNaN(v))
                      .summaryStatistics();
              return defined.getCount() < 2 ? Double.NaN : defined.getMax() - defined.getMin();
            })
        .toArray();
  }
}
