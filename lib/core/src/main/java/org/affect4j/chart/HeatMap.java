package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Heat maps drawn with AWT, because XChart writes all numbers in one colour, which cannot be read
 * on both light and dark cells, and cannot write another number than the one it colours.
 */
final class HeatMap {
  private static final int PAD = 14;
  private static final int BAR = 16;
  private static final int BAR_ROOM = 84;

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
   * @param cells texts of the cells; no rows if none are to be written
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

  static Picture draw(Spec spec, String description) {
    Layout layout = new Layout(spec);
    return new Picture(
        layout.width, layout.height, description, g -> new Painter(g, spec, layout).paint());
  }

  private static final class Layout {
    final List<String> rows;
    final List<String> columns;
    final int left;
    final int top;
    final double cellWidth;
    final double cellHeight;
    final boolean slanted;
    final int width;
    final int height;
    final double labelHeight;

    Layout(Spec spec) {
      rows = Text.fit(spec.rows(), Text.PLAIN, 220);
      columns = Text.fit(spec.columns(), Text.PLAIN, 180);
      double labelWidth = Text.widest(columns, Text.PLAIN);
      left =
          PAD
              + (int) Math.ceil(Text.widest(rows, Text.PLAIN))
              + 10
              + (spec.rowAxis().isEmpty() ? 0 : 24);
      double room = ChartStyle.WIDTH - left - BAR_ROOM - (spec.scale().isEmpty() ? 0 : 22);
      cellWidth = Math.max(4, Math.min(96, room / Math.max(1, columns.size())));
      int count = rows.size();
      cellHeight = count <= 12 ? Math.max(30, Math.min(44, 400.0 / count)) : count <= 80 ? 22 : 17;
      slanted = labelWidth > cellWidth - 3;
      // A slanted label hangs to the lower left, so its height is that of the slope.
      labelHeight = slanted ? labelWidth * Math.sqrt(.5) + 16 : 20;
      top = spec.title().isEmpty() ? PAD : 46;
      width =
          (int)
              Math.ceil(
                  Math.max(
                      left
                          + cellWidth * columns.size()
                          + BAR_ROOM
                          + (spec.scale().isEmpty() ? 0 : 22),
                      Math.min(ChartStyle.WIDTH, Text.width(spec.title(), Text.TITLE) + 2 * PAD)));
      double body = Math.max(cellHeight * count, 120);
      height =
          (int)
              Math.ceil(
                  top
                      + (spec.rows().isEmpty() ? 0 : body)
                      + labelHeight
                      + (spec.columnAxis().isEmpty() ? 0 : 24)
                      + PAD);
    }
  }

  private record Painter(Graphics2D g, Spec spec, Layout layout) {
    void paint() {
      g.setColor(Color.WHITE);
      g.fill(new Rectangle2D.Double(0, 0, layout.width, layout.height));
      g.setColor(Text.INK);
      g.setFont(Text.TITLE);
      String title = Text.fit(spec.title(), Text.TITLE, layout.width - 2.0 * PAD);
      Text.centred(g, title, layout.width / 2.0, 24);
      cells();
      labels();
      scale();
    }

    private double x(double column) {
      return layout.left + column * layout.cellWidth;
    }

    private double y(double row) {
      return layout.top + row * layout.cellHeight;
    }

    private double share(double value) {
      return (value - spec.from()) / (spec.to() - spec.from());
    }

    private void cells() {
      double gap = Math.min(layout.cellWidth, layout.cellHeight) > 12 ? 1 : 0;
      boolean write = spec.cells().length > 0;
      Font font = Text.PLAIN;
      for (String[] row : spec.cells()) {
        write &= Text.widest(List.of(row), font) <= layout.cellWidth - 4;
      }
      g.setFont(font);
      for (int r = 0; r < spec.values().length; r++) {
        for (int c = 0; c < spec.values()[r].length; c++) {
          Color colour = spec.map().at(share(spec.values()[r][c]));
          g.setColor(colour);
          g.fill(
              new Rectangle2D.Double(x(c), y(r), layout.cellWidth - gap, layout.cellHeight - gap));
          if (write) {
            g.setColor(readableOn(colour));
            Text.centred(g, spec.cells()[r][c], x(c + .5), y(r + .5));
          }
        }
      }
    }

    private void labels() {
      int rows = layout.rows.size();
      int columns = layout.columns.size();
      g.setFont(Text.PLAIN);
      g.setColor(Text.INK);
      for (int r = 0; r < rows; r++) {
        Text.at(g, layout.rows.get(r), layout.left - 8.0, y(r + .5), 1);
      }
      // Columns narrower than a letter get only every second, third, … label.
      int step = Math.max(1, (int) Math.ceil(16 / layout.cellWidth));
      for (int c = 0; c < columns; c += step) {
        if (layout.slanted) {
          g.translate(x(c + .5) + 3, y(rows) + 10);
          g.rotate(-Math.PI / 4);
          Text.at(g, layout.columns.get(c), 0, 0, 1);
          g.rotate(Math.PI / 4);
          g.translate(-x(c + .5) - 3, -y(rows) - 10);
        } else {
          Text.centred(g, layout.columns.get(c), x(c + .5), y(rows) + 12);
        }
      }
      g.setFont(Text.AXIS);
      if (!spec.columnAxis().isEmpty()) {
        Text.centred(g, spec.columnAxis(), x(columns / 2.0), y(rows) + layout.labelHeight + 14);
      }
      if (!spec.rowAxis().isEmpty()) {
        Text.upward(g, spec.rowAxis(), PAD + 6, y(rows / 2.0));
      }
    }

    private void scale() {
      double x = x(layout.columns.size()) + 16;
      double height = Math.max(100, Math.min(240, y(layout.rows.size()) - layout.top));
      double y = layout.top;
      for (int i : IntStream.range(0, (int) height).toArray()) {
        g.setColor(spec.map().at(1 - i / (height - 1)));
        g.fill(new Rectangle2D.Double(x, y + i, BAR, 1.2));
      }
      g.setFont(Text.PLAIN);
      g.setColor(Text.INK);
      g.setStroke(new BasicStroke(1));
      double widest = 0;
      for (int i = 0; i <= 2; i++) {
        double at = y + height * (1 - i / 2.0);
        g.draw(new Line2D.Double(x + BAR, at, x + BAR + 4, at));
        double value = spec.from() + (spec.to() - spec.from()) * i / 2;
        double inside = Math.max(y + 6, Math.min(y + height - 6, at));
        Text.at(g, Text.tick(value), x + BAR + 7, inside, 0);
        widest = Math.max(widest, Text.width(Text.tick(value), Text.PLAIN));
      }
      if (!spec.scale().isEmpty()) {
        String scale = Text.fit(spec.scale(), Text.PLAIN, height + 40);
        Text.upward(g, scale, x + BAR + 7 + widest + 14, y + height / 2);
      }
    }
  }

  /** White on dark, nearly black on light; relative luminance as in WCAG 2, without its gamma. */
  static Color readableOn(Color colour) {
    double light = .299 * colour.getRed() + .587 * colour.getGreen() + .114 * colour.getBlue();
    return light < 140 ? Color.WHITE : Text.INK;
  }
}
