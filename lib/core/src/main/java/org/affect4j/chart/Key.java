package org.affect4j.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.face.Expression;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What a series is told by: its colour, and its shape for those who cannot tell the colours apart.
 *
 * @param hollow grey and not filled: shown, but not to be compared
 */
record Key(String name, Color colour, Marker marker, boolean hollow) {
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.RECTANGLE,
          SeriesMarkers.OVAL);
  private static final int LINE = 20;
  private static final int LONGEST = 260;
  private static final int ROOM = 38;

  /** The key of a series; one that is called like an expression looks the same everywhere. */
  static Key of(String name, int index) {
    return Expression.ALL.stream()
        .filter(e -> e.label().equals(name))
        .findFirst()
        .map(e -> new Key(name, Palette.of(e), marker(e.ordinal()), false))
        .orElse(new Key(name, Palette.series(index), marker(index), false));
  }

  /** A filled square in one colour, for bars. */
  static Key bar(String name, Color colour) {
    return new Key(name, colour, SeriesMarkers.SQUARE, false);
  }

  /** After all colours have been used, they come again with other shapes. */
  static Marker marker(int index) {
    return MARKERS.get((index + index / Palette.SERIES.size()) % MARKERS.size());
  }

  void mark(Graphics2D g, double x, double y, int size) {
    g.setColor(hollow ? Text.FAINT : colour);
    marker.paint(g, x, y, size);
    if (hollow) {
      g.setColor(Color.WHITE);
      marker.paint(g, x, y, size - 2);
    }
  }

  /** Height of a legend above a plot; a single series needs none. */
  static int legendHeight(List<Key> keys, int width) {
    return lines(keys, width).size() * LINE;
  }

  /** Draws the names of the series, as many in a line as fit. */
  static void legend(Graphics2D g, List<Key> keys, double top, int width) {
    double y = top + LINE / 2.0;
    for (List<Key> line : lines(keys, width)) {
      double x = (width - line.stream().mapToDouble(Key::room).sum()) / 2;
      for (Key key : line) {
        key.mark(g, x + 8, y, 9);
        g.setColor(Text.INK);
        g.setFont(Text.PLAIN);
        Text.at(g, key.shown(), x + 18, y, 0);
        x += key.room();
      }
      y += LINE;
    }
  }

  private static List<List<Key>> lines(List<Key> keys, int width) {
    List<List<Key>> lines = new ArrayList<>();
    double used = Double.POSITIVE_INFINITY;
    for (Key key : keys.size() > 1 ? keys : List.<Key>of()) {
      if (used + key.room() > width) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.get(lines.size() - 1).add(key);
      used += key.room();
    }
    return lines;
  }

  private String shown() {
    return Text.fit(name, Text.PLAIN, LONGEST);
  }

  private double room() {
    return Text.width(shown(), Text.PLAIN) + ROOM;
  }
}
