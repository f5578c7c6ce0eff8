package org.affect4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelScorer;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;

/** Computes all figures over one set of rows; for one use. */
final class Scorer {
  private static final List<String> EXPRESSIONS =
      Expression.ALL.stream().map(Expression::label).toList();
  private static final Set<LabelMetrics> CORRELATIONS =
      Set.of(LabelMetrics.CCC, LabelMetrics.PEARSON);

  private final JudgedRows samples;
  private final int[] rows;
  private final ActionUnitThresholds thresholds;
  private final EvaluationOptions options;
  private final LabelScorer scorer;
  private final Set<String> notes;
  private final List<Measurement> figures = new ArrayList<>();

  /**
   * Prepares the computation.
   *
   * @param scorer gives intervals or none
   * @param notes where remarks are added, each once
   */
  Scorer(
      JudgedRows samples,
      int[] rows,
      ActionUnitThresholds thresholds,
      EvaluationOptions options,
      LabelScorer scorer,
      Set<String> notes) {
    this.samples = samples;
    this.rows = rows;
    this.thresholds = thresholds;
    this.options = options;
    this.scorer = scorer;
    this.notes = notes;
  }

  Measurements score(String name) {
    Optional<ConfusionCounts> expressions = expressions();
    Optional<ActionUnitScores> units = units();
    Optional<Concordance> valence = concordance(0);
    Optional<Concordance> arousal = concordance(1);
    affect(valence.isPresent() && arousal.isPresent());
    Optional<ConfusionCounts> compounds =
        classes(
            LabelTask.COMPOUND,
            samples.categories.stream().map(CompoundExpression::label).toList(),
            where(samples::hasCompound),
            samples.compound,
            samples.readCompound);
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

  private int[] where(IntPredicate wanted) {
    return Arrays.stream(rows).filter(wanted).toArray();
  }

  /** Scores these rows; whole persons are drawn where persons are named. */
  private LabelScorer scorer(int[] used) {
    return samples.personsAreNamed ? scorer.withPersons(samples.persons(used)) : scorer;
  }

  // ---- classes

  private Optional<ConfusionCounts> expressions() {
    int[] labelled = where(i -> samples.expression[i] >= 0);
    int[] used = where(samples::hasExpression);
    Optional<ConfusionCounts> counts =
        classes(
            LabelTask.EXPRESSION, EXPRESSIONS, used, samples.expression, samples.readExpression);
    if (used.length == 0) {
      return counts;
    }
    if (used.length < labelled.length) {
      int[] right =
          Arrays.stream(labelled)
              .map(i -> samples.expression[i] == samples.readExpression[i] ? 1 : 0)
              .toArray();
      figures.add(
          scorer(labelled)
              .measure(
                  LabelTask.EXPRESSION,
                  LabelMetrics.ACCURACY_UNREAD_WRONG,
                  "",
                  labelled.length,
                  drawn -> (double) Arrays.stream(drawn).map(i -> right[i]).sum() / drawn.length)
              .noted("%d of them unread".formatted(labelled.length - used.length)));
    }
    double[][] probabilities = samples.pick(samples.probabilities, used);
    if (Arrays.stream(probabilities).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN)) {
      Calibration calibration =
          Calibration.ofClasses(
              samples.pick(samples.expression, used), probabilities, LabelScorer.CALIBRATION_BINS);
      figures.add(
          LabelScorer.withoutIntervals()
              .measure(
                  LabelTask.EXPRESSION,
                  LabelMetrics.CALIBRATION_ERROR,
                  "",
                  used.length,
                  drawn -> calibration.expectedError()));
      // Ranks of all rows for every draw would take many times as long as everything else.
      figures.add(
          LabelScorer.withoutIntervals()
              .areaOfClasses(
                  LabelTask.EXPRESSION, samples.pick(samples.expression, used), probabilities));
      new VoteScorer(samples, used, this::scorer).addTo(figures);
    }
    return counts;
  }

