package org.affect4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
 */
public final class Fairness {
  /** Up to which measure a model counts as fair: 0.1. */
  public static final double FAIR_UP_TO = .1;

  /** Fewest samples of a group unless said otherwise: 30. */
  public static final int MINIMUM_SAMPLES = 30;

  /** Fewest persons of a group unless said otherwise: 10; counts only where persons are known. */
  public static final int MINIMUM_PERSONS = 10;

  private final String attribute;
  private final List<String> groups;
  private final List<String> persons;
  private final int minimumSamples;
  private final int minimumPersons;
  private final Bootstrap bootstrap;

  private Fairness(
      String attribute,
      List<String> groups,
      List<String> persons,
      int minimumSamples,
      int minimumPersons,
      Bootstrap bootstrap) {
    this.attribute = attribute;
    this.groups = groups;
    this.persons = persons;
    this.minimumSamples = minimumSamples;
    this.minimumPersons = minimumPersons;
    this.bootstrap = bootstrap;
  }

  /**
   * Starts an audit by an attribute.
   *
   * @param attribute its name, such as {@code "gender"}
   * @param groups the group of each sample; the empty string where it is not known, such samples
   *     are counted and left out
   * @return an audit with the standard minimums and {@link Bootstrap#STANDARD}
   */
  public static Fairness by(String attribute, List<String> groups) {
    return new Fairness(
        attribute,
        List.copyOf(groups),
        List.of(),
        MINIMUM_SAMPLES,
        MINIMUM_PERSONS,
        Bootstrap.STANDARD);
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
    Check.sameLength("groups", groups.size(), "persons", persons.size());
    return new Fairness(
        attribute, groups, List.copyOf(persons), minimumSamples, minimumPersons, bootstrap);
  }

  /**
   * Sets how large a group has to be.
   *
   * @param samples fewest samples, at least 1
   * @param people fewest persons, at least 1; counts only where persons are known
   * @return the changed copy
   */
  public Fairness withMinimum(int samples, int people) {
    if (samples < 1 || people < 1) {
      throw new IllegalArgumentException(
          "a group has at least one sample and person, got %d and %d".formatted(samples, people));
    }
    return new Fairness(attribute, groups, persons, samples, people, bootstrap);
  }

