package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plane of valence and arousal: XChart's axes and points, circle and names drawn over them. */
final class Circumplex {
  private static final int WIDTH = 700;
  private static final int FIRST_HEIGHT = 640;
  private static final double LIMIT = 1.05;
  private static final int BINS = 40;

  /** Cells a side of the arrows' grid. */
  private static final int CELLS = 10;

  private Circumplex() {}

  /** Points of one colour. */
  record Group(String name, Color colour, double[] valence, double[] arousal) {}

  static Picture points(String title, List<Group> groups, List<List<String>> ids, String words) {
    int legend =
        groups.size() > 1
            ? 60
                + (int)
                    Text.widest(
                        groups.stream().map(group -> ChartStyle.legend(group.name())).toList(),
                        Text.PLAIN)
            : 0;
    int count = groups.stream().mapToInt(group -> group.valence().length).sum();
    int width = WIDTH + legend;
    int height = squareHeight(width, title, groups);
    return new Picture(
        width,
        height,
        words,
        g -> {
          XYChart chart = chart(width, height, title, groups);
          chart.paint(g, width, height);
          Plane plane = new Plane(g, chart);
          plane.frame(Text.FAINT);
          int size = count > 300 ? 6 : count > 60 ? 8 : 11;
          for (Group group : groups) {
            for (int i = 0; i < group.valence().length; i++) {
              plane.point(group.valence()[i], group.arousal()[i], size, group.colour(), count);
            }
          }
          plane.ids(groups, ids, size);
        });
  }

  static Picture density(String title, double[] valence, double[] arousal, String words) {
    int[][] counts = new int[BINS][BINS];
    int most = 1;
    for (int i = 0; i < valence.length; i++) {
      int column = Math.min(BINS - 1, (int) ((valence[i] + 1) / 2 * BINS));
      int row = Math.min(BINS - 1, (int) ((arousal[i] + 1) / 2 * BINS));
      most = Math.max(most, ++counts[row][column]);
    }
    int largest = most;
    int legend = 80;
    int width = WIDTH + legend;
    int height = squareHeight(WIDTH, title, List.of());
    return new Picture(
        width,
        height,
        words,
        g -> {
          XYChart chart = chart(WIDTH, height, title, List.of());
          chart.paint(g, WIDTH, height);
          g.setColor(Color.WHITE);
          g.fill(new Rectangle2D.Double(WIDTH, 0, legend, height));
          Plane plane = new Plane(g, chart);
          for (int row = 0; row < BINS; row++) {
            for (int column = 0; column < BINS; column++) {
              if (counts[row][column] > 0) {
                plane.cell(column, row, share(counts[row][column], largest));
              }
            }
          }
          plane.frame(Text.INK);
          scale(g, largest);
        });
  }

  /** Arrows from the mean of first to the mean of second points, in cells of the first. */
  static Picture arrows(
      String title,
      double[] valence,
      double[] arousal,
      double[] toValence,
      double[] toArousal,
      String words) {
    double[][] sums = new double[CELLS * CELLS][5];
    for (int i = 0; i < valence.length; i++) {
      int column = Math.min(CELLS - 1, (int) ((valence[i] + 1) / 2 * CELLS));
      int row = Math.min(CELLS - 1, (int) ((arousal[i] + 1) / 2 * CELLS));
      double[] sum = sums[row * CELLS + column];
      sum[0]++;
      sum[1] += valence[i];
      sum[2] += arousal[i];
      sum[3] += toValence[i];
      sum[4] += toArousal[i];
    }
    double most = Arrays.stream(sums).mapToDouble(s -> s[0]).max().orElse(1);
    int height = squareHeight(WIDTH, title, List.of());
    return new Picture(
        WIDTH,
        height,
        words,
        g -> {
          XYChart chart = chart(WIDTH, height, title, List.of());
          chart.paint(g, WIDTH, height);
          Plane plane = new Plane(g, chart);
          plane.frame(Text.FAINT);
          for (double[] s : sums) {
            if (s[0] > 0) {
              plane.arrow(
                  s[1] / s[0],
                  s[2] / s[0],
                  s[3] / s[0],
                  s[4] / s[0],
                  5 + 9 * Math.sqrt(s[0] / most));
            }
          }
        });
  }

  /** Square root, because a few crowded cells would otherwise make all others look empty. */
  private static double share(double count, double largest) {
    return .12 + .88 * Math.sqrt(count / largest);
  }

  private static void scale(Graphics2D g, int largest) {
    double x = WIDTH + 4;
    int top = 60;
    int length = 220;
    for (int i = 0; i < length; i++) {
      g.setColor(ColourMap.BLUES.at(share(largest * (1 - i / (length - 1.0)), largest)));
      g.fill(new Rectangle2D.Double(x, top + i, 16, 1.2));
    }
    g.setFont(Text.PLAIN);
    g.setColor(Text.INK);
    Text.at(g, "faces", x, top - 14, 0);
    Text.at(g, String.valueOf(largest), x + 22, top + 5, 0);
    if (largest > 2) {
      Text.at(g, String.valueOf(largest / 2), x + 22, top + length / 2.0, 0);
    }
    Text.at(g, "0", x + 22, top + length - 5, 0);
  }

