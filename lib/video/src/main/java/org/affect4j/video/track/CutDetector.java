package org.affect4j.video.track;

import java.util.Arrays;
import java.util.Optional;
import org.affect4j.image.FaceImage;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;

/**
 * Finds cuts: a coarse picture hardly correlates with the one before, so that a change of light is
 * none. White, black and grey frames, as of a flash, show nothing; what follows them is compared
 * with what was before. For one thread and one video, frames in order.
 */
public final class CutDetector {
  /** Correlations of neighbouring frames lie above .8, those across a cut about 0. */
  private static final double CUT = .5;

  /**
   * Grey levels, of 255, by which nine of ten cells of a plain picture lie from their median at
   * most.
   */
  private static final double PLAIN = 4;

  private static final int COLUMNS = 16;
  private static final int ROWS = 12;

  /** Pixels of a cell that are looked at, in a row and in a column. */
  private static final int SAMPLES = 4;

  private Optional<double[]> before = Optional.empty();

  /** Makes a detector for one video. */
  public CutDetector() {}

  /**
   * Looks at the next frame.
   *
   * @param picture the frame
   * @return whether another shot begins with it
   */
  public boolean isCut(FaceImage picture) {
    double[] cells = coarse(picture);
    double median = StatUtils.percentile(cells, 50);
    double spread =
        StatUtils.percentile(Arrays.stream(cells).map(c -> Math.abs(c - median)).toArray(), 90);
    if (spread < PLAIN) {
      return false;
    }
    boolean cut =
        before.isPresent() && new PearsonsCorrelation().correlation(before.get(), cells) < CUT;
    before = Optional.of(cells);
    return cut;
  }

  /** Grey means of cells: a cut changes nearly all of them, a person who moves a few. */
  private static double[] coarse(FaceImage picture) {
    double[] cells = new double[ROWS * COLUMNS];
    int width = COLUMNS * SAMPLES;
    for (int i = 0; i < cells.length * SAMPLES * SAMPLES; i++) {
      int column = i % width;
      int row = i / width;
      int rgb =
          picture.rgb(
              (int) ((column + .5) / width * picture.width()),
              (int) ((row + .5) / (ROWS * SAMPLES) * picture.height()));
      cells[row / SAMPLES * COLUMNS + column / SAMPLES] +=
          ((rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF)) / (3.0 * SAMPLES * SAMPLES);
    }
    return cells;
  }
}
