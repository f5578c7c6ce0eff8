package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.affect4j.metric.ConfusionCounts;

/**
 * Heat maps drawn with AWT, because XChart writes all numbers in one colour, which cannot be read
 * on both light and dark cells, and cannot write another number than the one it colours.
 */
final class HeatMap {
  private static final int PAD = 14;
  private static final int BAR_ROOM = 84;
  private static final int NAME = 24;

  private HeatMap() {}

  /**
   * What is drawn.
   *
   * @param title heading
   * @param rowAxis name of the rows, may be empty
   * @param columnAxis name of the columns, may be empty
   * @param rows labels from top to bottom
   * @param columns labels from left to right
   * @param values decide the colours
   * @param cells texts of the cells
   * @param from value of the first colour
   * @param to value of the last colour
   * @param map the colours
   * @param scale what the colours mean, may be empty
   */
  record Spec(
      String title,
      String rowAxis,
      String columnAxis,
      List<String> rows,
      List<String> columns,
      double[][] values,
      String[][] cells,
      double from,
      double to,
      ColourMap map,
      String scale) {}

  static Picture draw(
      String title,
      List<String> rows,
      List<String> columns,
      double[][] values,
      double from,
      double to,
      ColourMap colours) {
    Check.some("rows", rows.size());
    Check.some("columns", columns.size());
    Check.range(from, to);
    Check.same("row labels", rows.size(), "rows of values", values.length);
    String[][] cells = new String[values.length][];
    double[][] copy = new double[values.length][];
    for (int r = 0; r < values.length; r++) {
      Check.same("column labels", columns.size(), "values in row " + r, values[r].length);
      cells[r] = Arrays.stream(values[r]).mapToObj(HeatMap::cell).toArray(String[]::new);
      copy[r] = values[r].clone();
    }
    return draw(
        new Spec(title, "", "", rows, columns, copy, cells, from, to, colours, ""),
        "Heat map, %s: %d rows (%s), %d columns (%s)"
            .formatted(title, rows.size(), Text.few(rows), columns.size(), Text.few(columns)));
  }

  /** Zeros stay blank, so that the other numbers stand out. */
  private static String cell(double value) {
    return Math.abs(value) < .005 ? "" : Text.number(value);
  }

  /** Counts of pairs; the heading has places for the number of equal pairs and of all. */
  static Picture confusion(String heading, String rows, String columns, ConfusionCounts pairs) {
    List<String> labels = pairs.labels();
    Check.some("classes", labels.size());
    long[][] counts = pairs.counts();
    double[][] shares = new double[counts.length][];
    String[][] cells = new String[counts.length][];
    long right = 0;
    for (int r = 0; r < counts.length; r++) {
      // A row without any stays light.
      double sum = Math.max(1, Arrays.stream(counts[r]).sum());
      shares[r] = Arrays.stream(counts[r]).mapToDouble(count -> count / sum).toArray();
      cells[r] = Arrays.stream(counts[r]).mapToObj(Text::tick).toArray(String[]::new);
      right += counts[r][r];
    }
    String title = String.format(Locale.ROOT, heading, right, pairs.total());
    return draw(
        new Spec(
            title,
            rows,
            columns,
            labels,
            labels,
            shares,
            cells,
            0,
            1,
            ColourMap.BLUES,
            "share of the row"),
        "%s; rows %s, columns %s: %s".formatted(title, rows, columns, Text.few(labels)));
  }

  private static Picture draw(Spec spec, String description) {
    Layout layout = Layout.of(spec);
    double title = Math.min(ChartStyle.WIDTH, Text.width(spec.title(), Text.TITLE) + 2 * PAD);
    double body = Math.max(layout.y(layout.rows.size()), layout.top + 120) + layout.labelHeight;
    return ChartStyle.sheet(
        (int) Math.ceil(Math.max(layout.x(layout.columns.size()) + layout.barRoom, title)),
        (int) Math.ceil(body) + (spec.columnAxis().isEmpty() ? 0 : NAME) + PAD,
        spec.title(),
        description,
        g -> {
          layout.cells(g);
          layout.labels(g);
          layout.scale(g);
        });
  }