  private Optional<ConfusionCounts> classes(
      LabelTask task, List<String> names, int[] used, int[] labels, int[] predictions) {
    if (used.length == 0) {
      return Optional.empty();
    }
    int[] truth = samples.pick(labels, used);
    int[] read = samples.pick(predictions, used);
    figures.addAll(
        scorer(used)
            .classes(
                task,
                names,
                truth,
                read,
                LabelMetrics.ACCURACY,
                LabelMetrics.MACRO_F1,
                LabelMetrics.AVERAGE_RECALL,
                LabelMetrics.F1,
                LabelMetrics.RECALL));
    if (Arrays.stream(read).distinct().count() == 1) {
      notes.add("%s: all predictions are the same class".formatted(task.label()));
    }
    return Optional.of(ConfusionCounts.of(names, truth, read));
  }

  // ---- action units

  private Optional<ActionUnitScores> units() {
    int[] used = where(samples::hasUnits);
    if (used.length == 0) {
      return Optional.empty();
    }
    double[][] labels = samples.pick(samples.units, used);
    double[][] read = samples.pick(samples.readUnits, used);
    ActionUnitScores scores = ActionUnitScores.of(ActionUnit.ALL, labels, read, thresholds);
    List<String> names = ActionUnit.ALL.stream().map(ActionUnit::label).toList();
    double[] limits = ActionUnit.ALL.stream().mapToDouble(thresholds::of).toArray();
    scorer(used)
        .answers(
            LabelTask.ACTION_UNITS,
            names,
            labels,
            read,
            limits,
            LabelMetrics.F1,
            LabelMetrics.ACCURACY)
        .stream()
        .filter(f -> f.of().isEmpty() || f.metric() == LabelMetrics.F1)
        .forEach(figures::add);
    // Ranks of all rows for every draw would take many times as long as everything else.
    LabelScorer.withoutIntervals()
        .answers(LabelTask.ACTION_UNITS, names, labels, read, limits, LabelMetrics.AREA_UNDER_CURVE)
        .stream()
        .filter(f -> !f.value().isUndefined())
        .map(f -> f.noted(""))
        .forEach(figures::add);
    List<String> never =
        scores.units().stream()
            .filter(u -> u.score().annotated() > 0 && u.score().positives() == 0)
            .map(u -> u.unit().label())
            .toList();
    if (!never.isEmpty()) {
      notes.add(
          "action units: %s never active in the labels; their F1 of 0 counts in the mean"
              .formatted(String.join(", ", never)));
    }
    return Optional.of(scores);
  }

  // ---- valence and arousal

  private Optional<Concordance> concordance(int dimension) {
    int[] used = rated(dimension);
    return used.length == 0
        ? Optional.empty()
        : Optional.of(
            Concordance.of(
                samples.pick(samples.affect, dimension, used),
                samples.pick(samples.readAffect, dimension, used)));
  }

  private int[] rated(int dimension) {
    return where(i -> !Double.isNaN(samples.affect[i][dimension]));
  }

  private void affect(boolean both) {
    int[] used = where(i -> !Arrays.stream(samples.affect[i]).allMatch(Double::isNaN));
    if (used.length == 0) {
      return;
    }
    List<String> constants = List.of(constant(0), constant(1));
    scorer(used)
        .numbers(
            LabelTask.VALENCE_AROUSAL,
            JudgedRows.AFFECT,
            samples.pick(samples.affect, used),
            samples.pick(samples.readAffect, used),
            LabelMetrics.CCC,
            LabelMetrics.PEARSON,
            LabelMetrics.ROOT_MEAN_SQUARED_ERROR,
            LabelMetrics.MEAN_ABSOLUTE_ERROR,
            LabelMetrics.SIGN_AGREEMENT)
        .stream()
        .filter(f -> !f.of().isEmpty() || both && f.metric() == LabelMetrics.CCC)
        .map(
            f ->
                !f.of().isEmpty() && CORRELATIONS.contains(f.metric())
                    ? f.noted(constants.get(JudgedRows.AFFECT.indexOf(f.of())))
                    : f)
        .forEach(figures::add);
  }

  private String constant(int dimension) {
    int[] known = rated(dimension);
    boolean label = isOneNumber(samples.pick(samples.affect, dimension, known));
    boolean prediction = isOneNumber(samples.pick(samples.readAffect, dimension, known));
    if (!label && !prediction) {
      return "";
    }
    String which =
        label && prediction ? "labels and predictions" : label ? "labels" : "predictions";
    String note =
        "all %s of %s are the same number, so that correlation is not defined and CCC says nothing"
            .formatted(which, JudgedRows.AFFECT.get(dimension));
    notes.add(note);
    return note;
  }

