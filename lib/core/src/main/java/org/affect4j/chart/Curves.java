package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts with two numeric axes. */
final class Curves {
  // Lines differ by dashes too, for those who cannot tell the colours apart.
  private static final List<float[]> DASHES =
      List.of(new float[0], new float[] {9, 4}, new float[] {3, 3}, new float[] {9, 3, 3, 3});

  private Curves() {}

  /** Lines, each {x, y} or {x, y, low, high}; NaN for an open limit of the vertical axis. */
  static Picture lines(
      String title,
      String xLabel,
      String yLabel,
      Map<String, double[][]> series,
      double from,
      double to,
      boolean logarithmic,
      String words) {
    return new Picture(
        ChartStyle.WIDTH,
        ChartStyle.HEIGHT,
        words,
        g -> {
          double[] x = extent(series, 0, Double.NaN, Double.NaN);
          double[] y = extent(series, 1, from, to);
          XYChart chart = chart(title, xLabel, yLabel, x, y);
          chart.getStyler().setLegendVisible(series.size() > 1);
          if (logarithmic && x[0] > 0) {
            chart.getStyler().setXAxisLogarithmic(true);
            chart.getStyler().setXAxisMin(x[0] * .9);
            chart.getStyler().setXAxisMax(x[1] * 1.1);
          } else if (whole(series)) {
            // There is no epoch 1.5.
            chart.getStyler().setXAxisDecimalPattern("#,##0");
          }
          int index = 0;
          for (Map.Entry<String, double[][]> entry : series.entrySet()) {
            double[][] data = entry.getValue();
            if (data.length == 4) {
              band(chart, "band " + index, data, Palette.series(index));
            }
            index++;
          }
          index = 0;
          for (Map.Entry<String, double[][]> entry : series.entrySet()) {
            double[][] data = entry.getValue();
            XYSeries line = chart.addSeries("line " + index, data[0], data[1]);
            line.setLabel(ChartStyle.legend(entry.getKey()));
            line.setLineColor(Palette.series(index));
            line.setMarkerColor(Palette.series(index));
            // Few points are measurements that should be seen; many would hide the line.
            line.setMarker(data[0].length <= 25 ? Scatter.marker(index) : SeriesMarkers.NONE);
            line.setLineStyle(stroke(index));
            index++;
          }
          chart.paint(g, ChartStyle.WIDTH, ChartStyle.HEIGHT);
        });
  }

  private static BasicStroke stroke(int index) {
    float[] dashes = DASHES.get((index + index / Palette.SERIES.size()) % DASHES.size());
    return new BasicStroke(
        2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes.length == 0 ? null : dashes, 0);
  }

  private static boolean whole(Map<String, double[][]> series) {
    return series.values().stream()
        .flatMapToDouble(data -> Arrays.stream(data[0]))
        .allMatch(x -> x == Math.rint(x));
  }

  private static void band(XYChart chart, String name, double[][] data, Color colour) {
    int n = data[0].length;
    double[] x = new double[2 * n];
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      x[i] = data[0][i];
      y[i] = data[3][i];
      x[2 * n - 1 - i] = data[0][i];
      y[2 * n - 1 - i] = data[2][i];
    }
    XYSeries band = chart.addSeries(name, x, y);
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 50));
    band.setLineColor(new Color(0, 0, 0, 0));
    band.setLineStyle(new BasicStroke(0));
    band.setMarker(SeriesMarkers.NONE);
    band.setShowInLegend(false);
  }

  static Picture histogram(
      String title, String xLabel, long[] counts, double from, double to, String words) {
    int bins = counts.length;
    double[] x = new double[4 * bins];
    double[] y = new double[4 * bins];
    long most = 1;
    for (int i = 0; i < bins; i++) {
      double left = from + (to - from) * i / bins;
      double right = from + (to - from) * (i + 1) / bins;
      most = Math.max(most, counts[i]);
      List<double[]> corners =
          List.of(
              new double[] {left, 0},
              new double[] {left, counts[i]},
              new double[] {right, counts[i]},
              new double[] {right, 0});
      for (int k = 0; k < 4; k++) {
        x[4 * i + k] = corners.get(k)[0];
        y[4 * i + k] = corners.get(k)[1];
      }
    }
    double top = most * 1.05;
    return new Picture(
        ChartStyle.WIDTH,
        ChartStyle.HEIGHT,
        words,
        g -> {
          XYChart chart =
              chart(title, xLabel, "count", new double[] {from, to}, new double[] {0, top});
          chart.getStyler().setLegendVisible(false);
          XYSeries bars = chart.addSeries("count", x, y);
          bars.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
          bars.setFillColor(Palette.BLUE);
          bars.setLineColor(Color.WHITE);
          bars.setLineStyle(new BasicStroke(bins > 100 ? 0 : 1));
          bars.setMarker(SeriesMarkers.NONE);
          chart.paint(g, ChartStyle.WIDTH, ChartStyle.HEIGHT);
        });
  }

  /** Range of x (0) or of y with its bands (1); a fixed range is taken as it is. */
  private static double[] extent(
      Map<String, double[][]> series, int from, double fixedLow, double fixedHigh) {
    if (!Double.isNaN(fixedLow)) {
      return new double[] {fixedLow, fixedHigh};
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[][] data : series.values()) {
      for (int i = from; i < (from == 0 ? 1 : data.length); i++) {
        for (double value : data[i]) {
          if (Double.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
          }
        }
      }
    }
    double room = low == high ? Math.max(1, Math.abs(low) * .1) : (high - low) * .03 * from;
    return new double[] {low - room, high + room};
  }

  private static XYChart chart(String title, String xLabel, String yLabel, double[] x, double[] y) {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(ChartStyle.HEIGHT)
            .title(ChartStyle.title(title))
            .xAxisTitle(ChartStyle.along(xLabel))
            .yAxisTitle(ChartStyle.upward(yLabel))
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setMarkerSize(7);
    chart.getStyler().setXAxisMin(ChartStyle.below(x[0], x[1]));
    chart.getStyler().setXAxisMax(ChartStyle.above(x[0], x[1]));
    chart.getStyler().setYAxisMin(ChartStyle.below(y[0], y[1]));
    chart.getStyler().setYAxisMax(ChartStyle.above(y[0], y[1]));
    ChartStyle.corners(chart, x[0], x[1], y[0], y[1]);
    return chart;
  }
}
