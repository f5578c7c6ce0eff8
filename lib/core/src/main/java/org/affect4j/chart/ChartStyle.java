package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** The look of all XChart charts: white, light grid, large letters, no boxes. */
final class ChartStyle {
  static final int WIDTH = 860;
  static final int HEIGHT = 460;

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
  }
}
