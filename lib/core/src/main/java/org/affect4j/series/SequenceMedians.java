package org.affect4j.series;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The median of each sequence of frames, as networks over time are read that were trained on such
 * sequences (Kollias and Zafeiriou, Affect Analysis in-the-wild … and a Unified Framework, section
 * V.B: the median of the frames of a sequence is its estimate; an utterance has the mean of the
 * medians of its sequences).
 *
 * @param frames frames of a sequence, 1 or more; the last one of a video may have fewer
 */
public record SequenceMedians(int frames) {
  /** Checks the length. */
  public SequenceMedians {
    if (frames < 1) {
      throw new IllegalArgumentException("a sequence has 1 frame or more, got " + frames);
    }
  }

  /**
   * Sums up the sequences of a video.
   *
   * @param values one value per frame, in order; NaN is missing
   * @return one median per sequence; NaN where a sequence has no value
   */
  public double[] of(double[] values) {
    double[] medians = new double[(values.length + frames - 1) / frames];
    for (int s = 0; s < medians.length; s++) {
      medians[s] =
          StatUtils.percentile(
              Arrays.stream(values, s * frames, Math.min(values.length, (s + 1) * frames))
                  .filter(v -> !Double.isNaN(v))
                  .toArray(),
              50);
    }
    return medians;
  }

  /**
   * Sums up an utterance.
   *
   * @param values one value per frame, in order; NaN is missing
   * @return the mean of the medians of its sequences; NaN if there is no value
   */
  public double ofUtterance(double[] values) {
    return Arrays.stream(of(values)).filter(m -> !Double.isNaN(m)).average().orElse(Double.NaN);
  }
}
