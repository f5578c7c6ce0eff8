package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.affect4j.metric.Interval;

/**
 * One row per label above a common axis: lying bars, or dots with the whiskers of their intervals.
 * Drawn with AWT, because XChart leaves out labels of lying bars, cannot colour bars of one series
 * differently, and has no lying charts with intervals.
 */
final class Rows {
  private static final int PAD = 14;
  private static final int TITLE = 40;
  private static final int FOOT = 58;
  private static final int ROW = 26;
  private static final int BAR = 19;
  private static final int DOT = 9;
  private static final int STEP = 13;
  private static final int LONGEST = 300;

  private Rows() {}

  /** A number in a row. */
  record Mark(Key key, Interval value) {}

  /**
   * One row.
   *
   * @param note at its right end, or at that of its bar
   */
  record Row(String label, List<Mark> marks, String note) {}

  /**
   * What is drawn.
   *
   * @param bars whether marks are bars, else dots
   * @param limit a dashed line across all rows
   */
  record Spec(
      String title,
      String axis,
      boolean bars,
      List<Row> rows,
      List<Key> legend,
      double from,
      double to,
      OptionalDouble limit) {}

  /** Bars of one number per label, each in the colour of its key. */
  static Picture bars(
      String title,
      String axis,
      List<String> labels,
      double[] values,
      List<Key> keys,
      double from,
      double to) {
    boolean whole = to - from > 2 && Scale.whole(values);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Interval value = new Interval(values[i], Double.NaN, Double.NaN, 0, 0, 0);
      String note = whole ? Text.tick(values[i]) : Text.number(values[i]);
      rows.add(new Row(labels.get(i), List.of(new Mark(keys.get(i), value)), note));
    }
    List<Key> legend = keys.stream().filter(key -> !key.name().isEmpty()).distinct().toList();
    return draw(
        new Spec(title, axis, true, rows, legend, from, to, OptionalDouble.empty()),
        Text.words(title + " (" + axis + ")", labels, values));
  }

  static Picture intervals(
      String title, String axis, Map<String, Interval> values, double from, double to) {
    Check.some("numbers", values.size());
    Check.range(from, to);
    Key key = Key.of("", 0);
    List<Row> rows = new ArrayList<>();
    values.forEach(
        (name, value) ->
            rows.add(new Row(name, List.of(new Mark(key, value)), Text.number(value.estimate()))));
    return draw(
        new Spec(title, axis, false, rows, List.of(key), from, to, OptionalDouble.empty()),
        Text.words(
            title + " (" + axis + ")",
            List.copyOf(values.keySet()),
            values.values().stream().mapToDouble(Interval::estimate).toArray()));
  }

  static Picture draw(Spec spec, String words) {
    List<String> labels =
        Text.fit(spec.rows().stream().map(Row::label).toList(), Text.PLAIN, LONGEST);
    List<String> notes = spec.rows().stream().map(Row::note).toList();
    int most = spec.rows().stream().mapToInt(row -> row.marks().size()).max().orElse(1);
    int width = ChartStyle.WIDTH - 2 * PAD;
    int top = TITLE + Key.legendHeight(spec.legend(), width) + 4;
    int left = PAD + (int) Math.ceil(Text.widest(labels, Text.PLAIN)) + 12;
    int right = PAD + width - 12 - (int) Math.ceil(Text.widest(notes, Text.PLAIN));
    double height = Math.max(ROW, most > 1 ? most * STEP + 12 : 0);
    double bottom = top + labels.size() * height;
    Scale scale =
        Scale.of(
            spec.from(),
            spec.to(),
            8,
            spec.to() - spec.from() > 2
                && spec.rows().stream()
                    .flatMap(row -> row.marks().stream())
                    .allMatch(mark -> Scale.whole(mark.value().estimate())));
    return ChartStyle.sheet(
        ChartStyle.WIDTH,
        (int) Math.ceil(bottom) + FOOT,
        spec.title(),
        words,
        g -> {
          Key.legend(g, spec.legend(), TITLE, ChartStyle.WIDTH);
          Plot plot = new Plot(g, spec, scale, left, right, top, bottom);
          plot.axis();
          for (int r = 0; r < labels.size(); r++) {
            g.setFont(Text.PLAIN);
            g.setColor(Text.INK);
            Text.at(g, labels.get(r), left - 9.0, top + (r + .5) * height, 1);
            plot.row(spec.rows().get(r), top + (r + .5) * height);
            if (most > 1 && r > 0) {
              plot.line(Text.GRID, left, top + r * height, right, top + r * height);
            }
          }
        });
  }

  private record Plot(
      Graphics2D g, Spec spec, Scale scale, int left, int right, int top, double bottom) {
    double x(double value) {
      return left + scale.share(value) * (right - left);
    }

    void line(Color colour, double x, double y, double toX, double toY) {
      g.setColor(colour);
      g.setStroke(new BasicStroke(1));
      g.draw(new Line2D.Double(x, y, toX, toY));
    }

    void axis() {
      g.setFont(Text.PLAIN);
      for (double tick : scale.ticks()) {
        line(tick == 0 ? Text.FAINT : Text.GRID, x(tick), top, x(tick), bottom);
        g.setColor(Text.INK);
        Text.centred(g, scale.label(tick), x(tick), bottom + 15);
      }
      g.setFont(Text.AXIS);
      String name = Text.fit(spec.axis(), Text.AXIS, right - left);
      Text.centred(g, name, (left + right) / 2.0, bottom + 42);
      spec.limit()
          .ifPresent(
              limit -> {
                g.setColor(Palette.VERMILLION);
                g.setStroke(ChartStyle.stroke(1.5f, 1));
                g.draw(new Line2D.Double(x(limit), top, x(limit), bottom));
              });
    }

    void row(Row row, double middle) {
      double noteAt = right + 12.0;
      for (int i = 0; i < row.marks().size(); i++) {
        Key key = row.marks().get(i).key();
        Interval value = row.marks().get(i).value();
        double y = middle + (i - (row.marks().size() - 1) / 2.0) * STEP;
        double at = x(value.estimate());
        if (spec.bars()) {
          g.setColor(key.colour());
          g.fill(
              new Rectangle2D.Double(Math.min(x(0), at), y - BAR / 2.0, Math.abs(at - x(0)), BAR));
          noteAt = Math.max(x(0), at) + 5;
        } else if (!Double.isNaN(value.estimate())) {
          if (!Double.isNaN(value.low())) {
            g.setColor(key.hollow() ? Text.FAINT : key.colour());
            g.setStroke(new BasicStroke(key.hollow() ? 1 : 2));
            g.draw(new Line2D.Double(x(value.low()), y, x(value.high()), y));
          }
          key.mark(g, at, y, DOT);
        }
      }
      g.setFont(Text.PLAIN);
      g.setColor(Text.FAINT);
      Text.at(g, row.note(), noteAt, middle, 0);
    }
  }
}
