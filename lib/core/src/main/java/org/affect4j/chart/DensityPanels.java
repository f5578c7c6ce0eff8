package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;

/** One small plane of valence and arousal per group, side by side. */
final class DensityPanels {
  private static final int COLUMNS = 4;
  private static final int PANEL = 196;
  private static final int GAP = 14;
  private static final int TOP = 46;
  private static final int LINE = 22;
  private static final int FOOT = 34;
  private static final int BINS = 20;

  private DensityPanels() {}

  /** Points of one panel, all in -1 to 1. */
  record Panel(String name, double[] valence, double[] arousal) {
    int[][] counts() {
      int[][] counts = new int[BINS][BINS];
      for (int i = 0; i < valence.length; i++) {
        counts[bin(arousal[i])][bin(valence[i])]++;
      }
      return counts;
    }

    private static int bin(double value) {
      return Math.min(BINS - 1, (int) ((value + 1) / 2 * BINS));
    }
  }

  static Picture draw(String title, List<Panel> panels, String words) {
    int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
    int columns = Math.min(COLUMNS, panels.size());
    int width = Math.max(480, GAP + columns * (PANEL + GAP) + 10);
    int height = TOP + rows * (LINE + PANEL + GAP) + FOOT;
    return new Picture(
        width,
        height,
        words,
        g -> {
          g.setColor(Color.WHITE);
          g.fill(new Rectangle2D.Double(0, 0, width, height));
          g.setColor(Text.INK);
          g.setFont(Text.TITLE);
          Text.centred(g, Text.fit(title, Text.TITLE, width - 28.0), width / 2.0, 24);
          for (int i = 0; i < panels.size(); i++) {
            panel(
                g,
                panels.get(i),
                GAP + 5.0 + i % COLUMNS * (PANEL + GAP),
                TOP + i / COLUMNS * (double) (LINE + PANEL + GAP));
          }
          g.setFont(Text.PLAIN);
          g.setColor(Text.FAINT);
          Text.centred(
              g,
              "to the right valence, upward arousal, both −1 to 1; cross: mean",
              width / 2.0,
              height - FOOT / 2.0);
        });
  }

  private static void panel(Graphics2D g, Panel panel, double left, double top) {
    g.setFont(Text.PLAIN);
    g.setColor(Text.INK);
    String name = "%s (%,d)".formatted(panel.name(), panel.valence().length);
    Text.centred(g, Text.fit(name, Text.PLAIN, PANEL), left + PANEL / 2.0, top + LINE / 2.0);
    double y0 = top + LINE;
    int[][] counts = panel.counts();
    int most = Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(1);
    double cell = (double) PANEL / BINS;
    for (int row = 0; row < BINS; row++) {
      for (int column = 0; column < BINS; column++) {
        if (counts[row][column] > 0) {
          // Square root, because a few crowded cells would otherwise make all others look empty.
          g.setColor(
              ColourMap.BLUES.at(.15 + .85 * Math.sqrt((double) counts[row][column] / most)));
          g.fill(
              new Rectangle2D.Double(
                  left + column * cell, y0 + (BINS - 1 - row) * cell, cell, cell));
        }
      }
    }
    g.setColor(Text.FAINT);
    g.setStroke(new BasicStroke(1));
    g.draw(new Ellipse2D.Double(left, y0, PANEL, PANEL));
    g.draw(new Line2D.Double(left, y0 + PANEL / 2.0, left + PANEL, y0 + PANEL / 2.0));
    g.draw(new Line2D.Double(left + PANEL / 2.0, y0, left + PANEL / 2.0, y0 + PANEL));
    g.setColor(Text.GRID);
    g.draw(new Rectangle2D.Double(left, y0, PANEL, PANEL));
    double x = left + (Arrays.stream(panel.valence()).average().orElse(0) + 1) / 2 * PANEL;
    double y = y0 + (1 - Arrays.stream(panel.arousal()).average().orElse(0)) / 2 * PANEL;
    g.setColor(Palette.VERMILLION);
    g.setStroke(new BasicStroke(2.5f));
    g.draw(new Line2D.Double(x - 6, y, x + 6, y));
    g.draw(new Line2D.Double(x, y - 6, x, y + 6));
  }
}
