package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The plane of valence and arousal. Drawn with AWT, because one unit of arousal must be as long as
 * one of valence, and XChart chooses the size of its plot by the room that the labels leave.
 */
final class Circumplex {
  private static final int WIDTH = 700;
  private static final int SIDE = 588;
  private static final int LEFT = 84;
  private static final int TOP = 46;
  private static final int FOOT = 64;
  private static final double LIMIT = 1.05;
  private static final int BINS = 40;

  /** Cells a side of the arrows' grid. */
  private static final int CELLS = 10;

  private static final int PANEL = 196;
  private static final int PANELS = 4;
  private static final int PANEL_BINS = 20;
  private static final int GAP = 14;
  private static final int NAME = 22;

  private Circumplex() {}

  static Picture points(String title, double[] valence, double[] arousal, List<String> names) {
    Check.plane(valence, arousal, false);
    List<Curves.Group> groups = Curves.groups(valence, arousal, names);
    List<Key> keys = groups.stream().map(Curves.Group::key).toList();
    int count = valence.length;
    int size = count > 300 ? 6 : count > 60 ? 8 : 11;
    int top = TOP + Key.legendHeight(keys, WIDTH);
    return whole(
        WIDTH,
        top,
        title,
        words(title, valence, arousal),
        plane -> {
          Key.legend(plane.g, keys, TOP - 6.0, WIDTH);
          plane.frame(Text.FAINT);
          for (Curves.Group group : groups) {
            for (int i = 0; i < group.x().length; i++) {
              plane.point(group.x()[i], group.y()[i], group.key(), size, count);
            }
          }
        });
  }

  static Picture density(double[] valence, double[] arousal) {
    Check.plane(valence, arousal, false);
    String title = "Valence and arousal, density";
    int[][] counts = counts(valence, arousal, BINS);
    int largest = largest(counts);
    return whole(
        WIDTH + 80,
        TOP,
        title,
        words(title, valence, arousal),
        plane -> {
          plane.cells(counts);
          plane.frame(Text.INK);
          plane.g.setFont(Text.PLAIN);
          Text.at(plane.g, "faces", WIDTH + 4.0, TOP + 8.0, 0);
          Scale scale = Scale.of(0, largest, 4, true);
          HeatMap.bar(plane.g, scale, v -> colour(v, largest), WIDTH + 4.0, TOP + 22.0, 220);
        });
  }

  /** The way of one face through the plane; dashed where it was filled in. */
  static Picture trajectory(TrackRows track, double[] valence, double[] arousal, String words) {
    Check.plane(valence, arousal, true);
    int[] there =
        IntStream.range(0, valence.length)
            .filter(i -> !Double.isNaN(valence[i] + arousal[i]))
            .toArray();
    Check.some("frames with valence and arousal", there.length);
    Scale scale = Scale.of(0, Math.max(track.end(), track.step()), 4, !track.inSeconds());
    return whole(
        WIDTH + 80,
        TOP,
        "Way through valence and arousal",
        words,
        plane -> {
          plane.frame(Text.FAINT);
          int first = there[0];
          int last = there[there.length - 1];
          IntPredicate present = i -> !Double.isNaN(valence[i] + arousal[i]);
          for (int[] part : track.parts(first, last + 1, present)) {
            for (int i = part[0]; i < part[1] - 1; i++) {
              boolean filled = track.isInterpolated(i) || track.isInterpolated(i + 1);
              plane.g.setColor(ColourMap.VIRIDIS.at(scale.share(track.time(i))));
              plane.g.setStroke(
                  filled
                      ? ChartStyle.stroke(1, 2)
                      : new BasicStroke(2.2f, 1, BasicStroke.JOIN_ROUND));
              plane.g.draw(
                  new Line2D.Double(
                      plane.x(valence[i]),
                      plane.y(arousal[i]),
                      plane.x(valence[i + 1]),
                      plane.y(arousal[i + 1])));
            }
          }
          plane.end(valence[first], arousal[first], "begin", -1, ColourMap.VIRIDIS.at(0));
          plane.end(valence[last], arousal[last], "end", 1, ColourMap.VIRIDIS.at(1));
          plane.g.setFont(Text.PLAIN);
          plane.g.setColor(Text.INK);
          String unit = track.inSeconds() ? "seconds" : "frames";
          Text.at(plane.g, unit, WIDTH + 4.0, TOP + 8.0, 0);
          HeatMap.bar(
              plane.g,
              scale,
              t -> ColourMap.VIRIDIS.at(scale.share(t)),
              WIDTH + 4.0,
              TOP + 22.0,
              220);
        });
  }

