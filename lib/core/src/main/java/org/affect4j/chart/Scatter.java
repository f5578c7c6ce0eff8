package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Points in a plane, coloured by group, with straight lines to compare them with. */
final class Scatter {
  private static final int HEIGHT = 600;
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.SQUARE
  };

  private Scatter() {}

  /** Points of one colour. */
  record Group(String name, Color colour, double[] x, double[] y) {}

  /** A straight line from one side of the points to the other. */
  record Line(String name, double fromX, double fromY, double toX, double toY) {}

  /** What is drawn. */
  record Spec(String title, String xLabel, String yLabel, List<Group> groups, List<Line> lines) {}

  static Picture draw(Spec spec, String words) {
    return new Picture(
        ChartStyle.WIDTH, HEIGHT, words, g -> chart(spec).paint(g, ChartStyle.WIDTH, HEIGHT));
  }

  private static XYChart chart(Spec spec) {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartStyle.WIDTH)
            .height(HEIGHT)
            .title(ChartStyle.title(spec.title()))
            .xAxisTitle(ChartStyle.along(spec.xLabel()))
            .yAxisTitle(ChartStyle.upward(spec.yLabel()))
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendVisible(spec.groups().size() + spec.lines().size() > 1);
    int points = spec.groups().stream().mapToInt(group -> group.x().length).sum();
    chart.getStyler().setMarkerSize(points > 1000 ? 4 : points > 200 ? 6 : 8);
    double[] x =
        room(
            Stream.concat(
                spec.groups().stream().map(Group::x),
                spec.lines().stream().map(l -> new double[] {l.fromX(), l.toX()})));
    double[] y =
        room(
            Stream.concat(
                spec.groups().stream().map(Group::y),
                spec.lines().stream().map(l -> new double[] {l.fromY(), l.toY()})));
    chart.getStyler().setXAxisMin(x[0]);
    chart.getStyler().setXAxisMax(x[1]);
    chart.getStyler().setYAxisMin(y[0]);
    chart.getStyler().setYAxisMax(y[1]);
    ChartStyle.corners(chart, x[0], x[1], y[0], y[1]);
    for (int i = 0; i < spec.groups().size(); i++) {
      Group group = spec.groups().get(i);
      XYSeries series = chart.addSeries("group " + i, group.x(), group.y());
      series.setLabel(ChartStyle.legend(group.name()));
      series.setMarker(marker(i));
      int alpha = points > 300 ? 150 : 220;
      Color c = group.colour();
      series.setMarkerColor(new Color(c.getRed(), c.getGreen(), c.getBlue(), alpha));
    }
    for (int i = 0; i < spec.lines().size(); i++) {
      Line line = spec.lines().get(i);
      XYSeries series =
          chart.addSeries(
              "line " + i,
              new double[] {line.fromX(), line.toX()},
              new double[] {line.fromY(), line.toY()});
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
      series.setLabel(ChartStyle.legend(line.name()));
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(i == 0 ? Palette.VERMILLION : Palette.GREY);
      series.setLineStyle(new BasicStroke(1.5f));
    }
    return chart;
  }

  /** Groups differ by shape too, for those who cannot tell the colours apart. */
  static Marker marker(int index) {
    return MARKERS[(index + index / Palette.SERIES.size()) % MARKERS.length];
  }

  private static double[] room(Stream<double[]> all) {
    double[] values = all.flatMapToDouble(Arrays::stream).toArray();
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(1);
    double room = low == high ? 1 : (high - low) * .04;
    return new double[] {low - room, high + room};
  }
}