  /**
   * Sets how intervals are made.
   *
   * @param draws draws, level and seed
   * @return the changed copy
   */
  public Fairness withBootstrap(Bootstrap draws) {
    return new Fairness(attribute, groups, persons, minimumSamples, minimumPersons, draws);
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
        indices -> {
          int[] cases = new int[labels.size()];
          int[] hits = new int[labels.size()];
          for (int i : indices) {
            cases[truth[i]]++;
            hits[truth[i]] += truth[i] == prediction[i] ? 1 : 0;
          }
          return rates(hits, cases);
        });
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
    ActionUnitScores.checkShape(units, unitLabels, scores);
    boolean[][] active = new boolean[unitLabels.length][units.size()];
    boolean[][] found = new boolean[unitLabels.length][units.size()];
    for (int row = 0; row < unitLabels.length; row++) {
      for (int u = 0; u < units.size(); u++) {
        String name = units.get(u).label();
        if (Check.annotated(unitLabels[row][u], row, name)) {
          double score = Check.unitScore(scores[row][u], row, name);
          active[row][u] = unitLabels[row][u] == 1;
          found[row][u] = score >= thresholds.of(units.get(u));
        }
      }
    }
    return audit(
        FairnessAudit.Measure.EOD,
        units.stream().map(ActionUnit::label).toList(),
        indices -> {
          int[] cases = new int[units.size()];
          int[] hits = new int[units.size()];
          for (int i : indices) {
            for (int u = 0; u < cases.length; u++) {
              cases[u] += active[i][u] ? 1 : 0;
              hits[u] += active[i][u] && found[i][u] ? 1 : 0;
            }
          }
          return rates(hits, cases);
        });
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
    double[] vt = valenceTruth.clone();
    double[] vp = valencePrediction.clone();
    double[] at = arousalTruth.clone();
    double[] ap = arousalPrediction.clone();
    // Bad values are reported for the sample at fault before any resampling begins.
    Concordance.ofAnnotated(vt, vp);
    Concordance.ofAnnotated(at, ap);
    return audit(
        FairnessAudit.Measure.FCCC,
        List.of("mean", "valence", "arousal"),
        indices -> {
          double valence = ccc(vt, vp, indices);
          double arousal = ccc(at, ap, indices);
          return new double[] {(valence + arousal) / 2, valence, arousal};
        });
  }

  private static double ccc(double[] truth, double[] prediction, int[] indices) {
    return Concordance.ofAnnotated(
            Concordance.pick(truth, indices), Concordance.pick(prediction, indices))
        .ccc();
  }

  private static double[] rates(int[] hits, int[] cases) {
    return IntStream.range(0, hits.length).mapToDouble(i -> (double) hits[i] / cases[i]).toArray();
  }

  private void checkLength(String what, int length) {
    Check.sameLength("groups", groups.size(), what, length);
  }

  private FairnessAudit audit(
      FairnessAudit.Measure measure, List<String> aspects, Function<int[], double[]> values) {
    Map<String, int[]> members = members();
    List<FairnessAudit.Group> sizes = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    long unknown = 0;
    for (Map.Entry<String, int[]> entry : members.entrySet()) {
      int[] indices = entry.getValue();
      if (entry.getKey().isEmpty()) {
        unknown = indices.length;
        continue;
      }
      long people = persons.isEmpty() ? 0 : distinctPersons(indices);
      boolean large =
          indices.length >= minimumSamples && (persons.isEmpty() || people >= minimumPersons);
      sizes.add(
          new FairnessAudit.Group(
              entry.getKey(), indices.length, people, !large, intervals(indices, values)));
      if (large) {
        kept.add(entry.getKey());
      }
    }
    int[] used =
        IntStream.range(0, groups.size()).filter(i -> kept.contains(groups.get(i))).toArray();
    int[] group = Arrays.stream(used).map(i -> kept.indexOf(groups.get(i))).toArray();
    Function<int[], double[]> gaps =
        positions -> gaps(values, split(used, group, kept.size(), positions), aspects.size());
    double[] observed = gaps.apply(IntStream.range(0, used.length).toArray());
    Interval interval =
        used.length == 0
            ? new Interval(
                Double.NaN,
                Double.NaN,
                Double.NaN,
                bootstrap.level(),
                bootstrap.draws(),
                bootstrap.draws())
            : interval(used, positions -> measure.of(gaps.apply(positions)));
    return new FairnessAudit(
        measure, attribute, interval, aspects, doubles(observed), sizes, unknown);
  }

  private Interval interval(int[] used, ToDoubleFunction<int[]> figure) {
    return persons.isEmpty()
        ? bootstrap.interval(used.length, figure)
        : bootstrap.intervalOverClusters(
            Arrays.stream(used).mapToObj(persons::get).toList(), figure);
  }

  /** Values of one group, its own samples or persons being drawn again. */
  private List<Interval> intervals(int[] members, Function<int[], double[]> values) {
    Function<int[], double[]> ofPositions =
        positions -> values.apply(Arrays.stream(positions).map(p -> members[p]).toArray());
    return persons.isEmpty()
        ? bootstrap.intervals(members.length, ofPositions)
        : bootstrap.intervalsOverClusters(
            Arrays.stream(members).mapToObj(persons::get).toList(), ofPositions);
  }

  private Map<String, int[]> members() {
    Map<String, List<Integer>> lists = new TreeMap<>();
    for (int i = 0; i < groups.size(); i++) {
      lists.computeIfAbsent(groups.get(i), name -> new ArrayList<>()).add(i);
    }
    Map<String, int[]> members = new TreeMap<>();
    lists.forEach(
        (name, list) -> members.put(name, list.stream().mapToInt(Integer::intValue).toArray()));
    return members;
  }

  private long distinctPersons(int[] indices) {
    Set<String> names = new LinkedHashSet<>();
    for (int i : indices) {
      names.add(persons.get(i));
    }
    return names.size();
  }

  /** Sample indices of each kept group, from positions in the list of used samples. */
  private static int[][] split(int[] used, int[] group, int groupCount, int[] positions) {
    int[] sizes = new int[groupCount];
    for (int p : positions) {
      sizes[group[p]]++;
    }
    int[][] split = new int[groupCount][];
    for (int g = 0; g < groupCount; g++) {
      split[g] = new int[sizes[g]];
    }
    int[] next = new int[groupCount];
    for (int p : positions) {
      split[group[p]][next[group[p]]++] = used[p];
    }
    return split;
  }

  private static double[] gaps(Function<int[], double[]> values, int[][] split, int aspects) {
    double[] low = new double[aspects];
    double[] high = new double[aspects];
    int[] defined = new int[aspects];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (int[] indices : split) {
      double[] ofGroup = values.apply(indices);
      for (int a = 0; a < aspects; a++) {
        if (!Double.isNaN(ofGroup[a])) {
          low[a] = Math.min(low[a], ofGroup[a]);
          high[a] = Math.max(high[a], ofGroup[a]);
          defined[a]++;
        }
      }
    }
    return IntStream.range(0, aspects)
        .mapToDouble(a -> defined[a] < 2 ? Double.NaN : high[a] - low[a])
        .toArray();
  }

  private static List<Double> doubles(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