  private static XYChart chart(int width, int height, String title, List<Group> groups) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(Text.fit(title, Text.TITLE, WIDTH - 120))
            .xAxisTitle("valence (unpleasant −1 … pleasant 1)")
            .yAxisTitle("arousal (passive −1 … active 1)")
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setXAxisMin(-LIMIT);
    chart.getStyler().setXAxisMax(LIMIT);
    chart.getStyler().setYAxisMin(-LIMIT);
    chart.getStyler().setYAxisMax(LIMIT);
    chart.getStyler().setXAxisDecimalPattern("0.0");
    chart.getStyler().setYAxisDecimalPattern("0.0");
    chart.getStyler().setXAxisTickMarkSpacingHint(60);
    chart.getStyler().setYAxisTickMarkSpacingHint(60);
    chart.getStyler().setMarkerSize(10);
    chart.getStyler().setLegendVisible(groups.size() > 1);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    ChartStyle.corners(chart, -1, 1, -1, 1);
    for (int i = 0; i < groups.size(); i++) {
      // Only for the legend, beyond the axes; the points are drawn later, above the circle.
      XYSeries series = chart.addSeries("group " + i, new double[] {9}, new double[] {9});
      series.setLabel(ChartStyle.legend(groups.get(i).name()));
      series.setMarker(SeriesMarkers.CIRCLE);
      series.setMarkerColor(groups.get(i).colour());
    }
    return chart;
  }

  /** Height at which one unit of arousal is as long as one of valence. */
  private static int squareHeight(int width, String title, List<Group> groups) {
    XYChart chart = chart(width, FIRST_HEIGHT, title, groups);
    Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    chart.paint(scratch, width, FIRST_HEIGHT);
    scratch.dispose();
    double across = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(-1);
    double down = chart.getScreenYFromChart(-1) - chart.getScreenYFromChart(1);
    return FIRST_HEIGHT + (int) Math.round((across - down) * LIMIT);
  }

  private record Plane(Graphics2D g, XYChart chart) {
    double x(double valence) {
      return chart.getScreenXFromChart(valence);
    }

    double y(double arousal) {
      return chart.getScreenYFromChart(arousal);
    }

    void frame(Color colour) {
      g.setColor(colour);
      g.setStroke(new BasicStroke(1.2f));
      g.draw(new Ellipse2D.Double(x(-1), y(1), x(1) - x(-1), y(-1) - y(1)));
      g.draw(new Line2D.Double(x(-1), y(0), x(1), y(0)));
      g.draw(new Line2D.Double(x(0), y(-1), x(0), y(1)));
      g.setFont(Text.PLAIN.deriveFont(Font.ITALIC));
      g.setColor(Text.FAINT);
      // Between circle and corner, where hardly any point lies.
      Text.at(g, "unpleasant, active", x(-1), y(.98), 0);
      Text.at(g, "pleasant, active", x(1), y(.98), 1);
      Text.at(g, "unpleasant, passive", x(-1), y(-.98), 0);
      Text.at(g, "pleasant, passive", x(1), y(-.98), 1);
    }

    void point(double valence, double arousal, double size, Color colour, int count) {
      Ellipse2D dot =
          new Ellipse2D.Double(x(valence) - size / 2, y(arousal) - size / 2, size, size);
      int alpha = count > 300 ? 120 : 220;
      g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha));
      g.fill(dot);
      if (count <= 60) {
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(1));
        g.draw(dot);
      }
    }

    void arrow(double valence, double arousal, double toValence, double toArousal, double size) {
      double x = x(valence);
      double y = y(arousal);
      double toX = x(toValence);
      double toY = y(toArousal);
      g.setColor(Palette.VERMILLION);
      g.setStroke(new BasicStroke(1.6f));
      g.draw(new Line2D.Double(x, y, toX, toY));
      double angle = Math.atan2(toY - y, toX - x);
      for (double side : new double[] {-2.6, 2.6}) {
        g.draw(
            new Line2D.Double(
                toX, toY, toX + 8 * Math.cos(angle + side), toY + 8 * Math.sin(angle + side)));
      }
      g.setColor(Palette.BLUE);
      g.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
    }

    void cell(int column, int row, double share) {
      double left = x(column * 2.0 / BINS - 1);
      double top = y((row + 1) * 2.0 / BINS - 1);
      g.setColor(ColourMap.BLUES.at(share));
      g.fill(
          new Rectangle2D.Double(
              left, top, x((column + 1) * 2.0 / BINS - 1) - left, y(row * 2.0 / BINS - 1) - top));
    }

    /** Writes ids where there is room; in a crowd it leaves out those that would collide. */
    void ids(List<Group> groups, List<List<String>> ids, double size) {
      List<Rectangle2D> taken = new ArrayList<>();
      for (Group group : groups) {
        for (int i = 0; i < group.valence().length; i++) {
          double x = x(group.valence()[i]);
          double y = y(group.arousal()[i]);
          taken.add(new Rectangle2D.Double(x - size / 2, y - size / 2, size, size));
        }
      }
      g.setFont(Text.PLAIN);
      g.setColor(Text.INK);
      double high = Text.height(Text.PLAIN);
      for (int n = 0; n < ids.size(); n++) {
        for (int i = 0; i < ids.get(n).size(); i++) {
          String id = ids.get(n).get(i);
          double wide = Text.width(id, Text.PLAIN);
          double x = x(groups.get(n).valence()[i]);
          double y = y(groups.get(n).arousal()[i]);
          double[][] places = {
            {x + size / 2 + 3, y - high / 2},
            {x - size / 2 - 3 - wide, y - high / 2},
            {x - wide / 2, y - size / 2 - high},
            {x - wide / 2, y + size / 2}
          };
          for (double[] place : places) {
            Rectangle2D box = new Rectangle2D.Double(place[0], place[1], wide, high);
            if (taken.stream().noneMatch(box::intersects)) {
              Text.at(g, id, box.getX(), box.getCenterY(), 0);
              taken.add(box);
              break;
            }
          }
        }
      }
    }
  }
}
