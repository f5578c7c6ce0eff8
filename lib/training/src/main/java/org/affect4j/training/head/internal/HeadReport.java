package org.affect4j.training.head.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.learn.OnnxClassifier;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.BinaryScore;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.Interval;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelScorer;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.metric.MetricResult;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a light head says of the faces to judge by, as its file runs. Intervals are over persons.
 *
 * @param figures every figure with its interval, unmodifiable
 * @param chosen for action units, how the thresholds do on the faces on which they were chosen
 */
public record HeadReport(List<Measurement> figures, Optional<ActionUnitScores> chosen)
    implements MetricResult {
  /** Copies the list. */
  public HeadReport {
    figures = List.copyOf(figures);
  }

  /**
   * Measures a head. Thresholds of action units are chosen on the faces to choose by; units that
   * are always or never active on the faces to judge by are left out.
   *
   * @param data what the head was learned from
   * @param head the head
   * @param bootstrap how intervals are drawn
   * @return the figures
   */
  public static HeadReport of(HeadData data, OnnxClassifier head, Bootstrap bootstrap) {
    double[][] found = head.scores(data.test().features());
    return switch (data.answer()) {
      case EXPRESSION ->
          new HeadReport(classes(data.names(), data.test(), found, bootstrap), Optional.empty());
      case ACTION_UNITS -> {
        HeadData.Part part = data.validation();
        double[][] scores = head.scores(part.features());
        ActionUnitThresholds thresholds =
            ActionUnitThresholds.chosenOn(ActionUnit.ALL, part.targets(), scores);
        yield new HeadReport(
            units(thresholds, data.test(), found, bootstrap),
            Optional.of(ActionUnitScores.of(ActionUnit.ALL, part.targets(), scores, thresholds)));
      }
      case VALENCE_AROUSAL ->
          new HeadReport(affect(data.test(), found, bootstrap), Optional.empty());
    };
  }

  private static List<Measurement> classes(
      List<String> names, HeadData.Part part, double[][] found, Bootstrap bootstrap) {
    return LabelScorer.of(bootstrap)
        .withPersons(part.persons())
        .classes(
            LabelTask.CLASSES,
            names,
            Arrays.stream(part.target(0)).mapToInt(t -> (int) t).toArray(),
            Arrays.stream(found).mapToInt(LabelScorer::best).toArray(),
            LabelMetrics.ACCURACY,
            LabelMetrics.MACRO_F1,
            LabelMetrics.AVERAGE_RECALL,
            LabelMetrics.F1);
  }

  /** Counts of the classes with the highest scores. */
  public static ConfusionCounts confusion(List<String> names, double[] truth, double[][] scores) {
    return ConfusionCounts.of(
        names,
        Arrays.stream(truth).mapToInt(t -> (int) t).toArray(),
        Arrays.stream(scores).mapToInt(LabelScorer::best).toArray());
  }

  private static List<Measurement> units(
      ActionUnitThresholds thresholds, HeadData.Part part, double[][] found, Bootstrap bootstrap) {
    List<ActionUnit> units = HeadData.unitsIn(part);
    List<String> names = units.stream().map(ActionUnit::label).toList();
    int[] columns = units.stream().mapToInt(ActionUnit::ordinal).toArray();
    double[][] truth = columns(part.targets(), columns);
    double[][] scores = columns(found, columns);
    double[] half = units.stream().mapToDouble(u -> ActionUnitThresholds.DEFAULT).toArray();
    double[] chosen = units.stream().mapToDouble(thresholds::of).toArray();
    LabelScorer scorer = LabelScorer.of(bootstrap).withPersons(part.persons());
    List<Measurement> atHalf =
        scorer.answers(LabelTask.ACTION_UNITS, names, truth, scores, half, LabelMetrics.F1);
    List<Measurement> atChosen =
        scorer.answers(LabelTask.ACTION_UNITS, names, truth, scores, chosen, LabelMetrics.F1);
    List<Measurement> figures = new ArrayList<>();
    atHalf.forEach(f -> figures.add(f.with("at .5")));
    atChosen.forEach(f -> figures.add(f.with("at chosen thresholds")));
    figures.add(
        scorer
            .measure(
                LabelTask.ACTION_UNITS,
                LabelMetrics.F1,
                "",
                part.size(),
                drawn -> meanF1(truth, scores, chosen, drawn) - meanF1(truth, scores, half, drawn))
            .with("gained by chosen thresholds"));
    List<ActionUnit> left = new ArrayList<>(ActionUnit.ALL);
    left.removeAll(units);
    String note =
        left.isEmpty()
            ? ""
            : "left out, as always or never active: "
                + String.join(", ", left.stream().map(ActionUnit::label).toList());
    figures.replaceAll(f -> f.of().isEmpty() ? f.noted(note) : f);
    return figures;
  }

  private static double meanF1(
      double[][] truth, double[][] scores, double[] thresholds, int[] drawn) {
    double[][] labels = rows(drawn, i -> truth[i]);
    double[][] found = rows(drawn, i -> scores[i]);
    return IntStream.range(0, thresholds.length)
        .mapToDouble(
            u ->
                BinaryScore.of(
                        Arrays.stream(labels).mapToDouble(t -> t[u]).toArray(),
                        Arrays.stream(found).mapToDouble(f -> f[u]).toArray(),
                        thresholds[u])
                    .f1())
        .filter(f -> !Double.isNaN(f))
        .average()
        .orElse(Double.NaN);
  }

  private static double[][] columns(double[][] rows, int[] columns) {
    return Arrays.stream(rows)
        .map(row -> IntStream.of(columns).mapToDouble(c -> row[c]).toArray())
        .toArray(double[][]::new);
  }

  private static List<Measurement> affect(
      HeadData.Part part, double[][] found, Bootstrap bootstrap) {
    return LabelScorer.of(bootstrap)
        .withPersons(part.persons())
        .numbers(
            LabelTask.VALENCE_AROUSAL,
            List.of("valence", "arousal"),
            part.targets(),
            found,
            LabelMetrics.CCC);
  }

  /** CCC of valence and of arousal, over the faces annotated with each. */
  public static double[] concordance(double[][] truth, double[][] found) {
    return IntStream.range(0, 2)
        .mapToDouble(
            d ->
                Concordance.ofAnnotated(
                        Arrays.stream(truth).mapToDouble(t -> t[d]).toArray(),
                        Arrays.stream(found).mapToDouble(f -> f[d]).toArray())
                    .ccc())
        .toArray();
  }

  private static double[][] rows(int[] drawn, IntFunction<double[]> row) {
    return Arrays.stream(drawn).mapToObj(row).toArray(double[][]::new);
  }

  /** Returns one row per figure: {@code measure, of, n, value, low, high, note}. */
  @Override
  public Table table() {
    Table table = places();
    table.addColumns(
        DoubleColumn.create(
            "value", figures.stream().mapToDouble(f -> f.value().estimate()).toArray()),
        DoubleColumn.create("low", figures.stream().mapToDouble(f -> f.value().low()).toArray()),
        DoubleColumn.create("high", figures.stream().mapToDouble(f -> f.value().high()).toArray()),
        texts("note", Measurement::note));
    return table;
  }

  private Table places() {
    return Table.create(
        "light head",
        texts("measure", Measurement::measure),
        texts("of", Measurement::of),
        LongColumn.create("n", figures.stream().mapToLong(Measurement::n).toArray()));
  }

  private StringColumn texts(String name, Function<Measurement, String> text) {
    return StringColumn.create(name, figures.stream().map(text).toList());
  }

  @Override
  public String toString() {
    Interval any = figures.get(0).value();
    return MetricResult.text(
        "%s, intervals of %.0f %% over persons (%d draws)"
            .formatted(figures.get(0).task().label(), 100 * any.level(), any.draws()),
        places()
            .addColumns(
                texts("value", f -> f.value().toString()), texts("note", Measurement::note)));
  }
}
