package org.affect4j.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Behaviour;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.CategoryStyler;

/** Bar charts: lying bars for long labels, standing bars for short ones and for several series. */
final class Bars {
  private static final String PROBABILITY = "probability (0 to 1)";

  /** Lying bars take a row each; of more the picture would be too high. */
  private static final int MOST_ROWS = 60;

  private Bars() {}

  static Picture actionUnits(Behaviour behaviour) {
    List<ActionUnit> units =
        ActionUnit.ALL.stream()
            .filter(u -> behaviour.vocabulary().units().contains(u.number()))
            .toList();
    return Rows.bars(
        "Action units",
        PROBABILITY,
        units.stream().map(unit -> unit.label() + " " + unit.facsName()).toList(),
        units.stream().mapToDouble(behaviour::probability).toArray(),
        units.stream()
            .map(unit -> Key.bar(unit.region().label(), Palette.of(unit.region())))
            .toList(),
        0,
        1);
  }

  static Picture expressions(Behaviour behaviour) {
    return Rows.bars(
        "Expressions",
        PROBABILITY,
        behaviour.vocabulary().classes().stream().map(AnnotatedExpression::label).toList(),
        behaviour.expressionProbabilities(),
        behaviour.vocabulary().classes().stream()
            .map(e -> Key.bar("", e.basic().map(Palette::of).orElse(Palette.BLUE)))
            .toList(),
        0,
        1);
  }

  /** One bar per label. */
  static Picture of(
      String title, String axis, List<String> labels, double[] values, double from, double to) {
    Map<String, double[]> one = checked(labels, Map.of("", values));
    Check.range(from, to);
    double room = (ChartStyle.WIDTH - 100.0) / labels.size() - 6;
    if (Text.widest(labels, Text.PLAIN) > room && labels.size() <= MOST_ROWS) {
      List<Key> keys = Collections.nCopies(labels.size(), Key.bar("", Palette.BLUE));
      return Rows.bars(title, axis, labels, values, keys, from, to);
    }
    String words = Text.words("Bars, " + title + " (" + axis + ")", labels, values);
    return ChartStyle.picture(chart(title, axis, labels, one, from, to), words);
  }

  /** Bars side by side. */
  static Picture grouped(
      String title,
      String axis,
      List<String> labels,
      Map<String, double[]> series,
      double from,
      double to) {
    Map<String, double[]> copy = checked(labels, series);
    Check.range(from, to);
    List<String> words = new ArrayList<>(List.of("Grouped bars, " + title + " (" + axis + ")"));
    copy.forEach((name, values) -> words.add(Text.words(name, labels, values)));
    return ChartStyle.picture(chart(title, axis, labels, copy, from, to), String.join("; ", words));
  }

  private static Map<String, double[]> checked(List<String> labels, Map<String, double[]> series) {
    Check.some("bars", labels.size());
    Check.some("series", series.size());
    Map<String, double[]> copy = new LinkedHashMap<>();
    series.forEach(
        (name, values) -> {
          Check.same(
              "labels",
              labels.size(),
              "values" + (name.isEmpty() ? "" : " of " + name),
              values.length);
          Check.finite(values);
          copy.put(name, values.clone());
        });
    return copy;
  }

  /** Ends of an axis with 0 and a little room beyond the extremes. */
  static double[] fitting(Iterable<double[]> all) {
    double low = 0;
    double high = 0;
    for (double[] values : all) {
      low = Math.min(low, DoubleStream.of(values).min().orElse(0));
      high = Math.max(high, DoubleStream.of(values).max().orElse(0));
    }
    return low == high ? new double[] {0, 1} : new double[] {low * 1.05, high * 1.05};
  }

  static CategoryChart chart(
      String title,
      String axis,
      List<String> labels,
      Map<String, double[]> series,
      double from,
      double to) {
    List<String> fitted = Text.fit(labels, Text.PLAIN, 200);
    double widest = Text.widest(fitted, Text.PLAIN);
    double room = (ChartStyle.WIDTH - (series.size() > 1 ? 240.0 : 100.0)) / labels.size();
    boolean slanted = widest > room - 6;
    int height = ChartStyle.HEIGHT + (slanted ? (int) (.7 * widest) : 0);
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(height)
            .title(ChartStyle.title(title))
            .yAxisTitle(ChartStyle.upward(axis))
            .build();
    CategoryStyler styler = chart.getStyler();
    ChartStyle.apply(styler);
    boolean counts = to - from > 2 && series.values().stream().allMatch(Scale::whole);
    ChartStyle.yAxis(styler, Scale.of(from, to, 7, counts), ChartStyle.HEIGHT);
    styler.setAvailableSpaceFill(.8);
    styler.setLegendVisible(series.size() > 1);
    styler.setXAxisTickMarkSpacingHint(1);
    if (labels.size() > 1) {
      styler.setXAxisMaxLabelCount(labels.size());
    }
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setXAxisLabelRotation(slanted ? 45 : 0);
    int index = 0;
    for (Map.Entry<String, double[]> entry : series.entrySet()) {
      CategorySeries bars =
          chart.addSeries(
              "series " + index, fitted, Arrays.stream(entry.getValue()).boxed().toList());
      bars.setLabel(ChartStyle.legend(entry.getKey(), series.size()));
      bars.setFillColor(Palette.series(index++));
    }
    return chart;
  }
}
