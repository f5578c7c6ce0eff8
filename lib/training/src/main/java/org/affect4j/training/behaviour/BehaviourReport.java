package org.affect4j.training.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.evaluate.Measurement;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.face.ValenceArousal;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Calibration;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.Interval;
import org.affect4j.metric.MetricResult;
import org.affect4j.model.ModelStore;
import org.affect4j.training.batch.CropSet;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Behaviour networks measured side by side on the same faces, as the library's users run them.
 *
 * <p>On faces labelled with expressions: accuracy, F1 and calibration of the expressions, with one
 * view and with the mirror image too, and without the faces that could be learned from; whether
 * units tell expressions apart that they should; valence and arousal against the positions of the
 * expressions in the circumplex. On rendered faces: correlation of each unit's probability with its
 * exact strength, expected calibration error, F1 and area under the curve of its presence.
 *
 * <p>Intervals resample rendered persons, and photos where no persons are known. Those of the
 * expected calibration error lie too high and may leave out the figure itself: a resample has fewer
 * different faces, so that its bins are noisier, and noise only adds to this error. Immutable.
 */
public final class BehaviourReport implements MetricResult {
  private static final int BINS = 15;
  private static final double THRESHOLD = .5;
  private static final List<String> CLASSES =
      Expression.ALL.stream().map(Expression::label).toList();
  private static final List<String> UNIT_MEASURES =
      List.of(
          "correlation with strength",
          "expected calibration error",
          "F1 at .5",
          "area under the curve");
  private final List<String> labels;
  private final List<List<Line>> columns;

  private BehaviourReport(List<String> labels, List<List<Line>> columns) {
    this.labels = List.copyOf(labels);
    this.columns = columns.stream().map(List::copyOf).toList();
  }

  /**
   * A network to measure.
   *
   * @param label what its column is called
   * @param store where it is
   * @param name its name there
   */
  public record Network(String label, ModelStore store, String name) {}

  /**
   * One number of one network.
   *
   * @param faces on which faces
   * @param figure the number, its interval, and how many faces are behind it
   */
  public record Line(String faces, Measurement figure) {}

  /**
   * Measures networks.
   *
   * @param networks the networks, all labels different
   * @param expressions faces to judge expressions by
   * @param units rendered faces; the measuring half is used
   * @param bootstrap draws, level and seed of the intervals
   * @param progress hears of the faces read
   * @return the figures
   * @throws IllegalArgumentException if there is nothing to measure or nothing to measure with, or
   *     labels repeat
   */
  public static BehaviourReport of(
      List<Network> networks,
      Optional<BehaviourData.ExpressionTest> expressions,
      Optional<BehaviourData.UnitValidation> units,
      Bootstrap bootstrap,
      ProgressListener progress) {
    List<String> labels = networks.stream().map(Network::label).toList();
    if (labels.isEmpty() || Set.copyOf(labels).size() < labels.size()) {
      throw new IllegalArgumentException(
          "a report needs networks with different labels, got " + labels);
    }
    if (expressions.isEmpty() && units.isEmpty()) {
      throw new IllegalArgumentException("a report needs faces with expressions or with units");
    }
    List<List<Line>> columns = new ArrayList<>();
    for (Network network : networks) {
      Work work = new Work(bootstrap);
      if (expressions.isPresent()) {
        BehaviourData.ExpressionTest test = expressions.get();
        Predictions one = work.read(network, false, test.faces(), progress);
        work.expressions("one view", one, test);
        work.crossings(one);
        work.affect(one);
        work.expressions("two views", work.read(network, true, test.faces(), progress), test);
      }
      if (units.isPresent()) {
        CropSet set = units.get().measuring();
        work.units(work.read(network, false, set, progress), units.get().persons());
      }
      columns.add(work.lines);
    }
    return new BehaviourReport(labels, columns);
  }

  /** The figures of one network under way. */
  private static final class Work {
    private final Bootstrap bootstrap;
    private final List<Line> lines = new ArrayList<>();

    Work(Bootstrap bootstrap) {
      this.bootstrap = bootstrap;
    }

