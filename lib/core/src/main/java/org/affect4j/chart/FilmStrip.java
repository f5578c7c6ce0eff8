package org.affect4j.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.affect4j.image.FaceImage;

/**
 * Pictures of moments above the curve of a column.
 *
 * @param name of the column
 * @param values of the column, one per frame of the track
 * @param pictures by the number of their frame
 */
record FilmStrip(
    TrackRows track, String name, double[] values, SortedMap<Integer, FaceImage> pictures) {
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 48;
  private static final int GAP = 6;
  private static final int LARGEST = 150;
  private static final int CAPTION = 20;
  private static final int LEADERS = 46;
  private static final int CURVE = 130;

  Picture picture() {
    double width = ChartStyle.WIDTH - LEFT - RIGHT;
    int cell = (int) Math.min(LARGEST, (width + GAP) / pictures.size() - GAP);
    double curve = TOP + cell + CAPTION + LEADERS;
    List<String> words = new ArrayList<>();
    pictures.keySet().forEach(frame -> words.add(caption(frame)));
    return Picture.drawnWithPhotos(
        ChartStyle.WIDTH,
        (int) curve + CURVE + TimePlot.AXIS + 6,
        "Film strip of face %d, %s: pictures at %s; %s"
            .formatted(track.face(), name, String.join(", ", words), track.breaks()),
        ChartStyle.headed(
            ChartStyle.WIDTH,
            name + " over time",
            g -> {
              Rectangle2D area = new Rectangle2D.Double(LEFT, curve, width, CURVE);
              double end = Math.max(track.end(), track.step());
              paint(new TimePlot(g, track, area, 0, end), cell);
            }));
  }

  private void paint(TimePlot plot, int cell) {
    double most = Math.max(1, Arrays.stream(values).filter(v -> v > 0).max().orElse(1));
    double least = Math.min(0, Arrays.stream(values).filter(v -> v < 0).min().orElse(0));
    Scale scale = Scale.of(least, most, 4, false);
    plot.grid(scale);
    plot.status();
    plot.curve(values, scale, Palette.BLUE, 2);
    plot.cuts();
    plot.axis();
    int i = 0;
    for (int frame : pictures.keySet()) {
      moment(plot, scale, frame, i++, cell);
    }
  }

  private String caption(int frame) {
    double value = value(frame);
    String time = Text.tick(track.timeOf(frame)) + (track.inSeconds() ? " s" : "");
    return Double.isNaN(value) ? time : time + ": " + Text.number(value);
  }

  private double value(int frame) {
    int index = track.index(track.timeOf(frame));
    return values[index];
  }

  /** Pictures lie side by side in the middle, so that their lines do not cross. */
  private void moment(TimePlot plot, Scale scale, int frame, int index, int cell) {
    Graphics2D g = plot.g();
    double row = pictures.size() * (cell + GAP) - GAP;
    double centre = plot.area().getCenterX() - row / 2 + index * (cell + GAP) + cell / 2.;
    FaceImage picture = pictures.get(frame).scaledTo(2 * cell);
    double w = picture.width() / 2.;
    double h = picture.height() / 2.;
    AffineTransform place = new AffineTransform(.5, 0, 0, .5, centre - w / 2, TOP + (cell - h) / 2);
    g.drawImage(picture.toBufferedImage(), place, null);
    g.setFont(Text.PLAIN);
    g.setColor(Text.INK);
    Text.centred(g, Text.fit(caption(frame), Text.PLAIN, cell + GAP), centre, TOP + cell + 11.);
    double value = value(frame);
    double x = plot.x(track.timeOf(frame));
    double to = Double.isNaN(value) ? plot.area().getMaxY() : plot.y(value, scale);
    Path2D leader = new Path2D.Double();
    leader.moveTo(centre, TOP + cell + CAPTION + 2);
    leader.lineTo(x, plot.area().getY() - TimePlot.STATUS - 6);
    leader.lineTo(x, to);
    g.setColor(Text.FAINT);
    g.setStroke(new BasicStroke(1));
    g.draw(leader);
    g.setColor(Palette.VERMILLION);
    g.fill(new Ellipse2D.Double(x - 4, to - 4, 8, 8));
  }
}