  /** Where everything lies; a slanted label hangs to the lower left of its column. */
  private record Layout(
      Spec spec,
      List<String> rows,
      List<String> columns,
      int left,
      int top,
      int barRoom,
      double cellWidth,
      double cellHeight,
      boolean slanted,
      double labelHeight) {
    static Layout of(Spec spec) {
      List<String> rows = Text.fit(spec.rows(), Text.PLAIN, 220);
      List<String> columns = Text.fit(spec.columns(), Text.PLAIN, 180);
      int count = rows.size();
      int bar = BAR_ROOM + (spec.scale().isEmpty() ? 0 : NAME);
      int names = (int) Math.ceil(Text.widest(rows, Text.PLAIN)) + 10;
      int left = PAD + names + (spec.rowAxis().isEmpty() ? 0 : NAME);
      double room = (ChartStyle.WIDTH - left - bar) / (double) columns.size();
      double cellWidth = Math.max(4, Math.min(96, room));
      double cellHeight =
          count <= 12 ? Math.max(30, Math.min(44, 400.0 / count)) : count <= 80 ? 22 : 17;
      double labelWidth = Text.widest(columns, Text.PLAIN);
      boolean slanted = labelWidth > cellWidth - 3;
      return new Layout(
          spec,
          rows,
          columns,
          left,
          spec.title().isEmpty() ? PAD : 46,
          bar,
          cellWidth,
          cellHeight,
          slanted,
          slanted ? labelWidth * Math.sqrt(.5) + 16 : 20);
    }

    private double x(double column) {
      return left + column * cellWidth;
    }

    private double y(double row) {
      return top + row * cellHeight;
    }

    private void cells(Graphics2D g) {
      double gap = Math.min(cellWidth, cellHeight) > 12 ? 1 : 0;
      boolean write =
          Arrays.stream(spec.cells())
              .allMatch(row -> Text.widest(List.of(row), Text.PLAIN) <= cellWidth - 4);
      g.setFont(Text.PLAIN);
      for (int r = 0; r < rows.size(); r++) {
        for (int c = 0; c < columns.size(); c++) {
          double share = (spec.values()[r][c] - spec.from()) / (spec.to() - spec.from());
          Color colour = spec.map().at(share);
          g.setColor(colour);
          g.fill(new Rectangle2D.Double(x(c), y(r), cellWidth - gap, cellHeight - gap));
          if (write) {
            g.setColor(readableOn(colour));
            Text.centred(g, spec.cells()[r][c], x(c + .5), y(r + .5));
          }
        }
      }
    }

    private void labels(Graphics2D g) {
      g.setFont(Text.PLAIN);
      g.setColor(Text.INK);
      for (int r = 0; r < rows.size(); r++) {
        Text.at(g, rows.get(r), left - 8.0, y(r + .5), 1);
      }
      double bottom = y(rows.size());
      // Columns narrower than a letter get only every second, third, … label.
      int step = Math.max(1, (int) Math.ceil(16 / cellWidth));
      for (int c = 0; c < columns.size(); c += step) {
        if (slanted) {
          Text.turned(g, columns.get(c), x(c + .5) + 3, bottom + 10, -Math.PI / 4, 1);
        } else {
          Text.centred(g, columns.get(c), x(c + .5), bottom + 12);
        }
      }
      g.setFont(Text.AXIS);
      Text.centred(g, spec.columnAxis(), x(columns.size() / 2.0), bottom + labelHeight + 14);
      Text.upward(g, spec.rowAxis(), PAD + 6, y(rows.size() / 2.0));
    }

    private void scale(Graphics2D g) {
      double height = Math.max(100, Math.min(240, y(rows.size()) - top));
      Scale scale = Scale.of(spec.from(), spec.to(), 4, false);
      double x = x(columns.size()) + 16;
      double end = bar(g, scale, v -> spec.map().at(scale.share(v)), x, top, height);
      String name = Text.fit(spec.scale(), Text.PLAIN, height + 40);
      Text.upward(g, name, end + 14, top + height / 2);
    }
  }

  /** Draws which colour means which number; returns where its labels end. */
  static double bar(
      Graphics2D g, Scale scale, DoubleFunction<Color> colours, double x, double y, double height) {
    int width = 16;
    for (int i = 0; i < (int) height; i++) {
      double share = 1 - i / (height - 1);
      g.setColor(colours.apply(scale.from() + share * (scale.to() - scale.from())));
      g.fill(new Rectangle2D.Double(x, y + i, width, 1.2));
    }
    g.setFont(Text.PLAIN);
    g.setColor(Text.INK);
    g.setStroke(new BasicStroke(1));
    double widest = 0;
    for (double tick : scale.ticks()) {
      double at = y + height * (1 - scale.share(tick));
      g.draw(new Line2D.Double(x + width, at, x + width + 4, at));
      double inside = Math.max(y + 6, Math.min(y + height - 6, at));
      Text.at(g, scale.label(tick), x + width + 7, inside, 0);
      widest = Math.max(widest, Text.width(scale.label(tick), Text.PLAIN));
    }
    return x + width + 7 + widest;
  }

  /** White on dark, nearly black on light; relative luminance as in WCAG 2, without its gamma. */
  private static Color readableOn(Color colour) {
    double light = .299 * colour.getRed() + .587 * colour.getGreen() + .114 * colour.getBlue();
    return light < 140 ? Color.WHITE : Text.INK;
  }
}
