package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** XChart's charts with two numeric axes: lines with bands, histograms and points. */
final class Curves {
  private static final int SQUARE = 600;

  private Curves() {}

  /**
   * Lines and their axes.
   *
   * @param series for each name {x, y} or {x, y, low, high}
   * @param from lower end of the vertical axis; NaN for one that fits the numbers, as {@code to}
   * @param logarithmic whether x is drawn by its logarithm, if all are above 0
   */
  record Lines(
      String title,
      String xLabel,
      String yLabel,
      Map<String, double[][]> series,
      double from,
      double to,
      boolean logarithmic) {
    /** Checks and copies the numbers. */
    Lines {
      Check.some("series", series.size());
      Map<String, double[][]> copy = new LinkedHashMap<>();
      series.forEach((name, data) -> copy.put(name, checked(name, data)));
      series = copy;
    }

    private static double[][] checked(String name, double[][] data) {
      if (data.length != 2 && data.length != 4) {
        throw new IllegalArgumentException(
            "series '%s' needs {x, y} or {x, y, low, high}, got %d arrays"
                .formatted(name, data.length));
      }
      Check.some("points in series '" + name + "'", data[0].length);
      for (int i = 1; i < data.length; i++) {
        Check.same("x of '" + name + "'", data[0].length, "array " + i, data[i].length);
      }
      Check.finite(data[0]);
      if (Arrays.stream(data[1]).noneMatch(Double::isFinite)) {
        throw new IllegalArgumentException("series '" + name + "' has no finite number");
      }
      return Arrays.stream(data).map(double[]::clone).toArray(double[][]::new);
    }

    Picture picture() {
      List<String> words = new ArrayList<>();
      series.forEach(
          (name, data) ->
              words.add(
                  "%s from %s to %s"
                      .formatted(
                          name,
                          Text.number(data[1][0]),
                          Text.number(data[1][data[1].length - 1]))));
      return ChartStyle.picture(
          chart(), "Lines, %s: %s over %s; %s".formatted(title, yLabel, xLabel, Text.few(words)));
    }

    XYChart chart() {
      double[] x = numbers(0, 1);
      Scale across = Scale.around(x, .02, 10, Scale.whole(x));
      XYChart chart =
          ChartStyle.xy(
              title,
              xLabel,
              yLabel,
              across,
              upward(),
              ChartStyle.HEIGHT,
              List.copyOf(series.keySet()));
      double least = Arrays.stream(x).min().orElse(0);
      if (logarithmic && least > 0) {
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisMin(least * .9);
        chart.getStyler().setXAxisMax(across.to() * 1.1);
        chart.getStyler().setXAxisLogarithmicDecadeOnly(false);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Lines::logarithmicTick);
      }
      chart.getStyler().setMarkerSize(8);
      List<String> names = List.copyOf(series.keySet());
      for (int i = 0; i < names.size(); i++) {
        if (series.get(names.get(i)).length == 4) {
          band(chart, series.get(names.get(i)), i);
        }
      }
      for (int i = 0; i < names.size(); i++) {
        double[][] data = series.get(names.get(i));
        XYSeries line = chart.addSeries("line " + i, data[0], data[1]);
        line.setLabel(ChartStyle.legend(names.get(i), names.size()));
        line.setLineColor(Palette.series(i));
        line.setMarkerColor(Palette.series(i));
        // Few points are measurements that should be seen; many would hide the line.
        line.setMarker(data[0].length <= 25 ? Key.marker(i) : SeriesMarkers.NONE);
        line.setLineStyle(ChartStyle.stroke(2, i));
      }
      return chart;
    }

    private double[] numbers(int first, int end) {
      return series.values().stream()
          .flatMap(data -> Arrays.stream(data, first, Math.min(end, data.length)))
          .flatMapToDouble(Arrays::stream)
          .filter(Double::isFinite)
          .toArray();
    }

    /** A fixed range, or one from tick to tick, which passes 0 and 1 only where numbers do. */
    private Scale upward() {
      if (!Double.isNaN(from)) {
        return Scale.of(from, to, 8, false);
      }
      double[] y = numbers(1, 4);
      Scale scale = Scale.around(y, .02, 7, Scale.whole(y)).rounded();
      boolean positive = Arrays.stream(y).allMatch(value -> value >= 0);
      boolean shares = Arrays.stream(y).allMatch(value -> value <= 1);
      return new Scale(
          positive ? Math.max(0, scale.from()) : scale.from(),
          shares ? Math.min(1, scale.to()) : scale.to(),
          scale.step());
    }

    /** 1, 2, 5, 10, 20, 50, …: there is no room for the others. */
    private static String logarithmicTick(double value) {
      double digit = value / Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
      return DoubleStream.of(1, 2, 5).anyMatch(d -> Math.abs(digit - d) < 1e-6)
          ? Text.tick(value)
          : " ";
    }

    private static void band(XYChart chart, double[][] data, int index) {
      double[] x = thereAndBack(data[0], data[0]);
      XYSeries band = area(chart, "band " + index, x, thereAndBack(data[3], data[2]));
      band.setFillColor(ChartStyle.translucent(Palette.series(index), 50));
      band.setShowInLegend(false);
    }

