package org.affect4j.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** Bar charts: lying bars for long labels, standing bars for short ones and for several series. */
final class Bars {
  private static final int ROW = 26;
  private static final int HEAD = 44;
  private static final int FOOT = 62;
  private static final int GAP = 8;

  private Bars() {}

  /** Bars of one colour under one heading. */
  record Group(String heading, Color colour, List<String> labels, double[] values) {}

  /** Lying bars, the groups one below the other on one scale. */
  static Picture lying(
      String title, String axis, List<Group> groups, double from, double to, String description) {
    List<String> all = groups.stream().flatMap(group -> group.labels().stream()).toList();
    List<String> fitted = Text.fit(all, Text.PLAIN, 300);
    int labelWidth = (int) Math.ceil(Text.widest(fitted, Text.PLAIN));
    int height = HEAD + FOOT;
    for (Group group : groups) {
      height += group.labels().size() * ROW + GAP;
    }
    return new Picture(
        ChartStyle.WIDTH,
        height,
        description,
        g -> {
          int y = 0;
          for (int i = 0; i < groups.size(); i++) {
            boolean first = i == 0;
            boolean last = i == groups.size() - 1;
            Group group = groups.get(i);
            int panel =
                group.labels().size() * ROW + GAP + (first ? HEAD : 0) + (last ? FOOT : 0);
            HorizontalBarChart chart =
                panel(group, first ? title : "", last ? axis : "", from, to, labelWidth);
            Graphics2D part = (Graphics2D) g.create();
            part.translate(0, y);
            chart.paint(part, ChartStyle.WIDTH, panel);
            part.dispose();
            y += panel;
          }
        });
  }

  private static HorizontalBarChart panel(
      Group group, String title, String axis, double from, double to, int labelWidth) {
    HorizontalBarChart chart =
        new HorizontalBarChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(100)
            .title(title)
            .xAxisTitle(axis)
            .yAxisTitle(group.heading())
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setAvailableSpaceFill(.72);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setChartTitleVisible(!title.isEmpty());
    chart.getStyler().setXAxisTitleVisible(!axis.isEmpty());
    chart.getStyler().setYAxisTitleVisible(!group.heading().isEmpty());
    chart.getStyler().setXAxisTicksVisible(!axis.isEmpty());
    chart.getStyler().setXAxisMin(from);
    chart.getStyler().setXAxisMax(to);
    chart.getStyler().setYAxisLeftWidthHint(labelWidth);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false);
    chart.getStyler().setChartPadding(axis.isEmpty() || title.isEmpty() ? 4 : 10);
    List<String> labels = new ArrayList<>(Text.fit(group.labels(), Text.PLAIN, 300));
    List<Double> values = new ArrayList<>(Arrays.stream(group.values()).boxed().toList());
    // XChart draws the first category at the bottom; people read from the top.
    Collections.reverse(labels);
    Collections.reverse(values);
    chart.addSeries("values", values, labels).setFillColor(group.colour());
    return chart;
  }

  /** Standing bars, one colour per series. */
  static Picture standing(
      String title,
      String axis,
      List<String> labels,
      Map<String, double[]> series,
      double from,
      double to,
      String description) {
    List<String> fitted = Text.fit(labels, Text.PLAIN, 200);
    boolean legend = series.size() > 1;
    double room = (ChartStyle.WIDTH - (legend ? 240.0 : 100.0)) / labels.size();
    boolean slanted = Text.widest(fitted, Text.PLAIN) > room - 6;
    int height =
        ChartStyle.HEIGHT + (slanted ? (int) (.7 * Text.widest(fitted, Text.PLAIN)) : 0);
    return new Picture(
        ChartStyle.WIDTH,
        height,
        description,
        g -> {
          CategoryChart chart =
              new CategoryChartBuilder()
                  .width(ChartStyle.WIDTH)
                  .height(height)
                  .title(title)
                  .yAxisTitle(axis)
                  .build();
          AxesChartStyler styler = chart.getStyler();
          ChartStyle.apply(styler);
          chart.getStyler().setAvailableSpaceFill(.8);
          styler.setLegendVisible(legend);
          styler.setLegendPosition(Styler.LegendPosition.OutsideE);
          styler.setYAxisMin(from);
          styler.setYAxisMax(to);
          styler.setPlotGridVerticalLinesVisible(false);
          if (slanted) {
            styler.setXAxisLabelRotation(45);
          }
          int index = 0;
          for (Map.Entry<String, double[]> entry : series.entrySet()) {
            CategorySeries bars =
                chart.addSeries(
                    entry.getKey(), fitted, Arrays.stream(entry.getValue()).boxed().toList());
            bars.setFillColor(Palette.series(index++));
          }
          chart.paint(g, ChartStyle.WIDTH, height);
        });
  }
}