    Predictions read(Network network, boolean flip, CropSet set, ProgressListener progress) {
      BehaviourOptions options = BehaviourOptions.defaults().withFlipAveraging(flip);
      try (BehaviourModel model =
          BehaviourModel.open(network.store(), network.name(), options, 1)) {
        return Predictions.of(model, set, progress);
      }
    }

    private void add(
        String faces, String task, String measure, String of, Interval value, long n, String note) {
      lines.add(new Line(faces, new Measurement(task, measure, of, value, n, note)));
    }

    // ---- expressions

    void expressions(String views, Predictions read, BehaviourData.ExpressionTest test) {
      CropSet set = test.faces();
      int[] all = IntStream.range(0, set.size()).toArray();
      int[] unique = IntStream.of(all).filter(i -> !test.leaked().contains(set.name(i))).toArray();
      expressions(set.name() + ", " + views, read, all);
      if (unique.length > 0 && unique.length < all.length) {
        expressions(set.name() + " without duplicates, " + views, read, unique);
      }
    }

    private void expressions(String faces, Predictions read, int[] rows) {
      int[] labelled = labelled(read.set(), Set.copyOf(Expression.ALL), rows);
      if (labelled.length == 0) {
        throw new IllegalArgumentException(read.set() + " has no labels of expressions");
      }
      int[] truth = pick(labelled, i -> label(read.set(), i).ordinal());
      double[][] probabilities = read.expressions();
      int[] found = pick(labelled, i -> best(probabilities[i]));
      List<Interval> values =
          bootstrap.intervals(
              labelled.length,
              drawn -> {
                int[] t = pick(drawn, i -> truth[i]);
                ConfusionCounts counts = ConfusionCounts.of(CLASSES, t, pick(drawn, i -> found[i]));
                double[][] p =
                    Arrays.stream(drawn)
                        .mapToObj(i -> probabilities[labelled[i]])
                        .toArray(double[][]::new);
                double[] all = new double[3 + CLASSES.size()];
                all[0] = counts.accuracy();
                all[1] = counts.macroF1();
                all[2] = Calibration.ofClasses(t, p, BINS).expectedError();
                for (int c = 0; c < CLASSES.size(); c++) {
                  all[3 + c] = counts.support(c) == 0 ? Double.NaN : counts.f1(c);
                }
                return all;
              });
      long n = labelled.length;
      add(faces, "expression", "accuracy", "", values.get(0), n, "");
      add(faces, "expression", "macro F1", "", values.get(1), n, "");
      add(faces, "expression", "expected calibration error", "", values.get(2), n, "");
      for (int c = 0; c < CLASSES.size(); c++) {
        int which = c;
        long support = Arrays.stream(truth).filter(t -> t == which).count();
        add(faces, "expression", "F1", CLASSES.get(c), values.get(3 + c), support, "");
      }
    }

    private static int best(double[] probabilities) {
      int best = 0;
      for (int k = 1; k < probabilities.length; k++) {
        best = probabilities[k] > probabilities[best] ? k : best;
      }
      return best;
    }

    // ---- units and affect on faces labelled with expressions

    void crossings(Predictions read) {
      double[][] units = read.units();
      for (UnitCrossing crossing : UnitCrossing.ALL) {
        int[] shown = labelled(read.set(), crossing.shown());
        int[] others = labelled(read.set(), crossing.others());
        if (shown.length == 0 || others.length == 0) {
          continue;
        }
        int[] both = IntStream.concat(IntStream.of(shown), IntStream.of(others)).sorted().toArray();
        List<Expression> truth = IntStream.of(both).mapToObj(i -> label(read.set(), i)).toList();
        Interval value =
            bootstrap.interval(
                both.length,
                drawn ->
                    crossing.areaUnderCurve(
                        IntStream.of(drawn).mapToObj(truth::get).toList(),
                        IntStream.of(drawn)
                            .mapToObj(i -> units[both[i]])
                            .toArray(double[][]::new)));
        add(
            read.set().name() + ", one view",
            "action units",
            "area under the curve",
            crossing.question(),
            value,
            both.length,
            "%d against %d".formatted(shown.length, others.length));
      }
    }

    void affect(Predictions read) {
      int[] rows = labelled(read.set(), Set.copyOf(Expression.ALL));
      affect(read, rows, "valence", 0, ValenceArousal::valence);
      affect(read, rows, "arousal", 1, ValenceArousal::arousal);
    }

