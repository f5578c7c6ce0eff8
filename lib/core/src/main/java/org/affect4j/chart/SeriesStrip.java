package org.affect4j.chart;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.affect4j.face.ActionUnit;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * A small plot that moves with a video: two curves of one face and a line at the moment that is
 * shown. The curves are valence and arousal; of rows without them, the two units that reach most.
 */
public final class SeriesStrip {
  /** Height of the plot in pixels. */
  public static final int HEIGHT = 104;

  /** A strip shows so many seconds around the moment, or the whole of a shorter video. */
  private static final double SECONDS = 10;

  /** The same in frames, where there are no times. */
  private static final double FRAMES = 250;

  private static final int LEFT = 108;
  private static final int RIGHT = 14;
  private static final int TOP = 26;
  private static final int FOOT = 22;

  private final TrackRows track;
  private final int width;
  private final List<String> columns;
  private final List<double[]> values;
  private final Scale scale;

  private SeriesStrip(TrackRows track, int width) {
    this.track = track;
    this.width = width;
    FaceTable rows = track.table();
    List<String> affect = List.of(FaceColumns.VALENCE, FaceColumns.AROUSAL);
    boolean isAffect = affect.stream().allMatch(rows::has);
    columns =
        isAffect
            ? affect
            : ActionUnit.ALL.stream()
                .map(ActionUnit::column)
                .filter(rows::has)
                .sorted(Comparator.comparingDouble(c -> -highest(track.values(c))))
                .limit(2)
                .toList();
    Check.some("valence and arousal, and no action units", columns.size());
    values = columns.stream().map(track::values).toList();
    scale = Scale.of(isAffect ? -1 : 0, 1, 2, false);
  }

  private static double highest(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
  }

  /**
   * Prepares the plot of one face.
   *
   * @param rows of one video
   * @param face its face_id
   * @param width of the plot in pixels, 200 or more
   * @return the plot
   * @throws IllegalArgumentException if there is no such face, or the rows have no numbers to draw
   */
  public static SeriesStrip of(FaceTable rows, int face, int width) {
    if (width < 200) {
      throw new IllegalArgumentException("a strip is 200 pixels wide or more, got " + width);
    }
    return new SeriesStrip(TrackRows.of(rows, OptionalInt.of(face)), width);
  }

  /**
   * Draws the plot at a moment.
   *
   * @param frame number of the frame that is shown
   * @return a picture of {@link #HEIGHT}, with as many pixels as are shown
   */
  public Picture at(int frame) {
    double now = track.timeOf(frame);
    double end = Math.max(track.end(), track.step());
    double span = Math.min(end, track.inSeconds() ? SECONDS : FRAMES);
    double from = Math.max(0, Math.min(end - span, now - span / 2));
    Rectangle2D area = new Rectangle2D.Double(LEFT, TOP, width - LEFT - RIGHT, HEIGHT - TOP - FOOT);
    return new Picture(
        width,
        HEIGHT,
        "%s and %s of face %d, now %s"
            .formatted(columns.get(0), columns.get(columns.size() - 1), track.face(), now),
        g -> {
          TimePlot plot = new TimePlot(g, track, area, from, from + span);
          plot.grid(scale);
          plot.ticks(track.inSeconds() ? " s" : "");
          plot.status();
          plot.cuts();
          for (int i = 0; i < values.size(); i++) {
            Color colour = i == 0 ? Palette.BLUE : Palette.VERMILLION;
            plot.curve(values.get(i), scale, colour, 1.8f);
            g.setColor(colour);
            g.setFont(Text.PLAIN);
            Text.at(g, columns.get(i), 10, TOP + 8 + i * 20, 0);
          }
          g.setColor(Text.FAINT);
          Text.at(g, "face " + track.face(), 10, TOP + 48, 0);
          plot.now(now);
        });
  }
}
