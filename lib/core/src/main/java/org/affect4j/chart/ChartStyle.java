package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look of all XChart charts: white, light grid, large letters, no boxes. */
final class ChartStyle {
  static final int WIDTH = 860;
  static final int HEIGHT = 460;

  /** Room for the names in a legend, in pixels. */
  static final int LEGEND = 240;

  private ChartStyle() {}

  static void apply(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartFontColor(Text.INK);
    styler.setChartTitleFont(Text.TITLE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(8);
    styler.setChartPadding(10);
    styler.setBaseFont(Text.PLAIN);
    styler.setAxisTitleFont(Text.AXIS);
    styler.setAxisTickLabelsFont(Text.PLAIN);
    styler.setAxisTickLabelsColor(Text.INK);
    styler.setAxisTickMarksColor(Text.FAINT);
    styler.setAxisTickMarkLength(4);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(Text.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotMargin(0);
    styler.setPlotContentSize(1);
    styler.setLegendFont(Text.PLAIN);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendBackgroundColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setSeriesColors(Palette.SERIES.toArray(Color[]::new));
    styler.setAnnotationTextFont(Text.PLAIN);
    styler.setAntiAlias(true);
    styler.setTextAntiAlias(true);
    styler.setLocale(Locale.ROOT);
    // XChart's own choice mixes .08 and 0.1 on one axis.
    styler.setXAxisDecimalPattern("#,##0.###");
    styler.setYAxisDecimalPattern("#,##0.###");
  }

  /** An end of an axis, moved by a hair, because XChart leaves out the tick exactly at the end. */
  static double above(double from, double to) {
    return to + (to - from) * 1e-3;
  }

  /** The other end. */
  static double below(double from, double to) {
    return from - (to - from) * 1e-3;
  }

  /**
   * Adds two invisible points at the corners of the axes, without which XChart draws a single tick
   * where all points have one value.
   */
  static void corners(XYChart chart, double left, double right, double bottom, double top) {
    XYSeries series =
        chart.addSeries("corners", new double[] {left, right}, new double[] {bottom, top});
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(SeriesLines.NONE);
    series.setShowInLegend(false);
  }

  // XChart cuts long texts off at the edge, without a sign that something is missing.

  static String title(String text) {
    return Text.fit(text, Text.TITLE, WIDTH - 120);
  }

  static String along(String text) {
    return Text.fit(text, Text.AXIS, WIDTH - LEGEND - 90);
  }

  static String upward(String text) {
    return Text.fit(text, Text.AXIS, HEIGHT - 120);
  }

  static String legend(String text) {
    return Text.fit(text, Text.PLAIN, LEGEND);
  }
}