    private void affect(
        Predictions read,
        int[] rows,
        String name,
        int which,
        ToDoubleFunction<ValenceArousal> position) {
      double[] truth =
          values(rows, i -> position.applyAsDouble(CircumplexPrior.of(label(read.set(), i))));
      double[][] said = read.affect();
      double[] found = values(rows, i -> said[i][which]);
      List<Interval> values =
          bootstrap.intervals(
              rows.length,
              drawn -> {
                Concordance c =
                    Concordance.of(values(drawn, i -> truth[i]), values(drawn, i -> found[i]));
                return new double[] {c.ccc(), c.pearson()};
              });
      String faces = read.set().name() + ", one view";
      String note = "against the circumplex position of the label";
      add(faces, "valence-arousal", "CCC", name, values.get(0), rows.length, note);
      add(faces, "valence-arousal", "Pearson", name, values.get(1), rows.length, note);
    }

    // ---- units on rendered faces

    void units(Predictions read, List<String> persons) {
      int units = ActionUnit.COUNT;
      int measures = UNIT_MEASURES.size();
      int[] all = IntStream.range(0, read.set().size()).toArray();
      double from = EvaluationOptions.ACTIVE_FROM;
      double[][] truth = new double[units][];
      double[][] score = new double[units][];
      for (int u = 0; u < units; u++) {
        truth[u] = read.unitLabels(u, from, all);
        score[u] = read.unitScores(u, all);
      }
      Function<int[], double[]> figures =
          drawn -> {
            double[] values = new double[measures * (units + 1) + 1];
            for (int u = 0; u < units; u++) {
              ActionUnitScores.Unit presence = presence(truth[u], score[u], drawn);
              values[u * measures] = read.unitCorrelation(u, drawn);
              values[u * measures + 1] = error(truth[u], score[u], drawn);
              values[u * measures + 2] = presence.f1();
              values[u * measures + 3] = presence.areaUnderCurve();
            }
            for (int m = 0; m < measures; m++) {
              int measure = m;
              values[units * measures + m] =
                  IntStream.range(0, units)
                      .mapToDouble(u -> values[u * measures + measure])
                      .filter(v -> !Double.isNaN(v))
                      .average()
                      .orElse(Double.NaN);
            }
            values[measures * (units + 1)] = pooledError(truth, score, drawn);
            return values;
          };
      List<Interval> values = bootstrap.intervalsOverClusters(persons, figures);
      String faces = read.set().name();
      String people = "%d persons".formatted(Set.copyOf(persons).size());
      String task = "action units";
      for (int m = 0; m < measures; m++) {
        String measure = "mean " + UNIT_MEASURES.get(m);
        add(faces, task, measure, "", values.get(units * measures + m), all.length, people);
      }
      add(
          faces,
          task,
          "expected calibration error, all units in the same bins",
          "",
          values.get(measures * (units + 1)),
          all.length,
          people);
      for (int m = 0; m < measures; m++) {
        for (int u = 0; u < units; u++) {
          double[] labels = truth[u];
          add(
              faces,
              task,
              UNIT_MEASURES.get(m),
              ActionUnit.ALL.get(u).label(),
              values.get(u * measures + m),
              Arrays.stream(labels).filter(v -> !Double.isNaN(v)).count(),
              "%d there, from strength %s"
                  .formatted(Arrays.stream(labels).filter(v -> v == 1).count(), from));
        }
      }
    }

    private static double error(double[] truth, double[] score, int[] drawn) {
      return Calibration.ofBinary(values(drawn, i -> truth[i]), values(drawn, i -> score[i]), BINS)
          .expectedError();
    }

    private static double pooledError(double[][] truth, double[][] score, int[] drawn) {
      return Calibration.ofBinary(
              Arrays.stream(truth)
                  .flatMapToDouble(t -> Arrays.stream(drawn).mapToDouble(i -> t[i]))
                  .toArray(),
              Arrays.stream(score)
                  .flatMapToDouble(s -> Arrays.stream(drawn).mapToDouble(i -> s[i]))
                  .toArray(),
              BINS)
          .expectedError();
    }