  private static boolean isOneNumber(double[] values) {
    return Arrays.stream(values).distinct().count() == 1;
  }

  // ---- fairness

  private List<FairnessAudit> fairness() {
    List<FairnessAudit> audits =
        options.attributes().orElse(EvaluationOptions.ATTRIBUTES).stream()
            .filter(this::hasGroups)
            .flatMap(this::audits)
            .toList();
    audits.forEach(this::measure);
    return audits;
  }

  private boolean hasGroups(String attribute) {
    boolean asked = options.attributes().isPresent();
    if (!samples.hasColumn(attribute)) {
      if (asked) {
        throw new IllegalArgumentException(
            "the table has no column '%s' to compare groups by; add it, or name another"
                .formatted(attribute));
      }
      return false;
    }
    Set<String> groups = new LinkedHashSet<>(samples.groups(attribute, rows));
    groups.remove("");
    if (groups.size() < 2 && (asked || groups.size() == 1)) {
      notes.add("fairness: '%s' has the groups %s only".formatted(attribute, groups));
    }
    return groups.size() > 1;
  }

  private Stream<FairnessAudit> audits(String attribute) {
    return Stream.of(
            audit(
                attribute,
                where(samples::hasExpression),
                (by, used) ->
                    by.expressions(
                        EXPRESSIONS,
                        samples.pick(samples.expression, used),
                        samples.pick(samples.readExpression, used))),
            audit(
                attribute,
                where(samples::hasUnits),
                (by, used) ->
                    by.actionUnits(
                        ActionUnit.ALL,
                        samples.pick(samples.units, used),
                        samples.pick(samples.readUnits, used),
                        thresholds)),
            audit(
                attribute,
                where(samples::hasAffect),
                (by, used) ->
                    by.valenceArousal(
                        samples.pick(samples.affect, 0, used),
                        samples.pick(samples.readAffect, 0, used),
                        samples.pick(samples.affect, 1, used),
                        samples.pick(samples.readAffect, 1, used))))
        .flatMap(Optional::stream);
  }

  private Optional<FairnessAudit> audit(
      String attribute, int[] used, BiFunction<Fairness, int[], FairnessAudit> audit) {
    if (used.length == 0) {
      return Optional.empty();
    }
    Fairness fairness =
        Fairness.by(attribute, samples.groups(attribute, used)).withBootstrap(options.bootstrap());
    return Optional.of(
        audit.apply(
            samples.personsAreNamed ? fairness.withPersons(samples.persons(used)) : fairness,
            used));
  }

  private void measure(FairnessAudit audit) {
    long compared =
        audit.groups().stream()
            .filter(g -> !g.leftOut())
            .mapToLong(FairnessAudit.Group::samples)
            .sum();
    String attribute = audit.attribute();
    add(LabelMetrics.FAIRNESS_GAP, audit, attribute, audit.gap(), compared, audit.verdictLabel());
    for (FairnessAudit.Group group : audit.groups()) {
      String small = group.leftOut() ? "group too small to be compared" : "";
      IntStream.range(0, audit.aspects().size())
          .filter(a -> !group.intervals().get(a).isUndefined())
          .forEach(
              a ->
                  add(
                      LabelMetrics.GROUP_VALUE,
                      audit,
                      "%s=%s, %s".formatted(attribute, group.name(), audit.aspects().get(a)),
                      group.intervals().get(a),
                      group.samples(),
                      small));
      if (group.leftOut()) {
        notes.add(
            "fairness: group '%s' of %s is too small and was left out (%d samples%s)"
                .formatted(
                    group.name(),
                    attribute,
                    group.samples(),
                    group.persons() == 0 ? "" : ", %d persons".formatted(group.persons())));
      }
    }
  }

  private void add(
      LabelMetrics metric, FairnessAudit audit, String of, Interval value, long n, String note) {
    String measure = audit.measure().name();
    figures.add(new Measurement(LabelTask.FAIRNESS, metric, of, measure, value, n, note));
  }
}
