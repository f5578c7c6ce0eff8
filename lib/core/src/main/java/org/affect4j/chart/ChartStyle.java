package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look of all charts: white, light grid, large letters, no boxes. */
final class ChartStyle {
  static final int WIDTH = 860;
  static final int HEIGHT = 460;

  private static final int LEGEND = 220;
  // Lines differ by dashes too, for those who cannot tell the colours apart.
  private static final List<float[]> DASHES =
      List.of(new float[0], new float[] {9, 4}, new float[] {3, 3}, new float[] {9, 3, 3, 3});

  private ChartStyle() {}

  /** A chart that is painted by hand below its centred heading. */
  static Picture sheet(
      int width, int height, String title, String words, Consumer<Graphics2D> painter) {
    return Picture.drawn(width, height, words, headed(width, title, painter));
  }

  /** A centred heading, and what is painted below it. */
  static Consumer<Graphics2D> headed(int width, String title, Consumer<Graphics2D> painter) {
    return g -> {
      g.setColor(Text.INK);
      g.setFont(Text.TITLE);
      Text.centred(g, Text.fit(title, Text.TITLE, width - 28.0), width / 2.0, 22);
      painter.accept(g);
    };
  }

  /** A chart of XChart. */
  static Picture picture(AxesChart<?, ?> chart, String words) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    return Picture.drawn(width, height, words, g -> chart.paint(g, width, height));
  }

  static void apply(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Text.INK);
    styler.setChartTitleFont(Text.TITLE);
    styler.setChartTitlePadding(8);
    styler.setChartPadding(14);
    styler.setBaseFont(Text.PLAIN);
    styler.setAxisTitleFont(Text.AXIS);
    styler.setAxisTickLabelsFont(Text.PLAIN);
    styler.setAxisTickLabelsColor(Text.INK);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(Text.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotMargin(0);
    styler.setPlotContentSize(1);
    styler.setLegendFont(Text.PLAIN);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLocale(Locale.ROOT);
  }

  /** An XY chart with these axes; the names decide whether there is a legend, and its room. */
  static XYChart xy(
      String title,
      String xLabel,
      String yLabel,
      Scale x,
      Scale y,
      int height,
      List<String> names) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title(title))
            .xAxisTitle(Text.fit(xLabel, Text.AXIS, plotWidth(names)))
            .yAxisTitle(upward(yLabel))
            .build();
    apply(chart.getStyler());
    chart.getStyler().setLegendVisible(names.size() > 1);
    chart.getStyler().setXAxisDecimalPattern(x.pattern());
    chart.getStyler().setXAxisMin(below(x));
    chart.getStyler().setXAxisMax(above(x));
    chart.getStyler().setXAxisTickMarkSpacingHint(spacing(x, plotWidth(names)));
    yAxis(chart.getStyler(), y, height);
    // Without two points at the corners XChart draws a single tick where all points have one value.
    double[] ends = {y.from(), y.to()};
    XYSeries corners = chart.addSeries("corners", new double[] {x.from(), x.to()}, ends);
    corners.setMarker(SeriesMarkers.NONE);
    corners.setLineStyle(SeriesLines.NONE);
    corners.setShowInLegend(false);
    return chart;
  }

  static void yAxis(AxesChartStyler styler, Scale y, int height) {
    styler.setYAxisDecimalPattern(y.pattern());
    styler.setYAxisMin(below(y));
    styler.setYAxisMax(above(y));
    styler.setYAxisTickMarkSpacingHint(spacing(y, height - 100));
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
  }

  /** XChart takes the step of 1, 2 or 5 times a power of ten that is nearest to its hint. */
  private static int spacing(Scale scale, double room) {
    return Math.max(1, (int) Math.round(scale.step() / (scale.to() - scale.from()) * room));
  }

  // Ends are moved by a hair, because XChart leaves out the tick exactly at the end.

  private static double above(Scale scale) {
    return scale.to() + (scale.to() - scale.from()) * 1e-3;
  }

  private static double below(Scale scale) {
    return scale.from() - (scale.to() - scale.from()) * 1e-3;
  }

  private static double plotWidth(List<String> names) {
    double legend =
        names.size() > 1
            ? 50
                + names.stream()
                    .mapToDouble(n -> Math.min(LEGEND, Text.width(n, Text.PLAIN)))
                    .max()
                    .orElse(0)
            : 0;
    return WIDTH - 90 - legend;
  }

  /** A line that differs from those of other numbers. */
  static BasicStroke stroke(float width, int index) {
    float[] dashes = DASHES.get((index + index / Palette.SERIES.size()) % DASHES.size());
    return new BasicStroke(
        width,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        dashes.length == 0 ? null : dashes,
        0);
  }

  static Color translucent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  // XChart cuts long texts off at the edge, without a sign that something is missing.

  static String title(String text) {
    return Text.fit(text, Text.TITLE, WIDTH - 120);
  }

  static String upward(String text) {
    return Text.fit(text, Text.AXIS, HEIGHT - 120);
  }

  /** A name in a legend: a long one takes several lines, where there are not too many series. */
  static String legend(String text, int series) {
    return String.join("\n", Text.wrap(text, LEGEND, Math.max(1, 16 / series)));
  }
}
