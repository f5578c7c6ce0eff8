package org.affect4j.video.track;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.affect4j.image.FaceImage;

/**
 * Finds cuts: a picture has little in common with the one before, and none of the two that follow
 * returns to it, as behind a flash. It keeps a frame back only while it waits for these. For one
 * thread and one video, frames in order.
 *
 * @param <F> what goes through
 */
public final class CutDetector<F> {
  /** Mean difference of coarse grey pictures, of 255, from which two have little in common. */
  private static final double DIFFERENT = 28;

  private static final int COLUMNS = 16;
  private static final int ROWS = 12;

  /** Frames of a flash at most. */
  private static final int FLASH = 2;

  private final Deque<Waiting<F>> waiting = new ArrayDeque<>();
  private double[] before = new double[0];

  private record Waiting<F>(F frame, double[] picture) {}

  /**
   * A frame that may go on.
   *
   * @param frame what was put in
   * @param cut whether another shot begins with it
   * @param <F> what goes through
   */
  public record Shown<F>(F frame, boolean cut) {}

  /** Makes a detector for one video. */
  public CutDetector() {}

  /**
   * Takes the next frame.
   *
   * @param frame what goes through
   * @param picture its picture
   * @return the frames of which all is known now, in order; perhaps none
   */
  public List<Shown<F>> next(F frame, FaceImage picture) {
    waiting.add(new Waiting<>(frame, coarse(picture)));
    return known(false);
  }

  /**
   * Ends the video.
   *
   * @return the frames that were kept back
   */
  public List<Shown<F>> end() {
    return known(true);
  }

  private List<Shown<F>> known(boolean atEnd) {
    List<Shown<F>> shown = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Waiting<F> first = waiting.peek();
      boolean jump = before.length > 0 && difference(before, first.picture) > DIFFERENT;
      if (jump) {
        boolean back =
            waiting.stream().anyMatch(w -> difference(before, w.picture) <= DIFFERENT);
        if (!back && waiting.size() <= FLASH && !atEnd) {
          return shown;
        }
        if (back) {
          // The flash is no picture to compare with.
          while (difference(before, waiting.peek().picture) > DIFFERENT) {
            shown.add(new Shown<>(waiting.poll().frame, false));
          }
          continue;
        }
      }
      before = first.picture;
      shown.add(new Shown<>(waiting.poll().frame, jump));
    }
    return shown;
  }

  private static double difference(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  /** Means of a few pixels of each cell: a cut changes nearly all, a person who moves a few. */
  private static double[] coarse(FaceImage picture) {
    double[] cells = new double[ROWS * COLUMNS];
    for (int i = 0; i < cells.length * 16; i++) {
      int cell = i / 16;
      double x = (cell % COLUMNS + (i % 4 + .5) / 4) / COLUMNS;
      double y = (cell / COLUMNS + (i / 4 % 4 + .5) / 4) / ROWS;
      int rgb = picture.rgb((int) (x * picture.width()), (int) (y * picture.height()));
      cells[cell] += ((rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / 48.0;
    }
    return cells;
  }
}