  /** Arrows from the mean of first to the mean of second points, in cells of the first. */
  static Picture arrows(
      double[] valence, double[] arousal, double[] toValence, double[] toArousal) {
    Check.plane(valence, arousal, false);
    Check.plane(toValence, toArousal, false);
    Check.same("annotations", valence.length, "predictions", toValence.length);
    double[][] sums = new double[CELLS * CELLS][5];
    double error = 0;
    for (int i = 0; i < valence.length; i++) {
      double[] sum = sums[bin(arousal[i], CELLS) * CELLS + bin(valence[i], CELLS)];
      sum[0]++;
      sum[1] += valence[i];
      sum[2] += arousal[i];
      sum[3] += toValence[i];
      sum[4] += toArousal[i];
      error += Math.hypot(toValence[i] - valence[i], toArousal[i] - arousal[i]) / valence.length;
    }
    double most = Arrays.stream(sums).mapToDouble(s -> s[0]).max().orElse(1);
    String title = "From annotation to prediction, mean of each cell";
    return whole(
        WIDTH,
        TOP,
        title,
        "%s: %d faces, mean distance %s".formatted(title, valence.length, Text.number(error)),
        plane -> {
          plane.frame(Text.FAINT);
          for (double[] s : sums) {
            if (s[0] > 0) {
              double size = 5 + 9 * Math.sqrt(s[0] / most);
              plane.arrow(s[1] / s[0], s[2] / s[0], s[3] / s[0], s[4] / s[0], size);
            }
          }
        });
  }

  /** One small plane per label, side by side; points without label or numbers are left out. */
  static Picture panels(List<String> labels, double[] valence, double[] arousal) {
    Check.same("labels", labels.size(), "points", valence.length);
    Check.plane(valence, arousal, true);
    int[] complete =
        IntStream.range(0, valence.length)
            .filter(i -> !labels.get(i).isEmpty() && !Double.isNaN(valence[i] + arousal[i]))
            .toArray();
    if (complete.length == 0) {
      throw new IllegalArgumentException(
          "none of %d points has a label, valence and arousal".formatted(labels.size()));
    }
    List<Curves.Group> panels =
        Curves.groups(
            Arrays.stream(complete).mapToDouble(i -> valence[i]).toArray(),
            Arrays.stream(complete).mapToDouble(i -> arousal[i]).toArray(),
            Arrays.stream(complete).mapToObj(labels::get).toList());
    int rows = (panels.size() + PANELS - 1) / PANELS;
    int width = Math.max(480, GAP + Math.min(PANELS, panels.size()) * (PANEL + GAP) + 10);
    int height = TOP + rows * (NAME + PANEL + GAP) + 34;
    List<String> words = new ArrayList<>();
    panels.forEach(p -> words.add(p.key().name() + " " + p.x().length + " points"));
    return ChartStyle.sheet(
        width,
        height,
        "Valence and arousal by label",
        "Densities of valence and arousal: " + String.join(", ", words),
        g -> {
          for (int i = 0; i < panels.size(); i++) {
            double left = GAP + 5.0 + i % PANELS * (PANEL + GAP);
            double top = TOP + i / PANELS * (double) (NAME + PANEL + GAP);
            panel(g, panels.get(i), left, top);
          }
          g.setFont(Text.PLAIN);
          g.setColor(Text.FAINT);
          String foot = "to the right valence, upward arousal, both −1 to 1; cross: mean";
          Text.centred(g, foot, width / 2.0, height - 17.0);
        });
  }

  private static void panel(Graphics2D g, Curves.Group panel, double left, double top) {
    g.setFont(Text.PLAIN);
    g.setColor(Text.INK);
    String name = "%s (%,d)".formatted(panel.key().name(), panel.x().length);
    Text.centred(g, Text.fit(name, Text.PLAIN, PANEL), left + PANEL / 2.0, top + NAME / 2.0);
    Plane plane = new Plane(g, left, top + NAME, PANEL, 1);
    plane.cells(counts(panel.x(), panel.y(), PANEL_BINS));
    plane.frame(Text.FAINT);
    g.setColor(Text.GRID);
    g.draw(new Rectangle2D.Double(left, top + NAME, PANEL, PANEL));
    double x = plane.x(Arrays.stream(panel.x()).average().orElse(0));
    double y = plane.y(Arrays.stream(panel.y()).average().orElse(0));
    g.setColor(Palette.VERMILLION);
    g.setStroke(new BasicStroke(2.5f));
    g.draw(new Line2D.Double(x - 6, y, x + 6, y));
    g.draw(new Line2D.Double(x, y - 6, x, y + 6));
  }

  /** A picture of one plane with axes. */
  private static Picture whole(
      int width, int top, String title, String words, Consumer<Plane> painter) {
    return ChartStyle.sheet(
        width, top + SIDE + FOOT, title, words, g -> painter.accept(Plane.withAxes(g, top)));
  }

  private static String words(String title, double[] valence, double[] arousal) {
    return "%s: %d points, mean valence %s, mean arousal %s"
        .formatted(
            title,
            valence.length,
            Text.number(Arrays.stream(valence).average().orElse(0)),
            Text.number(Arrays.stream(arousal).average().orElse(0)));
  }

