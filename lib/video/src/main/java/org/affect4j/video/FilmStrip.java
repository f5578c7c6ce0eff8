package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.affect4j.chart.Picture;
import org.affect4j.chart.SeriesCharts;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/** Faces of a video at the moments at which a value peaks, above its curve. */
public final class FilmStrip {
  /** A cut shows so much more than the box, which ends at brows and chin. */
  private static final double ROOM = 1.5;

  private static final int GREY = 128;

  private FilmStrip() {}

  /**
   * Reads the faces at the peaks of a column from the video and draws them above its curve.
   *
   * @param clip the video, or a folder of numbered pictures
   * @param rows of this video alone
   * @param face its face_id
   * @param column such as {@code "au12"} or {@code "p_happiness"}
   * @return up to six faces, each with a line to its moment
   * @throws IllegalArgumentException if there is no such face or column
   * @throws IOException if the clip cannot be read, or has none of the frames
   */
  public static Picture of(Path clip, FaceTable rows, int face, String column) throws IOException {
    FrameRows frames = new FrameRows(rows);
    SeriesCharts charts = SeriesCharts.of(rows, face);
    List<Integer> wanted = charts.peaks(column, 6);
    SortedMap<Integer, FaceImage> pictures = new TreeMap<>();
    try (VideoSource video = Rewriting.open(clip, VideoOptions.defaults())) {
      for (VideoFrame frame : video) {
        int number = (int) frame.number();
        if (wanted.contains(number)) {
          pictures.put(number, cut(frame, frames.of(number), face));
        }
        if (pictures.size() == wanted.size()) {
          break;
        }
      }
    }
    if (pictures.isEmpty()) {
      throw new UnreadableVideoException(
          "%s has none of the frames %s, at which %s peaks in the rows"
              .formatted(clip, wanted, column));
    }
    return charts.filmStrip(column, pictures);
  }

  /** The face of a frame in a square; the whole frame where rows have no boxes. */
  private static FaceImage cut(VideoFrame frame, FaceTable rows, int face) {
    for (int row = 0; row < rows.size(); row++) {
      Optional<PixelBox> box = rows.box(row);
      if (rows.number(row, FaceColumns.FACE).orElse(-1) == face && box.isPresent()) {
        int side = (int) Math.round(ROOM * Math.max(box.get().width(), box.get().height()));
        int x = (int) Math.round(box.get().x() + (box.get().width() - side) / 2);
        int y = (int) Math.round(box.get().y() + (box.get().height() - side) / 2);
        return frame.image().cut(x, y, side, side, GREY);
      }
    }
    return frame.image();
  }
}