    private static double[] thereAndBack(double[] there, double[] back) {
      int n = there.length;
      return IntStream.range(0, 2 * n)
          .mapToDouble(i -> i < n ? there[i] : back[2 * n - 1 - i])
          .toArray();
    }
  }

  private static XYSeries area(XYChart chart, String name, double[] x, double[] y) {
    XYSeries area = chart.addSeries(name, x, y);
    area.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    area.setLineColor(new Color(0, 0, 0, 0));
    area.setLineStyle(new BasicStroke(0));
    area.setMarker(SeriesMarkers.NONE);
    return area;
  }

  static Picture histogram(
      String title, String xLabel, double[] values, int bins, double from, double to) {
    Check.some("values", values.length);
    Check.range(from, to);
    if (bins < 1 || bins > 1000) {
      throw new IllegalArgumentException("a histogram has 1 to 1000 bins, got " + bins);
    }
    double[] counts = new double[bins];
    for (double value : values) {
      if (value >= from && value <= to) {
        counts[Math.min(bins - 1, (int) ((value - from) / (to - from) * bins))]++;
      }
    }
    int inside = (int) Arrays.stream(counts).sum();
    int outside = values.length - inside;
    String note =
        outside == 0
            ? ""
            : String.format(Locale.ROOT, " (%,d of %,d not shown)", outside, values.length);
    return ChartStyle.picture(
        histogram(title, xLabel + note, counts, from, to),
        "Histogram, %s: %d values of %s from %s to %s in %d bins%s"
            .formatted(title, inside, xLabel, Text.tick(from), Text.tick(to), bins, note));
  }

  static XYChart histogram(String title, String xLabel, double[] counts, double from, double to) {
    int bins = counts.length;
    double most = Math.max(1, Arrays.stream(counts).max().orElse(1));
    XYChart chart =
        ChartStyle.xy(
            title,
            xLabel,
            "count",
            Scale.of(from, to, 10, false),
            Scale.of(0, most * 1.05, 7, true),
            ChartStyle.HEIGHT,
            List.of());
    // Four corners of each bar.
    double[] x = new double[4 * bins];
    double[] y = new double[4 * bins];
    for (int i = 0; i < 4 * bins; i++) {
      x[i] = from + (to - from) * (i / 4 + i % 4 / 2) / bins;
      y[i] = i % 4 % 3 == 0 ? 0 : counts[i / 4];
    }
    XYSeries bars = area(chart, "count", x, y);
    bars.setFillColor(Palette.BLUE);
    bars.setLineColor(Color.WHITE);
    bars.setLineStyle(new BasicStroke(bins > 100 ? 0 : 1));
    return chart;
  }

  /** Points of one colour and shape. */
  record Group(Key key, double[] x, double[] y) {}

  /** A straight line from one side of the points to the other, to compare them with. */
  record Line(String name, double[] x, double[] y) {}

  /** Points by group, and lines to compare them with. */
  record Points(String title, String xLabel, String yLabel, List<Group> groups, List<Line> lines) {
    Picture picture() {
      int points = groups.stream().mapToInt(group -> group.x().length).sum();
      String names = Text.few(groups.stream().map(g -> g.key().name()).toList());
      return ChartStyle.picture(
          chart(),
          "Points, %s: %d of %s over %s%s"
              .formatted(
                  title, points, yLabel, xLabel, groups.size() > 1 ? "; groups " + names : ""));
    }

    XYChart chart() {
      Scale x = room(Stream.concat(groups.stream().map(Group::x), lines.stream().map(Line::x)));
      Scale y = room(Stream.concat(groups.stream().map(Group::y), lines.stream().map(Line::y)));
      List<String> names =
          Stream.concat(groups.stream().map(g -> g.key().name()), lines.stream().map(Line::name))
              .toList();
      XYChart chart = ChartStyle.xy(title, xLabel, yLabel, x, y, SQUARE, names);
      int points = groups.stream().mapToInt(group -> group.x().length).sum();
      chart.getStyler().setMarkerSize(points > 1000 ? 4 : points > 200 ? 6 : 8);
      for (Group group : groups) {
        XYSeries series = chart.addSeries("group " + group.key().name(), group.x(), group.y());
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        series.setLabel(ChartStyle.legend(group.key().name(), names.size()));
        series.setMarker(group.key().marker());
        series.setMarkerColor(
            ChartStyle.translucent(group.key().colour(), points > 300 ? 150 : 220));
      }
      for (int i = 0; i < lines.size(); i++) {
        Line line = lines.get(i);
        XYSeries series = chart.addSeries("line " + i, line.x(), line.y());
        series.setLabel(ChartStyle.legend(line.name(), names.size()));
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(i == 0 ? Palette.VERMILLION : Palette.GREY);
        series.setLineStyle(ChartStyle.stroke(1.5f, i));
      }
      return chart;
    }

    private static Scale room(Stream<double[]> all) {
      double[] values = all.flatMapToDouble(Arrays::stream).toArray();
      return Scale.around(values, .04, 8, false);
    }
  }

  /** The points of each group, by the alphabet; one group where no names are given. */
  static List<Group> groups(double[] x, double[] y, List<String> names) {
    Check.some("points", x.length);
    Check.same("x", x.length, "y", y.length);
    Check.finite(x);
    Check.finite(y);
    List<Group> groups = new ArrayList<>();
    if (names.isEmpty()) {
      return List.of(new Group(Key.of("points", 0), x.clone(), y.clone()));
    }
    Check.same("points", x.length, "groups", names.size());
    names.stream()
        .distinct()
        .sorted()
        .forEach(
            name -> {
              int[] rows =
                  IntStream.range(0, x.length).filter(i -> names.get(i).equals(name)).toArray();
              groups.add(
                  new Group(
                      Key.of(name, groups.size()),
                      Arrays.stream(rows).mapToDouble(i -> x[i]).toArray(),
                      Arrays.stream(rows).mapToDouble(i -> y[i]).toArray()));
            });
    return groups;
  }
}
