package org.affect4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
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
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelScorer;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;

/** Computes all figures over one set of rows; for one use. */
final class Scorer {
  private static final List<String> AFFECT = List.of("valence", "arousal");
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
    List<Optional<Concordance>> affect = affect();
    Optional<ConfusionCounts> compounds = compounds();
    List<FairnessAudit> fairness = fairness();
    return new Measurements(
        name,
        samples.coverage(rows),
        expressions,
        compounds,
        units,
        affect.get(0),
        affect.get(1),
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

  /** Scores these rows; whole persons are drawn where persons are named. */
  private LabelScorer scorer(int[] used) {
    LabelScorer scorer = LabelScorer.of(options.bootstrap());
    return samples.personsAreNamed ? scorer.withPersons(samples.persons(used)) : scorer;
  }

  // ---- classes

  private Optional<ConfusionCounts> expressions() {
    int[] labelled = where(i -> samples.expression.get(i).isPresent());
    int[] used = where(this::isClassed);
    if (used.length == 0) {
      return Optional.empty();
    }
    int[] truth = samples.pickInts(samples.expression, used);
    ConfusionCounts counts =
        classes(
            LabelTask.EXPRESSION,
            EXPRESSIONS,
            used,
            truth,
            samples.pickInts(samples.readExpression, used));
    if (used.length < labelled.length) {
      figures.add(
          scorer(labelled)
              .measure(
                  LabelTask.EXPRESSION,
                  LabelMetrics.ACCURACY_UNREAD_WRONG,
                  "",
                  labelled.length,
                  drawn ->
                      (double) Arrays.stream(drawn).filter(i -> isRight(labelled[i])).count()
                          / drawn.length)
              .noted("%d of them unread".formatted(labelled.length - used.length)));
    }
    double[][] probabilities = samples.pick(samples.probabilities, used);
    if (Arrays.stream(probabilities).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN)) {
      Calibration calibration =
          Calibration.ofClasses(truth, probabilities, LabelScorer.CALIBRATION_BINS);
      figures.add(
          LabelScorer.withoutIntervals()
              .measure(
                  LabelTask.EXPRESSION,
                  LabelMetrics.CALIBRATION_ERROR,
                  "",
                  used.length,
                  drawn -> calibration.expectedError()));
    }
    return Optional.of(counts);
  }

  private boolean isRight(int i) {
    return samples.expression.get(i).equals(samples.readExpression.get(i));
  }

  private Optional<ConfusionCounts> compounds() {
    int[] used =
        where(i -> samples.compound.get(i).isPresent() && samples.readCompound.get(i).isPresent());
    List<String> names = samples.categories.stream().map(CompoundExpression::label).toList();
    return used.length == 0
        ? Optional.empty()
        : Optional.of(
            classes(
                LabelTask.COMPOUND,
                names,
                used,
                samples.pickInts(samples.compound, used),
                samples.pickInts(samples.readCompound, used)));
  }

  private ConfusionCounts classes(
      LabelTask task, List<String> names, int[] used, int[] truth, int[] read) {
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
    ConfusionCounts counts = ConfusionCounts.of(names, truth, read);
    if (IntStream.range(0, names.size()).filter(k -> counts.predicted(k) > 0).count() == 1) {
      notes.add("%s: all predictions are the same class".formatted(task.label()));
    }
    return counts;
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
        .filter(f -> !Double.isNaN(f.value().estimate()))
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

  /** Concordance of valence and of arousal. */
  private List<Optional<Concordance>> affect() {
    int[] used =
        where(i -> samples.valence.get(i).isPresent() || samples.arousal.get(i).isPresent());
    double[][] truth = pairs(samples.valence, samples.arousal, used);
    double[][] read = pairs(samples.readValence, samples.readArousal, used);
    List<Optional<Concordance>> all = new ArrayList<>();
    List<String> constants = new ArrayList<>();
    for (int d = 0; d < AFFECT.size(); d++) {
      int dimension = d;
      double[] labels = Arrays.stream(truth).mapToDouble(t -> t[dimension]).toArray();
      double[] found = Arrays.stream(read).mapToDouble(t -> t[dimension]).toArray();
      boolean any = Arrays.stream(labels).anyMatch(v -> !Double.isNaN(v));
      all.add(any ? Optional.of(Concordance.ofAnnotated(labels, found)) : Optional.empty());
      constants.add(any ? constant(AFFECT.get(d), labels, found) : "");
    }
    if (used.length > 0) {
      boolean both = all.stream().allMatch(Optional::isPresent);
      scorer(used)
          .numbers(
              LabelTask.VALENCE_AROUSAL,
              AFFECT,
              truth,
              read,
              LabelMetrics.CCC,
              LabelMetrics.PEARSON,
              LabelMetrics.ROOT_MEAN_SQUARED_ERROR,
              LabelMetrics.MEAN_ABSOLUTE_ERROR,
              LabelMetrics.SIGN_AGREEMENT)
          .stream()
          .filter(f -> !f.of().isEmpty() || both && f.metric() == LabelMetrics.CCC)
          .map(f -> isCorrelation(f) ? f.noted(constants.get(AFFECT.indexOf(f.of()))) : f)
          .forEach(figures::add);
    }
    return all;
  }

  private static boolean isCorrelation(Measurement f) {
    return !f.of().isEmpty()
        && (f.metric() == LabelMetrics.CCC || f.metric() == LabelMetrics.PEARSON);
  }

  private static double[][] pairs(
      List<OptionalDouble> valence, List<OptionalDouble> arousal, int[] used) {
    return Arrays.stream(used)
        .mapToObj(
            i ->
                new double[] {valence.get(i).orElse(Double.NaN), arousal.get(i).orElse(Double.NaN)})
        .toArray(double[][]::new);
  }

  private String constant(String name, double[] truth, double[] read) {
    int[] known = IntStream.range(0, truth.length).filter(i -> !Double.isNaN(truth[i])).toArray();
    boolean label = Arrays.stream(known).mapToDouble(i -> truth[i]).distinct().count() == 1;
    boolean prediction = Arrays.stream(known).mapToDouble(i -> read[i]).distinct().count() == 1;
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
      add(
          LabelMetrics.FAIRNESS_GAP,
          measure,
          audit.attribute(),
          audit.gap(),
          compared,
          audit.verdictLabel());
      for (FairnessAudit.Group group : audit.groups()) {
        for (int a = 0; a < audit.aspects().size(); a++) {
          Interval value = group.intervals().get(a);
          if (!Double.isNaN(value.estimate())) {
            String of =
                "%s=%s, %s".formatted(audit.attribute(), group.name(), audit.aspects().get(a));
            String small = group.leftOut() ? "group too small to be compared" : "";
            add(LabelMetrics.GROUP_VALUE, measure, of, value, group.samples(), small);
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

  private void add(
      LabelMetrics metric, String measure, String of, Interval value, long n, String note) {
    figures.add(new Measurement(LabelTask.FAIRNESS, metric, of, measure, value, n, note));
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
