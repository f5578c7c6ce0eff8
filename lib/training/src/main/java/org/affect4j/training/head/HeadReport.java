package org.affect4j.training.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.affect4j.evaluate.Measurement;
import org.affect4j.face.ActionUnit;
import org.affect4j.learn.OnnxClassifier;
import org.affect4j.metric.ActionUnitScores;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.Bootstrap;
import org.affect4j.metric.Concordance;
import org.affect4j.metric.ConfusionCounts;
import org.affect4j.metric.Interval;
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
  private static final String CLASSES = "classes";
  private static final String UNITS = "action units";
  private static final String AFFECT = "valence-arousal";

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
    double[] truth = part.target(0);
    int classes = names.size();
    List<Interval> values =
        bootstrap.intervalsOverClusters(
            part.persons(),
            drawn -> {
              ConfusionCounts counts =
                  confusion(
                      names,
                      Arrays.stream(drawn).mapToDouble(i -> truth[i]).toArray(),
                      rows(drawn, i -> found[i]));
              return IntStream.range(0, 3 + classes)
                  .mapToDouble(
                      k ->
                          switch (k) {
                            case 0 -> counts.accuracy();
                            case 1 -> counts.macroF1();
                            case 2 -> counts.unweightedAverageRecall();
                            default -> counts.support(k - 3) == 0 ? Double.NaN : counts.f1(k - 3);
                          })
                  .toArray();
            });
    ConfusionCounts counts = confusion(names, truth, found);
    String absent =
        counts.absentClasses().isEmpty()
            ? ""
            : "never in the truth: " + String.join(", ", counts.absentClasses());
    List<Measurement> figures = new ArrayList<>();
    int n = part.size();
    figures.add(new Measurement(CLASSES, "accuracy", "", values.get(0), n, ""));
    figures.add(new Measurement(CLASSES, "macro F1", "", values.get(1), n, absent));
    figures.add(new Measurement(CLASSES, "average recall", "", values.get(2), n, absent));
    for (int c = 0; c < classes; c++) {
      figures.add(
          new Measurement(CLASSES, "F1", names.get(c), values.get(3 + c), counts.support(c), ""));
    }
    return figures;
  }

  /** Counts of the classes with the highest scores. */
  static ConfusionCounts confusion(List<String> names, double[] truth, double[][] scores) {
    return ConfusionCounts.of(
        names,
        Arrays.stream(truth).mapToInt(t -> (int) t).toArray(),
        Arrays.stream(scores).mapToInt(HeadReport::best).toArray());
  }

  private static int best(double[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      best = scores[k] > scores[best] ? k : best;
    }
    return best;
  }

  private static List<Measurement> units(
      ActionUnitThresholds thresholds, HeadData.Part part, double[][] found, Bootstrap bootstrap) {
    List<ActionUnit> units = HeadData.unitsIn(part);
    int n = units.size();
    Function<int[], double[]> measure =
        drawn -> {
          double[] values = new double[3 + 2 * n];
          for (int u = 0; u < n; u++) {
            int unit = units.get(u).ordinal();
            values[3 + u] = f1(drawn, part, found, unit, ActionUnitThresholds.DEFAULT);
            values[3 + n + u] = f1(drawn, part, found, unit, thresholds.of(units.get(u)));
            values[0] += values[3 + u] / n;
            values[1] += values[3 + n + u] / n;
          }
          values[2] = values[1] - values[0];
          return values;
        };
    List<Interval> values = bootstrap.intervalsOverClusters(part.persons(), measure);
    List<ActionUnit> left = new ArrayList<>(ActionUnit.ALL);
    left.removeAll(units);
    String note =
        left.isEmpty()
            ? ""
            : "left out, as always or never active: "
                + String.join(", ", left.stream().map(ActionUnit::label).toList());
    List<Measurement> figures = new ArrayList<>();
    List<String> means =
        List.of("mean F1 at .5", "mean F1 at chosen thresholds", "F1 gained by chosen thresholds");
    for (int m = 0; m < means.size(); m++) {
      figures.add(new Measurement(UNITS, means.get(m), "", values.get(m), part.size(), note));
    }
    for (int u = 0; u < n; u++) {
      ActionUnit unit = units.get(u);
      double[] labels = part.target(unit.ordinal());
      long annotated = Arrays.stream(labels).filter(l -> !Double.isNaN(l)).count();
      String active = Arrays.stream(labels).filter(l -> l == 1).count() + " active";
      figures.add(
          new Measurement(UNITS, "F1 at .5", unit.label(), values.get(3 + u), annotated, active));
      figures.add(
          new Measurement(
              UNITS,
              "F1 at chosen threshold",
              unit.label(),
              values.get(3 + n + u),
              annotated,
              thresholds.unsupported().contains(unit)
                  ? "no active face to choose on: .5"
                  : "threshold " + thresholds.of(unit)));
    }
    return figures;
  }

  /** F1 of a unit over the faces drawn that are annotated with it; as {@link ActionUnitScores}. */
  private static double f1(
      int[] drawn, HeadData.Part part, double[][] found, int unit, double threshold) {
    int hits = 0;
    int cases = 0;
    for (int i : drawn) {
      double label = part.targets()[i][unit];
      if (!Double.isNaN(label)) {
        boolean active = label == 1;
        boolean read = found[i][unit] >= threshold;
        hits += active && read ? 1 : 0;
        cases += (active ? 1 : 0) + (read ? 1 : 0);
      }
    }
    return cases == 0 ? 0 : 2.0 * hits / cases;
  }

  private static List<Measurement> affect(
      HeadData.Part part, double[][] found, Bootstrap bootstrap) {
    List<Interval> values =
        bootstrap.intervalsOverClusters(
            part.persons(),
            drawn -> {
              double[] ccc =
                  concordance(rows(drawn, i -> part.targets()[i]), rows(drawn, i -> found[i]));
              return new double[] {(ccc[0] + ccc[1]) / 2, ccc[0], ccc[1]};
            });
    List<Measurement> figures = new ArrayList<>();
    figures.add(new Measurement(AFFECT, "mean CCC", "", values.get(0), part.size(), ""));
    for (int d = 0; d < 2; d++) {
      long annotated = Arrays.stream(part.target(d)).filter(t -> !Double.isNaN(t)).count();
      figures.add(
          new Measurement(
              AFFECT, "CCC", d == 0 ? "valence" : "arousal", values.get(1 + d), annotated, ""));
    }
    return figures;
  }

  /** CCC of valence and of arousal, over the faces annotated with each. */
  static double[] concordance(double[][] truth, double[][] found) {
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
            .formatted(figures.get(0).task(), 100 * any.level(), any.draws()),
        places()
            .addColumns(
                texts("value", f -> f.value().toString()), texts("note", Measurement::note)));
  }
}