    /** Measurements of one yes-or-no question; the unit is no more than a name. */
    private static ActionUnitScores.Unit presence(double[] truth, double[] score, int[] drawn) {
      ActionUnit any = ActionUnit.ALL.get(0);
      return ActionUnitScores.of(
              List.of(any),
              Arrays.stream(drawn).mapToObj(i -> new double[] {truth[i]}).toArray(double[][]::new),
              Arrays.stream(drawn).mapToObj(i -> new double[] {score[i]}).toArray(double[][]::new),
              ActionUnitThresholds.fixed(THRESHOLD))
          .of(any);
    }

    // ---- faces

    private static Expression label(CropSet set, int face) {
      return set.labels(face).expression().orElseThrow();
    }

    private static int[] labelled(CropSet set, Set<Expression> wanted) {
      return labelled(set, wanted, IntStream.range(0, set.size()).toArray());
    }

    private static int[] labelled(CropSet set, Set<Expression> wanted, int[] rows) {
      return IntStream.of(rows)
          .filter(i -> set.labels(i).expression().filter(wanted::contains).isPresent())
          .toArray();
    }

    private static double[] values(int[] rows, IntToDoubleFunction value) {
      return IntStream.of(rows).mapToDouble(value).toArray();
    }

    private static int[] pick(int[] rows, IntUnaryOperator value) {
      return IntStream.of(rows).map(value).toArray();
    }
  }

  /**
   * Returns what the columns are called.
   *
   * @return labels of the networks, unmodifiable
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns the figures of a network.
   *
   * @param label what its column is called
   * @return its figures in the order of the report, unmodifiable
   * @throws IllegalArgumentException if no network has this label
   */
  public List<Line> lines(String label) {
    int column = labels.indexOf(label);
    if (column < 0) {
      throw new IllegalArgumentException("no network '%s' in %s".formatted(label, labels));
    }
    return columns.get(column);
  }

  /**
   * Returns the figures of each task as a whole, without those of single classes and units.
   *
   * @return a shorter report
   */
  public BehaviourReport overall() {
    return new BehaviourReport(
        labels,
        columns.stream()
            .map(lines -> lines.stream().filter(l -> l.figure().of().isEmpty()).toList())
            .toList());
  }

  /**
   * Returns one row per figure: {@code faces, task, measure, of, n, note}, and for each network
   * {@code LABEL, LABEL low, LABEL high}.
   */
  @Override
  public Table table() {
    Table table = places();
    for (int c = 0; c < labels.size(); c++) {
      Map<String, ToDoubleFunction<Interval>> bounds = new LinkedHashMap<>();
      bounds.put("", Interval::estimate);
      bounds.put(" low", Interval::low);
      bounds.put(" high", Interval::high);
      List<Line> lines = columns.get(c);
      String label = labels.get(c);
      bounds.forEach(
          (bound, value) ->
              table.addColumns(
                  DoubleColumn.create(
                      label + bound,
                      lines.stream()
                          .mapToDouble(l -> value.applyAsDouble(l.figure().value()))
                          .toArray())));
    }
    return table;
  }

  /** The columns that all networks share. */
  private Table places() {
    List<Line> lines = columns.get(0);
    return Table.create(
        "behaviour networks",
        texts("faces", lines, Line::faces),
        texts("task", lines, l -> l.figure().task()),
        texts("measure", lines, l -> l.figure().measure()),
        texts("of", lines, l -> l.figure().of()),
        LongColumn.create("n", lines.stream().mapToLong(l -> l.figure().n()).toArray()),
        texts("note", lines, l -> l.figure().note()));
  }

  private static StringColumn texts(String name, List<Line> lines, Function<Line, String> text) {
    return StringColumn.create(name, lines.stream().map(text).toList());
  }

  /** Returns the figures as lines of text, networks side by side. */
  @Override
  public String toString() {
    Table table = places().removeColumns("task", "note");
    for (int c = 0; c < labels.size(); c++) {
      table.addColumns(texts(labels.get(c), columns.get(c), l -> l.figure().value().toString()));
    }
    Interval any = columns.get(0).get(0).figure().value();
    return MetricResult.text(
        "behaviour networks, intervals of %.0f %% (%d draws)"
            .formatted(100 * any.level(), any.draws()),
        table);
  }
}