  private static int[][] counts(double[] valence, double[] arousal, int bins) {
    int[][] counts = new int[bins][bins];
    for (int i = 0; i < valence.length; i++) {
      counts[bin(arousal[i], bins)][bin(valence[i], bins)]++;
    }
    return counts;
  }

  private static int bin(double value, int bins) {
    return Math.min(bins - 1, (int) ((value + 1) / 2 * bins));
  }

  private static int largest(int[][] counts) {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).max().orElse(1);
  }

  /** Square root, because a few crowded cells would otherwise make all others look empty. */
  private static Color colour(double count, double largest) {
    return ColourMap.BLUES.at(.12 + .88 * Math.sqrt(count / largest));
  }

  /** A square of the plane in pixels; both axes go from minus to plus the limit. */
  private record Plane(Graphics2D g, double left, double top, double side, double limit) {
    /** The plane of a whole picture. */
    static Plane withAxes(Graphics2D g, double top) {
      Plane plane = new Plane(g, LEFT, top, SIDE, LIMIT);
      Scale scale = Scale.of(-1, 1, 10, false);
      g.setFont(Text.PLAIN);
      g.setStroke(new BasicStroke(1));
      for (double tick : scale.ticks()) {
        g.setColor(Text.GRID);
        g.draw(new Line2D.Double(plane.x(tick), top, plane.x(tick), top + SIDE));
        g.draw(new Line2D.Double(LEFT, plane.y(tick), LEFT + SIDE, plane.y(tick)));
        g.setColor(Text.INK);
        Text.centred(g, scale.label(tick), plane.x(tick), top + SIDE + 15);
        Text.at(g, scale.label(tick), LEFT - 8, plane.y(tick), 1);
      }
      g.setFont(Text.AXIS);
      double middle = LEFT + SIDE / 2.0;
      Text.centred(g, "valence (unpleasant −1 … pleasant 1)", middle, top + SIDE + 42);
      Text.upward(g, "arousal (passive −1 … active 1)", 24, top + SIDE / 2.0);
      g.setFont(Text.PLAIN.deriveFont(Font.ITALIC));
      g.setColor(Text.FAINT);
      // Between circle and corner, where hardly any point lies.
      Text.at(g, "unpleasant, active", plane.x(-1) + 3, plane.y(.97), 0);
      Text.at(g, "pleasant, active", plane.x(1) - 3, plane.y(.97), 1);
      Text.at(g, "unpleasant, passive", plane.x(-1) + 3, plane.y(-.97), 0);
      Text.at(g, "pleasant, passive", plane.x(1) - 3, plane.y(-.97), 1);
      return plane;
    }

    double x(double valence) {
      return left + (valence / limit + 1) / 2 * side;
    }

    double y(double arousal) {
      return top + (1 - arousal / limit) / 2 * side;
    }

    void frame(Color colour) {
      g.setColor(colour);
      g.setStroke(new BasicStroke(1.2f));
      g.draw(new Ellipse2D.Double(x(-1), y(1), x(1) - x(-1), y(-1) - y(1)));
      g.draw(new Line2D.Double(x(-1), y(0), x(1), y(0)));
      g.draw(new Line2D.Double(x(0), y(-1), x(0), y(1)));
    }

    void cells(int[][] counts) {
      int largest = largest(counts);
      double cell = (x(1) - x(-1)) / counts.length;
      for (int row = 0; row < counts.length; row++) {
        for (int column = 0; column < counts.length; column++) {
          if (counts[row][column] > 0) {
            g.setColor(colour(counts[row][column], largest));
            g.fill(
                new Rectangle2D.Double(
                    x(-1) + column * cell, y(-1) - (row + 1) * cell, cell, cell));
          }
        }
      }
    }

    void point(double valence, double arousal, Key key, int size, int count) {
      if (count <= 60) {
        g.setColor(Color.WHITE);
        key.marker().paint(g, x(valence), y(arousal), size + 2);
      }
      g.setColor(ChartStyle.translucent(key.colour(), count > 300 ? 120 : 220));
      key.marker().paint(g, x(valence), y(arousal), size);
    }

    /** Where a way begins or ends, with its name to the left (-1) or right (1). */
    void end(double valence, double arousal, String name, int side, Color colour) {
      double x = x(valence);
      double y = y(arousal);
      Ellipse2D dot = new Ellipse2D.Double(x - 6, y - 6, 12, 12);
      g.setColor(colour);
      g.fill(dot);
      g.setColor(Text.INK);
      g.setStroke(new BasicStroke(1.5f));
      g.draw(dot);
      g.setFont(Text.PLAIN);
      double width = Text.width(name, Text.PLAIN) + 6;
      double left = side < 0 ? x - 9 - width : x + 9;
      g.setColor(ChartStyle.translucent(Color.WHITE, 210));
      g.fill(new Rectangle2D.Double(left, y - 9, width, 18));
      g.setColor(Text.INK);
      Text.centred(g, name, left + width / 2, y);
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
  }
}
