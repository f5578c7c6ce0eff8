package org.affect4j.training.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.evaluate.EvaluationOptions;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Calibration;
import org.affect4j.metric.Interval;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelScorer;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.metric.MetricResult;
import org.affect4j.model.ModelStore;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.behaviour.internal.BehaviourData;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Behaviour networks measured side by side on the same faces, as the library's users run them.
 *
 * <p>On faces labelled with expressions: accuracy, F1, area under the curve and calibration, with
 * one view and with the mirror image too, and without the faces that could be learned from; whether
 * units tell expressions apart that they should, and in how many neutral faces each is found;
 * valence and arousal against the positions of the expressions in the circumplex. On rendered
 * faces: correlation of each unit's probability with its exact strength, expected calibration
 * error, F1 and area under the curve of its presence.
 *
 * <p>Intervals resample rendered persons, and photos where no persons are known. Those of the
 * expected calibration error lie too high and may leave out the figure itself: a resample has fewer
 * different faces, so that its bins are noisier, and noise only adds to this error. Immutable.
 */
public final class BehaviourReport implements MetricResult {
  private static final List<String> CLASSES =
      Expression.ALL.stream().map(Expression::label).toList();
  private static final List<String> UNITS = ActionUnit.ALL.stream().map(ActionUnit::label).toList();
  private static final double[] HALF =
      DoubleStream.generate(() -> ActionUnitThresholds.DEFAULT).limit(UNITS.size()).toArray();
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
   * @param expressions sets of faces to judge expressions by, each with the prior to read it with;
   *     units and affect are judged on the first
   * @param units rendered faces; the measuring half is used
   * @param bootstrap draws, level and seed of the intervals
   * @param progress hears of the faces read
   * @return the figures
   * @throws IllegalArgumentException if there is nothing to measure or nothing to measure with, or
   *     labels repeat
   */
  public static BehaviourReport of(
      List<Network> networks,
      List<BehaviourData.ExpressionTest> expressions,
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
      for (BehaviourData.ExpressionTest test : expressions) {
        Predictions one = work.read(network, false, test.faces(), test.prior(), progress);
        work.expressions("one view", one, test);
        if (test == expressions.get(0)) {
          work.crossings(one);
          work.affect(one);
        }
        work.rest(one);
        work.expressions(
            "two views", work.read(network, true, test.faces(), test.prior(), progress), test);
      }
      if (units.isPresent()) {
        CropSet set = units.get().measuring();
        work.units(
            work.read(network, false, set, ExpressionPrior.EVEN, progress), units.get().persons());
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

    Predictions read(
        Network network,
        boolean flip,
        CropSet set,
        ExpressionPrior prior,
        ProgressListener progress) {
      BehaviourOptions options =
          BehaviourOptions.defaults().withFlipAveraging(flip).withPrior(prior);
      try (BehaviourModel model =
          BehaviourModel.open(network.store(), network.name(), options, 1)) {
        return Predictions.of(model, set, progress);
      }
    }

    private void add(String faces, List<Measurement> figures) {
      figures.forEach(figure -> lines.add(new Line(faces, figure)));
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
      int[] found = pick(labelled, i -> LabelScorer.best(probabilities[i]));
      LabelScorer scorer = LabelScorer.of(bootstrap);
      add(
          faces,
          scorer.classes(
              LabelTask.EXPRESSION,
              CLASSES,
              truth,
              found,
              LabelMetrics.ACCURACY,
              LabelMetrics.MACRO_F1,
              LabelMetrics.F1));
      add(
          faces,
          List.of(
              scorer.areaOfClasses(
                  LabelTask.EXPRESSION,
                  truth,
                  Arrays.stream(labelled).mapToObj(i -> probabilities[i]).toArray(double[][]::new)),
              scorer.measure(
                  LabelTask.EXPRESSION,
                  LabelMetrics.CALIBRATION_ERROR,
                  "",
                  labelled.length,
                  drawn ->
                      Calibration.ofClasses(
                              pick(drawn, i -> truth[i]),
                              Arrays.stream(drawn)
                                  .mapToObj(i -> probabilities[labelled[i]])
                                  .toArray(double[][]::new),
                              LabelScorer.CALIBRATION_BINS)
                          .expectedError())));
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
        Measurement area =
            LabelScorer.of(bootstrap)
                .measure(
                    LabelTask.ACTION_UNITS,
                    LabelMetrics.AREA_UNDER_CURVE,
                    crossing.question(),
                    both.length,
                    drawn ->
                        crossing.areaUnderCurve(
                            IntStream.of(drawn).mapToObj(truth::get).toList(),
                            IntStream.of(drawn)
                                .mapToObj(i -> units[both[i]])
                                .toArray(double[][]::new)));
        add(
            read.set().name() + ", one view",
            List.of(area.noted("%d against %d".formatted(shown.length, others.length))));
      }
    }

    /** In how many neutral faces each unit is found. */
    void rest(Predictions read) {
      int[] neutral = labelled(read.set(), Set.of(Expression.NEUTRAL));
      if (neutral.length == 0) {
        return;
      }
      double[][] units = read.units();
      add(
          read.set().name() + ", one view, neutral faces",
          LabelScorer.of(bootstrap)
              .answers(
                  LabelTask.ACTION_UNITS,
                  UNITS,
                  new double[neutral.length][UNITS.size()],
                  IntStream.of(neutral).mapToObj(i -> units[i]).toArray(double[][]::new),
                  HALF,
                  LabelMetrics.SHARE_FOUND));
    }

    /** Against the positions of the labels in the circumplex. */
    void affect(Predictions read) {
      int[] rows = labelled(read.set(), Set.copyOf(Expression.ALL));
      double[][] said = read.affect();
      add(
          read.set().name() + ", one view, against the label's place in the circumplex",
          LabelScorer.of(bootstrap)
              .numbers(
                  LabelTask.VALENCE_AROUSAL,
                  List.of("valence", "arousal"),
                  IntStream.of(rows)
                      .mapToObj(i -> CircumplexPrior.of(label(read.set(), i)))
                      .map(p -> new double[] {p.valence(), p.arousal()})
                      .toArray(double[][]::new),
                  IntStream.of(rows).mapToObj(i -> said[i]).toArray(double[][]::new),
                  LabelMetrics.CCC,
                  LabelMetrics.PEARSON));
    }

    // ---- units on rendered faces

    void units(Predictions read, List<String> persons) {
      double[][] strengths = read.unitStrengths();
      double[][] truth = read.unitLabels(EvaluationOptions.ACTIVE_FROM);
      double[][] scores = read.units();
      LabelScorer scorer = LabelScorer.of(bootstrap).withPersons(persons);
      LabelTask task = LabelTask.ACTION_UNITS;
      String faces = read.set().name();
      add(faces, scorer.numbers(task, UNITS, strengths, scores, LabelMetrics.STRENGTH_CORRELATION));
      add(
          faces,
          scorer.answers(
              task,
              UNITS,
              truth,
              scores,
              HALF,
              LabelMetrics.CALIBRATION_ERROR,
              LabelMetrics.F1,
              LabelMetrics.AREA_UNDER_CURVE));
      Measurement pooled =
          scorer.measure(
              task,
              LabelMetrics.CALIBRATION_ERROR,
              "all units in the same bins",
              truth.length,
              drawn ->
                  Calibration.ofBinary(
                          pooled(truth, drawn), pooled(scores, drawn), LabelScorer.CALIBRATION_BINS)
                      .expectedError());
      add(faces, List.of(pooled));
    }

    private static double[] pooled(double[][] rows, int[] drawn) {
      return IntStream.of(drawn).mapToObj(i -> rows[i]).flatMapToDouble(Arrays::stream).toArray();
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

    private static int[] pick(int[] rows, IntUnaryOperator value) {
      return IntStream.of(rows).map(value).toArray();
    }
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
      table.addColumns(
          numbers(labels.get(c), columns.get(c), Interval::estimate),
          numbers(labels.get(c) + " low", columns.get(c), Interval::low),
          numbers(labels.get(c) + " high", columns.get(c), Interval::high));
    }
    return table;
  }

  /** The columns that all networks share. */
  private Table places() {
    List<Line> lines = columns.get(0);
    return Table.create(
        "behaviour networks",
        texts("faces", lines, Line::faces),
        texts("task", lines, l -> l.figure().task().label()),
        texts("measure", lines, l -> l.figure().measure()),
        texts("of", lines, l -> l.figure().of()),
        LongColumn.create("n", lines.stream().mapToLong(l -> l.figure().n()).toArray()),
        texts("note", lines, l -> l.figure().note()));
  }

  private static DoubleColumn numbers(
      String name, List<Line> lines, ToDoubleFunction<Interval> bound) {
    return DoubleColumn.create(
        name, lines.stream().mapToDouble(l -> bound.applyAsDouble(l.figure().value())).toArray());
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
