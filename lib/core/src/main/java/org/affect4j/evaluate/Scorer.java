package org.affect4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Calibration;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.Fairness;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.Interval;

/** Computes all figures over one set of rows; for one use. */
final class Scorer {
  static final String EXPRESSION = "expression";
  static final String UNITS = "action units";
  static final String AFFECT = "valence-arousal";
  static final String COMPOUND = "compound";
  static final String FAIRNESS = "fairness";

  private static final int CALIBRATION_BINS = 15;
  private static final List<String> EXPRESSIONS =
      Expression.ALL.stream().map(Expression::label).toList();

  private final JudgedRows samples;
  private final int[] rows;
  private final ActionUnitThresholds thresholds;
  private final EvaluationOptions options;
  private final Set<String> notes;
  private final List<Measurement> figures = new ArrayList<>();

  /**
   * Prepares the computation.
   *
   * @param notes where remarks are added, each once
   */
  Scorer(
      JudgedRows samples,
      int[] rows,
      ActionUnitThresholds thresholds,
      EvaluationOptions options,
      Set<String> notes) {
    this.samples = samples;
    this.rows = rows;
    this.thresholds = thresholds;
    this.options = options;
    this.notes = notes;
  }

  Measurements score(String name) {
    Optional<ConfusionCounts> expressions = expressions();
    Optional<ActionUnitScores> units = units();
    int[] withValence = where(i -> samples.valence.get(i).isPresent());
    int[] withArousal = where(i -> samples.arousal.get(i).isPresent());
    Optional<Concordance> valence =
        affect("valence", withValence, samples.valence, samples.readValence);
    Optional<Concordance> arousal =
        affect("arousal", withArousal, samples.arousal, samples.readArousal);
    if (valence.isPresent() && arousal.isPresent()) {
      meanConcordance();
    }
    Optional<ConfusionCounts> compounds = compounds();
    List<FairnessAudit> fairness = fairness();
    return new Measurements(
        name,
        samples.coverage(rows),
        expressions,
        compounds,
        units,
        valence,
        arousal,
        fairness,
        figures);
  }

  private boolean isClassed(int i) {
    return samples.expression.get(i).isPresent() && samples.readExpression.get(i).isPresent();
  }

  private boolean isRated(int i) {
    return samples.valence.get(i).isPresent() && samples.arousal.get(i).isPresent();
  }

  private int[] where(IntPredicate wanted) {
    return Arrays.stream(rows).filter(wanted).toArray();
  }

  private List<Interval> intervals(int[] used, Function<int[], double[]> values) {
    Function<int[], double[]> ofPositions =
        positions -> values.apply(samples.pick(used, positions));
    return samples.personsAreNamed
        ? options.bootstrap().intervalsOverClusters(samples.persons(used), ofPositions)
        : options.bootstrap().intervals(used.length, ofPositions);
  }

  private void add(String task, String measure, String of, Interval value, long n, String note) {
    figures.add(new Measurement(task, measure, of, value, n, note));
  }

  /** A figure for which no interval is computed. */
  private void add(String task, String measure, String of, double value, long n) {
    Interval alone = new Interval(value, Double.NaN, Double.NaN, options.bootstrap().level(), 0, 0);
    add(task, measure, of, alone, n, "");
  }

  // ---- classes

