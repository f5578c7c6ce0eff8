package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A stretch of time across an area of a picture, and what is drawn over it.
 *
 * @param from time at the left edge
 * @param to time at the right edge
 */
record TimePlot(Graphics2D g, TrackRows track, Rectangle2D area, double from, double to) {
  /** Room that the axis takes below the area. */
  static final int AXIS = 46;

  private static final float[] DASHES = {4, 3};

  /** Height of the line that tells where there is no face. */
  static final int STATUS = 6;

  /** How far the line of a cut goes up, above what tells where there is no face. */
  private static final int CUT = STATUS + 16;

  private static final Color GAP = new Color(0x8C8C8C);
  private static final Color FILLED = Color.WHITE;

  double x(double time) {
    return area.getX() + (time - from) / (to - from) * area.getWidth();
  }

  double y(double value, Scale scale) {
    return area.getMaxY() - scale.share(value) * area.getHeight();
  }

  /** Ticks and name of the time. */
  void axis() {
    ticks("");
    g.setFont(Text.AXIS);
    Text.centred(
        g,
        track.inSeconds() ? "time in seconds" : "frame, counted from the first",
        area.getCenterX(),
        area.getMaxY() + 34);
  }

  /** Ticks of the time, each with its unit. */
  void ticks(String unit) {
    Scale scale = Scale.of(from, to, (int) Math.max(2, area.getWidth() / 70), !track.inSeconds());
    g.setStroke(new BasicStroke(1));
    g.setFont(Text.PLAIN);
    for (double tick : scale.ticks()) {
      g.setColor(Text.FAINT);
      g.draw(new Line2D.Double(x(tick), area.getMaxY(), x(tick), area.getMaxY() + 4));
      g.setColor(Text.INK);
      Text.centred(g, scale.label(tick) + unit, x(tick), area.getMaxY() + 14);
    }
  }

  /** Lines across at the ticks of a scale, with their numbers. */
  void grid(Scale scale) {
    g.setFont(Text.PLAIN);
    g.setStroke(new BasicStroke(1));
    for (double tick : scale.ticks()) {
      double y = y(tick, scale);
      g.setColor(tick == 0 ? Text.FAINT : Text.GRID);
      g.draw(new Line2D.Double(area.getX(), y, area.getMaxX(), y));
      g.setColor(Text.INK);
      Text.at(g, scale.label(tick), area.getX() - 7, y, 1);
    }
  }

  /** Lines down where the video is cut. */
  void cuts() {
    g.setFont(Text.PLAIN);
    for (int i = Math.max(1, track.index(from)); i < track.size() && track.time(i) <= to; i++) {
      double time = track.time(i) - track.step() / 2;
      if (track.isBehindCut(i) && time >= from) {
        g.setColor(Text.INK);
        g.setStroke(new BasicStroke(1.4f));
        g.draw(new Line2D.Double(x(time), area.getY() - CUT, x(time), area.getMaxY()));
        boolean room = x(time) + 30 < area.getMaxX();
        Text.at(g, "cut", x(time) + (room ? 4 : -4), area.getY() - CUT + 6, room ? 0 : 1);
      }
    }
  }

  /** What the colours of {@link #status} mean, those that occur. */
  static List<Key> states(TrackRows track) {
    List<Key> states = new ArrayList<>();
    if (IntStream.range(0, track.size()).anyMatch(i -> track.row(i) < 0)) {
      states.add(Key.bar("the face is not there", GAP));
    }
    if (IntStream.range(0, track.size()).anyMatch(track::isInterpolated)) {
      states.add(Key.bar("filled in", FILLED));
    }
    return states;
  }

  /** A bar above the area: full where the face is missing, hollow where it is filled in. */
  void status() {
    double y = area.getY() - STATUS - 2;
    stretches(i -> track.row(i) < 0, (x, width) -> state(g, GAP, x, y, width));
    stretches(track::isInterpolated, (x, width) -> state(g, FILLED, x, y, width));
  }

  static void state(Graphics2D g, Color colour, double x, double y, double width) {
    g.setColor(colour);
    g.fill(new Rectangle2D.Double(x, y, width, STATUS));
    g.setColor(Text.FAINT);
    g.setStroke(new BasicStroke(1));
    g.draw(new Rectangle2D.Double(x + .5, y + .5, Math.max(.5, width - 1), STATUS - 1));
  }

  /** What is done with a stretch of the axis. */
  private interface Stretch {
    void at(double x, double width);
  }

  private void stretches(IntPredicate wanted, Stretch action) {
    int first = Math.max(0, track.index(from) - 1);
    int behind = Math.min(track.size(), track.index(to) + 1);
    for (int i = first; i < behind; i++) {
      if (wanted.test(i)) {
        int begin = i;
        while (i + 1 < behind && wanted.test(i + 1)) {
          i++;
        }
        if (right(i) > left(begin)) {
          action.at(left(begin), right(i) - left(begin));
        }
      }
    }
  }

