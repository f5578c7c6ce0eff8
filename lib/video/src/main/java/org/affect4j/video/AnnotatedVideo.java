package org.affect4j.video;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.chart.Overlay;
import org.affect4j.chart.SeriesCharts;
import org.affect4j.chart.SeriesStrip;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;

/**
 * Draws what was read in a video on the video: boxes with the number of the face, its expression
 * and the units that are active, and below the picture the curves of the main face with a line at
 * the moment that is shown.
 */
public final class AnnotatedVideo {
  /** Larger frames would make labels illegible. */
  private static final int LONG_SIDE = 900;

  private static final int NARROWEST = 320;

  private final FrameRows rows;
  private final OptionalInt face;
  private Optional<SeriesStrip> strip = Optional.empty();
  private int width;
  private int height;

  private AnnotatedVideo(FaceTable rows) {
    this.rows = new FrameRows(rows);
    face = SeriesCharts.mainFace(rows);
  }

  /**
   * Writes a video with what was read in it. Its frames have the times of the clip, and its sound;
   * those with a side over 900 pixels are made smaller. Memory does not grow with the length.
   *
   * @param clip the video, or a folder of numbered pictures, of which 25 make a second
   * @param rows of this video alone, which find their frames by number; frames without rows stay as
   *     they are. The curves are those of the face that is in most frames: valence and arousal, or
   *     the two strongest units where these are missing
   * @param out its place: {@code .mp4} for H.264, {@code .webm} for VP8
   * @return what is known to be lost of the clip, in words; empty for a whole file
   * @throws IllegalArgumentException if the rows are of several videos, or the name has another
   *     ending
   * @throws IOException if the clip cannot be read, or the new video cannot be written
   */
  public static String write(Path clip, FaceTable rows, Path out) throws IOException {
    AnnotatedVideo video = new AnnotatedVideo(rows);
    VideoOptions options = VideoOptions.defaults().withLongSide(LONG_SIDE);
    return Rewriting.write(clip, options, out, 0, video::picture);
  }

  private FaceImage picture(VideoFrame frame) {
    FaceTable found = rows.of(frame.number());
    BufferedImage photo = Overlay.ofFrame(found, frame.image(), frame.width()).toImage();
    if (width == 0) {
      width = Math.max(NARROWEST, photo.getWidth() + 1) & ~1;
      strip = face.stream().mapToObj(id -> SeriesStrip.of(rows.table(), id, width)).findFirst();
      height = photo.getHeight() + (strip.isPresent() ? SeriesStrip.HEIGHT : 0) + 1 & ~1;
    }
    BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = canvas.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    int room = height - (strip.isPresent() ? SeriesStrip.HEIGHT : 0);
    g.setColor(Color.BLACK);
    g.fillRect(0, 0, width, room);
    // The first frame fits; later ones of another size are made to.
    double scale =
        Math.min(1, Math.min((double) width / photo.getWidth(), (double) room / photo.getHeight()));
    int w = (int) Math.round(photo.getWidth() * scale);
    int h = (int) Math.round(photo.getHeight() * scale);
    g.drawImage(photo, (width - w) / 2, (room - h) / 2, w, h, null);
    strip.ifPresent(s -> g.drawImage(s.at((int) frame.number()).toImage(), 0, room, null));
    g.dispose();
    return FaceImage.of(canvas);
  }
}
