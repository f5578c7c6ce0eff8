package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.affect4j.metric.Interval;

/**
 * Numbers with their intervals: one row per label, one dot with whiskers per series. Drawn with
 * AWT, because XChart has no lying charts with intervals.
 */
final class DotPlot {
  private static final int PAD = 14;
  private static final int TITLE = 44;
  private static final int LEGEND_LINE = 20;
  private static final int FOOT = 58;
  private static final int LONGEST = 260;
  private static final double DOT = 8;
  private static final double STEP = 13;

  private DotPlot() {}

  /**
   * One series.
   *
   * @param faint drawn hollow and grey: shown, but not to be compared
   */
  record Series(String name, Color colour, List<Interval> values, boolean faint) {}

  /**
   * What is drawn.
   *
   * @param notes a text at the right of each row; empty for none
   * @param limit a dashed line across all rows
   */
  record Spec(
      String title,
      String axis,
      List<String> labels,
      List<Series> series,
      List<String> notes,
      double from,
      double to,
      OptionalDouble limit) {}

  static Picture draw(Spec spec, String words) {
    List<List<Series>> legend = legendLines(spec.series());
    int head = TITLE + legend.size() * LEGEND_LINE;
    double row = Math.max(26, spec.series().size() * STEP + 12);
    int left = PAD + (int) Math.ceil(Text.widest(fitted(spec.labels()), Text.PLAIN)) + 12;
    int right =
        ChartStyle.WIDTH
            - PAD
            - (spec.notes().isEmpty()
                ? 10
                : 12 + (int) Math.ceil(Text.widest(spec.notes(), Text.PLAIN)));
    int bottom = head + (int) Math.ceil(spec.labels().size() * row);
    Plot plot = new Plot(spec, left, right, head, bottom, row);
    return new Picture(
        ChartStyle.WIDTH,
        bottom + FOOT,
        words,
        g -> {
          plot.axis(g, legend);
          for (int r = 0; r < spec.labels().size(); r++) {
            plot.row(g, r);
          }
        });
  }

  private static List<String> fitted(List<String> labels) {
    return Text.fit(labels, Text.PLAIN, LONGEST);
  }

  /** The names of the series, as many in a line as fit; none for a single series. */
  private static List<List<Series>> legendLines(List<Series> series) {
    List<List<Series>> lines = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Series one : series.size() > 1 ? series : List.<Series>of()) {
      double width = entryWidth(one);
      if (used + width > ChartStyle.WIDTH - 2 * PAD) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.get(lines.size() - 1).add(one);
      used += width;
    }
    return lines;
  }

  private static double entryWidth(Series series) {
    return Text.width(Text.fit(series.name(), Text.PLAIN, LONGEST), Text.PLAIN) + 38;
  }

  private record Plot(Spec spec, int left, int right, int top, int bottom, double height) {
    double x(double value) {
      double inside = Math.max(spec.from(), Math.min(spec.to(), value));
      return left + (inside - spec.from()) / (spec.to() - spec.from()) * (right - left);
    }

    void axis(Graphics2D g, List<List<Series>> legend) {
      g.setColor(Color.WHITE);
      g.fill(new Rectangle2D.Double(0, 0, ChartStyle.WIDTH, bottom + (double) FOOT));
      g.setColor(Text.INK);
      g.setFont(Text.TITLE);
      String heading = Text.fit(spec.title(), Text.TITLE, ChartStyle.WIDTH - 2.0 * PAD);
      Text.centred(g, heading, ChartStyle.WIDTH / 2.0, TITLE / 2.0);
      legend(g, legend);
      g.setFont(Text.AXIS);
      g.setColor(Text.INK);
      Text.centred(
          g, Text.fit(spec.axis(), Text.AXIS, right - left), (left + right) / 2.0, bottom + 42.0);
      g.setFont(Text.PLAIN);
      g.setStroke(new BasicStroke(1));
      double step = Text.step((spec.to() - spec.from()) / 8);
      for (double k = Math.ceil(spec.from() / step - 1e-9); k * step <= spec.to() + 1e-9; k++) {
        double at = x(k * step);
        g.setColor(Math.abs(k) < 1e-9 ? Text.FAINT : Text.GRID);
        g.draw(new Line2D.Double(at, top, at, bottom));
        g.setColor(Text.INK);
        Text.centred(g, Text.tick(k * step), at, bottom + 15.0);
      }
      spec.limit()
          .ifPresent(
              limit -> {
                g.setColor(Palette.VERMILLION);
                g.setStroke(
                    new BasicStroke(
                        1.5f,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_MITER,
                        1,
                        new float[] {5, 4},
                        0));
                g.draw(new Line2D.Double(x(limit), top, x(limit), bottom));
              });
    }

    private void legend(Graphics2D g, List<List<Series>> lines) {
      g.setFont(Text.PLAIN);
      double y = TITLE - 2;
      for (List<Series> line : lines) {
        double wide = line.stream().mapToDouble(DotPlot::entryWidth).sum();
        double at = (ChartStyle.WIDTH - wide) / 2;
        for (Series series : line) {
          dot(g, at + 8, y, series);
          g.setColor(Text.INK);
          Text.at(g, Text.fit(series.name(), Text.PLAIN, LONGEST), at + 18, y, 0);
          at += entryWidth(series);
        }
        y += LEGEND_LINE;
      }
    }

    void row(Graphics2D g, int r) {
      double middle = top + (r + .5) * height;
      g.setFont(Text.PLAIN);
      g.setColor(Text.INK);
      Text.at(g, fitted(spec.labels()).get(r), left - 10.0, middle, 1);
      if (!spec.notes().isEmpty()) {
        g.setColor(Text.FAINT);
        Text.at(g, spec.notes().get(r), right + 12.0, middle, 0);
      }
      int n = spec.series().size();
      for (int s = 0; s < n; s++) {
        Series series = spec.series().get(s);
        Interval value = series.values().get(r);
        double y = middle + (s - (n - 1) / 2.0) * STEP;
        if (Double.isNaN(value.estimate())) {
          continue;
        }
        if (!Double.isNaN(value.low())) {
          g.setColor(series.faint() ? Text.FAINT : series.colour());
          g.setStroke(new BasicStroke(series.faint() ? 1 : 2));
          g.draw(new Line2D.Double(x(value.low()), y, x(value.high()), y));
        }
        dot(g, x(value.estimate()), y, series);
      }
      if (n > 1 && r > 0) {
        g.setColor(Text.GRID);
        g.setStroke(new BasicStroke(1));
        double line = top + r * height;
        g.draw(new Line2D.Double(left, line, right, line));
      }
    }

    private static void dot(Graphics2D g, double x, double y, Series series) {
      Ellipse2D dot = new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT);
      g.setColor(series.faint() ? Color.WHITE : series.colour());
      g.fill(dot);
      g.setColor(series.faint() ? Text.FAINT : series.colour());
      g.setStroke(new BasicStroke(1));
      g.draw(dot);
    }
  }
}