  /** Where the part of the axis that a frame stands for begins. */
  double left(int i) {
    double half = i == 0 ? 0 : Math.min(track.time(i) - track.time(i - 1), 2 * track.step()) / 2;
    return x(Math.max(from, track.time(i) - half));
  }

  double right(int i) {
    double half =
        i == track.size() - 1
            ? track.step() / 2
            : Math.min(track.time(i + 1) - track.time(i), 2 * track.step()) / 2;
    return x(Math.min(to, track.time(i) + half));
  }

  /** Stretches of what is shown that a line may join. */
  private List<int[]> parts(double[] values) {
    int first = Math.max(0, track.index(from) - 1);
    int behind = Math.min(track.size(), track.index(to) + 1);
    return track.parts(first, behind, i -> !Double.isNaN(values[i]));
  }

  /** A line through values, thin and dashed where they are filled in, broken at gaps and cuts. */
  void curve(double[] values, Scale scale, Color colour, float width) {
    BasicStroke thin =
        new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
    BasicStroke thick = new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    g.setColor(colour);
    for (int[] part : parts(values)) {
      if (part[1] - part[0] == 1) {
        double x = x(track.time(part[0]));
        double y = y(values[part[0]], scale);
        g.fill(new Ellipse2D.Double(x - width, y - width, 2 * width, 2 * width));
      }
      int i = part[0];
      while (i < part[1] - 1) {
        boolean filled = isFilled(i);
        Path2D path = new Path2D.Double();
        path.moveTo(x(track.time(i)), y(values[i], scale));
        do {
          i++;
          path.lineTo(x(track.time(i)), y(values[i], scale));
        } while (i < part[1] - 1 && isFilled(i) == filled);
        g.setStroke(filled ? thin : thick);
        g.draw(path);
      }
    }
  }

  /** Whether the line from a frame to the next one shows what was filled in. */
  private boolean isFilled(int i) {
    return track.isInterpolated(i) || track.isInterpolated(i + 1);
  }

  /** Shares that add up to 1, one above the other; what was filled in is paler. */
  void bands(double[][] shares, Color[] colours) {
    for (int[] part : parts(shares[0])) {
      double[] below = new double[part[1] - part[0]];
      for (int s = 0; s < shares.length; s++) {
        Path2D band = new Path2D.Double();
        int last = part[1] - 1;
        band.moveTo(left(part[0]), height(below[0]));
        for (int i = part[0]; i <= last; i++) {
          band.lineTo(x(track.time(i)), height(below[i - part[0]]));
        }
        band.lineTo(right(last), height(below[last - part[0]]));
        for (int i = part[0]; i <= last; i++) {
          below[i - part[0]] += shares[s][i];
        }
        band.lineTo(right(last), height(below[last - part[0]]));
        for (int i = last; i >= part[0]; i--) {
          band.lineTo(x(track.time(i)), height(below[i - part[0]]));
        }
        band.lineTo(left(part[0]), height(below[0]));
        band.closePath();
        g.setColor(colours[s]);
        g.fill(band);
      }
    }
    g.setColor(new Color(255, 255, 255, 140));
    stretches(
        track::isInterpolated,
        (x, width) -> g.fill(new Rectangle2D.Double(x, area.getY(), width, area.getHeight())));
  }

  private double height(double share) {
    return area.getMaxY() - Math.min(1, share) * area.getHeight();
  }

  /** One row of colours, as many as half pixels; where several frames meet, the highest counts. */
  void heat(double[] values, double most, double y, double height) {
    int columns = (int) (2 * area.getWidth());
    double[] highest = new double[columns];
    Arrays.fill(highest, Double.NaN);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        int first = (int) Math.round(2 * (left(i) - area.getX()));
        int end = (int) Math.max(first + 1, Math.round(2 * (right(i) - area.getX())));
        for (int c = first; c < Math.min(columns, end); c++) {
          highest[c] = Double.isNaN(highest[c]) ? values[i] : Math.max(highest[c], values[i]);
        }
      }
    }
    int begin = 0;
    for (int c = 1; c <= columns; c++) {
      if (c == columns || Double.compare(highest[c], highest[begin]) != 0) {
        g.setColor(ColourMap.BLUES.at(highest[begin] / most));
        g.fill(new Rectangle2D.Double(area.getX() + begin / 2., y, (c - begin) / 2., height));
        begin = c;
      }
    }
  }

  /** The line of the moment that is shown. */
  void now(double time) {
    g.setColor(Text.INK);
    g.setStroke(new BasicStroke(2));
    g.draw(new Line2D.Double(x(time), area.getY() - 4, x(time), area.getMaxY()));
    Path2D head = new Path2D.Double();
    head.moveTo(x(time) - 5, area.getY() - 10);
    head.lineTo(x(time) + 5, area.getY() - 10);
    head.lineTo(x(time), area.getY() - 2);
    g.fill(head);
  }
}
