package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** Bar charts: lying bars for long labels, standing bars for short ones and for several series. */
final class Bars {
  private static final int PAD = 14;
  private static final int ROW = 26;
  private static final double BAR = 19;
  private static final int HEAD = 44;
  private static final int FOOT = 58;
  private static final int GAP = 10;
  private static final int LONGEST = 300;

  private Bars() {}

  /** Bars of one colour under one heading. */
  record Group(String heading, Color colour, List<String> labels, double[] values) {}

  /**
   * Lying bars, the groups one below the other on one scale. Drawn with AWT, because XChart leaves
   * out labels of lying bars and cannot colour bars of one series differently.
   */
  static Picture lying(
      String title, String axis, List<Group> groups, double from, double to, String description) {
    boolean headed = groups.stream().anyMatch(group -> !group.heading().isEmpty());
    List<String> all = groups.stream().flatMap(group -> group.labels().stream()).toList();
    double widest = Text.widest(Text.fit(all, Text.PLAIN, LONGEST), Text.PLAIN);
    int left = PAD + (headed ? 26 : 0) + (int) Math.ceil(widest) + 10;
    int height = HEAD + FOOT;
    for (Group group : groups) {
      height += group.labels().size() * ROW + (headed ? GAP : 0);
    }
    Lying lying = new Lying(left, HEAD, height - FOOT, from, to);
    return new Picture(
        ChartStyle.WIDTH,
        height,
        description,
        g -> {
          lying.axis(g, title, axis);
          double y = HEAD;
          for (Group group : groups) {
            lying.group(g, group, y);
            y += group.labels().size() * ROW + (headed ? GAP : 0);
          }
        });
  }

  private record Lying(int left, int top, int bottom, double from, double to) {
    private static final int VALUE_ROOM = 56;

    double x(double value) {
      double right = ChartStyle.WIDTH - PAD - VALUE_ROOM;
      double inside = Math.max(from, Math.min(to, value));
      return left + (inside - from) / (to - from) * (right - left);
    }

    void axis(Graphics2D g, String title, String name) {
      g.setColor(Color.WHITE);
      g.fill(new Rectangle2D.Double(0, 0, ChartStyle.WIDTH, bottom + (double) FOOT));
      g.setColor(Text.INK);
      g.setFont(Text.TITLE);
      String heading = Text.fit(title, Text.TITLE, ChartStyle.WIDTH - 2.0 * PAD);
      Text.centred(g, heading, ChartStyle.WIDTH / 2.0, HEAD / 2.0);
      g.setFont(Text.AXIS);
      Text.centred(
          g, Text.fit(name, Text.AXIS, x(to) - left), (x(from) + x(to)) / 2, bottom + 42.0);
      g.setFont(Text.PLAIN);
      g.setStroke(new BasicStroke(1));
      double step = Text.step((to - from) / 8);
      for (double k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) {
        double at = x(k * step);
        g.setColor(k == 0 ? Text.FAINT : Text.GRID);
        g.draw(new Line2D.Double(at, top, at, bottom));
        g.setColor(Text.INK);
        Text.centred(g, Text.tick(k * step), at, bottom + 15.0);
      }
    }

    void group(Graphics2D g, Group group, double y) {
      double zero = x(0);
      boolean whole = Arrays.stream(group.values()).allMatch(value -> value == Math.rint(value));
      for (int i = 0; i < group.labels().size(); i++) {
        double value = group.values()[i];
        double middle = y + (i + .5) * ROW;
        double end = x(value);
        g.setColor(group.colour());
        g.fill(
            new Rectangle2D.Double(
                Math.min(zero, end), middle - BAR / 2, Math.abs(end - zero), BAR));
        g.setColor(Text.INK);
        g.setFont(Text.PLAIN);
        Text.at(g, Text.fit(group.labels().get(i), Text.PLAIN, LONGEST), left - 8.0, middle, 1);
        g.setColor(Text.FAINT);
        String number = whole && to - from > 2 ? Text.tick(value) : Text.number(value);
        Text.at(g, number, Math.max(zero, end) + 5, middle, 0);
      }
      g.setColor(Text.INK);
      g.setFont(Text.AXIS);
      Text.upward(g, group.heading(), PAD + 8.0, y + group.labels().size() * ROW / 2.0);
    }
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
    int height = ChartStyle.HEIGHT + (slanted ? (int) (.7 * Text.widest(fitted, Text.PLAIN)) : 0);
    return new Picture(
        ChartStyle.WIDTH,
        height,
        description,
        g -> {
          CategoryChart chart =
              new CategoryChartBuilder()
                  .width(ChartStyle.WIDTH)
                  .height(height)
                  .title(ChartStyle.title(title))
                  .yAxisTitle(ChartStyle.upward(axis))
                  .build();
          AxesChartStyler styler = chart.getStyler();
          ChartStyle.apply(styler);
          chart.getStyler().setAvailableSpaceFill(.8);
          styler.setLegendVisible(legend);
          styler.setLegendPosition(Styler.LegendPosition.OutsideE);
          styler.setYAxisMin(ChartStyle.below(from, to));
          styler.setYAxisMax(ChartStyle.above(from, to));
          styler.setXAxisTickMarkSpacingHint(1);
          if (labels.size() > 1) {
            styler.setXAxisMaxLabelCount(labels.size());
          }
          styler.setPlotGridVerticalLinesVisible(false);
          if (slanted) {
            styler.setXAxisLabelRotation(45);
          }
          int index = 0;
          for (Map.Entry<String, double[]> entry : series.entrySet()) {
            CategorySeries bars =
                chart.addSeries(
                    "series " + index, fitted, Arrays.stream(entry.getValue()).boxed().toList());
            bars.setLabel(ChartStyle.legend(entry.getKey()));
            bars.setFillColor(Palette.series(index++));
          }
          chart.paint(g, ChartStyle.WIDTH, height);
        });
  }
}