  private Optional<ConfusionCounts> expressions() {
    int[] labelled = where(i -> samples.expression.get(i).isPresent());
    int[] used = where(this::isClassed);
    if (used.length == 0) {
      return Optional.empty();
    }
    ConfusionCounts counts =
        classes(EXPRESSION, EXPRESSIONS, used, samples.expression, samples.readExpression);
    if (used.length < labelled.length) {
      Interval all =
          intervals(
                  labelled,
                  indices ->
                      new double[] {
                        (double)
                                Arrays.stream(indices)
                                    .filter(
                                        i ->
                                            samples
                                                .expression
                                                .get(i)
                                                .equals(samples.readExpression.get(i)))
                                    .count()
                            / indices.length
                      })
              .get(0);
      add(
          EXPRESSION,
          "accuracy, unread faces counted as wrong",
          "",
          all,
          labelled.length,
          "%d of them unread".formatted(labelled.length - used.length));
    }
    double[][] probabilities = samples.pick(samples.probabilities, used);
    if (Arrays.stream(probabilities).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN)) {
      Calibration calibration =
          Calibration.ofClasses(
              samples.pickInts(samples.expression, used), probabilities, CALIBRATION_BINS);
      add(EXPRESSION, "expected calibration error", "", calibration.expectedError(), used.length);
    }
    return Optional.of(counts);
  }

  private Optional<ConfusionCounts> compounds() {
    int[] used =
        where(i -> samples.compound.get(i).isPresent() && samples.readCompound.get(i).isPresent());
    List<String> names = samples.categories.stream().map(CompoundExpression::label).toList();
    return used.length == 0
        ? Optional.empty()
        : Optional.of(classes(COMPOUND, names, used, samples.compound, samples.readCompound));
  }

  private ConfusionCounts classes(
      String task,
      List<String> names,
      int[] used,
      List<OptionalInt> truth,
      List<OptionalInt> read) {
    Function<int[], ConfusionCounts> count =
        indices ->
            ConfusionCounts.of(
                names, samples.pickInts(truth, indices), samples.pickInts(read, indices));
    int classes = names.size();
    List<Interval> all =
        intervals(
            used,
            indices -> {
              ConfusionCounts c = count.apply(indices);
              double[] values = new double[3 + 2 * classes];
              values[0] = c.accuracy();
              values[1] = c.macroF1();
              values[2] = c.unweightedAverageRecall();
              for (int k = 0; k < classes; k++) {
                boolean occurs = c.support(k) > 0;
                values[3 + k] = occurs ? c.f1(k) : Double.NaN;
                values[3 + classes + k] = occurs ? c.recall(k) : Double.NaN;
              }
              return values;
            });
    ConfusionCounts counts = count.apply(used);
    String absent =
        counts.absentClasses().isEmpty()
            ? ""
            : "never annotated: " + String.join(", ", counts.absentClasses());
    add(task, "accuracy", "", all.get(0), used.length, "");
    add(task, "macro F1", "", all.get(1), used.length, absent);
    add(task, "average recall", "", all.get(2), used.length, absent);
    for (int k = 0; k < classes; k++) {
      add(task, "F1", names.get(k), all.get(3 + k), counts.support(k), "");
    }
    for (int k = 0; k < classes; k++) {
      add(task, "recall", names.get(k), all.get(3 + classes + k), counts.support(k), "");
    }
    if (IntStream.range(0, classes).filter(k -> counts.predicted(k) > 0).count() == 1) {
      notes.add("%s: all predictions are the same class".formatted(task));
    }
    return counts;
  }

  // ---- action units

  private Optional<ActionUnitScores> units() {
    int[] used = where(samples::hasUnits);
    if (used.length == 0) {
      return Optional.empty();
    }
    ActionUnitScores scores =
        ActionUnitScores.of(
            ActionUnit.ALL,
            samples.pick(samples.units, used),
            samples.pick(samples.readUnits, used),
            thresholds);
    List<Interval> all = intervals(used, this::unitFigures);
    List<String> never = new ArrayList<>();
    add(UNITS, "mean F1", "", all.get(ActionUnit.COUNT), used.length, "");
    add(UNITS, "mean accuracy", "", all.get(ActionUnit.COUNT + 1), used.length, "");
    add(UNITS, "mean area under the curve", "", scores.meanAreaUnderCurve(), used.length);
    for (ActionUnitScores.Unit unit : scores.units()) {
      if (unit.score().annotated() > 0) {
        add(
            UNITS,
            "F1",
            unit.unit().label(),
            all.get(unit.unit().ordinal()),
            unit.score().annotated(),
            "%d active; threshold %s".formatted(unit.score().positives(), unit.threshold()));
        if (unit.score().positives() == 0) {
          never.add(unit.unit().label());
        }
      }
    }
    for (ActionUnitScores.Unit unit : scores.units()) {
      if (!Double.isNaN(unit.areaUnderCurve())) {
        add(
            UNITS,
            "area under the curve",
            unit.unit().label(),
            unit.areaUnderCurve(),
            unit.score().annotated());
      }
    }
    if (!never.isEmpty()) {
      notes.add(
          "action units: %s never active in the labels; their F1 of 0 counts in the mean"
              .formatted(String.join(", ", never)));
    }
    return Optional.of(scores);
  }

  /** F1 of each unit, then the means of F1 and accuracy over the annotated units. */
  private double[] unitFigures(int[] indices) {
    int n = ActionUnit.COUNT;
    int[] annotated = new int[n];
    int[] positives = new int[n];
    int[] found = new int[n];
    int[] hits = new int[n];
    double[] limits = ActionUnit.ALL.stream().mapToDouble(thresholds::of).toArray();
    for (int i : indices) {
      double[] labels = samples.units[i];
      for (int u = 0; u < n; u++) {
        if (!Double.isNaN(labels[u])) {
          boolean read = samples.readUnits[i][u] >= limits[u];
          annotated[u]++;
          positives[u] += labels[u] == 1 ? 1 : 0;
          found[u] += read ? 1 : 0;
          hits[u] += read && labels[u] == 1 ? 1 : 0;
        }
      }
    }
    double[] values = new double[n + 2];
    int used = 0;
    for (int u = 0; u < n; u++) {
      int cases = positives[u] + found[u];
      values[u] = annotated[u] == 0 ? Double.NaN : cases == 0 ? 0 : 2.0 * hits[u] / cases;
      if (annotated[u] > 0) {
        used++;
        values[n] += values[u];
        values[n + 1] += (annotated[u] - cases + 2.0 * hits[u]) / annotated[u];
      }
    }
    values[n] = used == 0 ? Double.NaN : values[n] / used;
    values[n + 1] = used == 0 ? Double.NaN : values[n + 1] / used;
    return values;
  }

  // ---- valence and arousal

  private Optional<Concordance> affect(
      String name, int[] used, List<OptionalDouble> truth, List<OptionalDouble> read) {
    if (used.length == 0) {
      return Optional.empty();
    }
    Function<int[], Concordance> compare =
        indices -> Concordance.of(samples.pick(truth, indices), samples.pick(read, indices));
    List<Interval> all =
        intervals(
            used,
            indices -> {
              Concordance c = compare.apply(indices);
              return new double[] {
                c.ccc(), c.pearson(), Math.sqrt(c.mse()), c.mae(), c.signAgreement()
              };
            });
    String constant = constant(name, samples.pick(truth, used), samples.pick(read, used));
    add(AFFECT, "CCC", name, all.get(0), used.length, constant);
    add(AFFECT, "Pearson", name, all.get(1), used.length, constant);
    add(AFFECT, "root mean squared error", name, all.get(2), used.length, "");
    add(AFFECT, "mean absolute error", name, all.get(3), used.length, "");
    add(AFFECT, "sign agreement", name, all.get(4), used.length, "");
    return Optional.of(compare.apply(used));
  }

  private String constant(String name, double[] truth, double[] read) {
    boolean label = Arrays.stream(truth).distinct().count() == 1;
    boolean prediction = Arrays.stream(read).distinct().count() == 1;
    if (!label && !prediction) {
      return "";
    }
    String which =
        label && prediction ? "labels and predictions" : label ? "labels" : "predictions";
    String note =
        "all %s of %s are the same number, so that correlation is not defined and CCC says nothing"
            .formatted(which, name);
    notes.add(note);
    return note;
  }

  private void meanConcordance() {
    int[] used = where(this::isRated);
    if (used.length == 0) {
      return;
    }
    Interval mean =
        intervals(
                used,
                indices ->
                    new double[] {
                      (ccc(samples.valence, samples.readValence, indices)
                              + ccc(samples.arousal, samples.readArousal, indices))
                          / 2
                    })
            .get(0);
    add(AFFECT, "mean CCC", "", mean, used.length, "");
  }

  private double ccc(List<OptionalDouble> truth, List<OptionalDouble> read, int[] indices) {
    return Concordance.of(samples.pick(truth, indices), samples.pick(read, indices)).ccc();
  }

  // ---- fairness

  private List<FairnessAudit> fairness() {
    List<FairnessAudit> audits = new ArrayList<>();
    for (String attribute : options.attributes().orElse(EvaluationOptions.ATTRIBUTES)) {
      if (!samples.hasColumn(attribute)) {
        if (options.attributes().isPresent()) {
          throw new IllegalArgumentException(
              "the table has no column '%s' to compare groups by; add it, or name another"
                  .formatted(attribute));
        }
        continue;
      }
      Set<String> groups = new LinkedHashSet<>(samples.groups(attribute, rows));
      groups.remove("");
      if (groups.size() < 2) {
        if (options.attributes().isPresent() || groups.size() == 1) {
          notes.add("fairness: '%s' has the groups %s only".formatted(attribute, groups));
        }
        continue;
      }
      audit(attribute, audits);
    }
    for (FairnessAudit audit : audits) {
      String measure = audit.measure().name();
      long compared =
          audit.groups().stream()
              .filter(g -> !g.leftOut())
              .mapToLong(FairnessAudit.Group::samples)
              .sum();
      add(FAIRNESS, measure, audit.attribute(), audit.gap(), compared, audit.verdictLabel());
      for (FairnessAudit.Group group : audit.groups()) {
        for (int a = 0; a < audit.aspects().size(); a++) {
          Interval value = group.intervals().get(a);
          if (!Double.isNaN(value.estimate())) {
            String of =
                "%s=%s, %s".formatted(audit.attribute(), group.name(), audit.aspects().get(a));
            String small = group.leftOut() ? "group too small to be compared" : "";
            add(FAIRNESS, measure + " value", of, value, group.samples(), small);
          }
        }
        if (group.leftOut()) {
          notes.add(
              "fairness: group '%s' of %s is too small and was left out (%d samples%s)"
                  .formatted(
                      group.name(),
                      audit.attribute(),
                      group.samples(),
                      group.persons() == 0 ? "" : ", %d persons".formatted(group.persons())));
        }
      }
    }
    return audits;
  }

  private void audit(String attribute, List<FairnessAudit> audits) {
    int[] classed = where(this::isClassed);
    if (classed.length > 0) {
      audits.add(
          by(attribute, classed)
              .expressions(
                  EXPRESSIONS,
                  samples.pickInts(samples.expression, classed),
                  samples.pickInts(samples.readExpression, classed)));
    }
    int[] coded = where(samples::hasUnits);
    if (coded.length > 0) {
      audits.add(
          by(attribute, coded)
              .actionUnits(
                  ActionUnit.ALL,
                  samples.pick(samples.units, coded),
                  samples.pick(samples.readUnits, coded),
                  thresholds));
    }
    int[] rated = where(this::isRated);
    if (rated.length > 0) {
      audits.add(
          by(attribute, rated)
              .valenceArousal(
                  samples.pick(samples.valence, rated),
                  samples.pick(samples.readValence, rated),
                  samples.pick(samples.arousal, rated),
                  samples.pick(samples.readArousal, rated)));
    }
  }

  private Fairness by(String attribute, int[] used) {
    Fairness fairness =
        Fairness.by(attribute, samples.groups(attribute, used))
            .withBootstrap(options.bootstrap())
            .withMinimum(options.minimumSamples(), options.minimumPersons());
    return samples.personsAreNamed ? fairness.withPersons(samples.persons(used)) : fairness;
  }
}
