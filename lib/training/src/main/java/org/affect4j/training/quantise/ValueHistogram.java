package org.affect4j.training.quantise;

import java.nio.FloatBuffer;

/**
 * Counts the values of one activation in a single pass. The bins cover a symmetric range that
 * doubles, by joining neighbouring bins, whenever a larger value arrives.
 */
final class ValueHistogram {
  private static final int BINS = 4096;

  /** Candidate ends of a range that least squares tries, per end. */
  private static final int CANDIDATES = 128;

  private static final int STEPS = 255;

  private final long[] negative = new long[BINS];
  private final long[] positive = new long[BINS];
  private double limit;
  private long zeros;
  private long count;
  private float low;
  private float high;

  /**
   * Counts values.
   *
   * @param values the values from the buffer's position to its limit
   * @return whether all of them are finite; if not, none was counted
   */
  boolean add(FloatBuffer values) {
    float least = 0;
    float most = 0;
    for (int i = values.position(); i < values.limit(); i++) {
      float v = values.get(i);
      if (!Float.isFinite(v)) {
        return false;
      }
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    low = Math.min(low, least);
    high = Math.max(high, most);
    grow(Math.max(-least, most));
    count += values.remaining();
    double perUnit = limit > 0 ? BINS / limit : 0;
    for (int i = values.position(); i < values.limit(); i++) {
      float v = values.get(i);
      if (v > 0) {
        positive[Math.min(BINS - 1, (int) (v * perUnit))]++;
      } else if (v < 0) {
        negative[Math.min(BINS - 1, (int) (-v * perUnit))]++;
      } else {
        zeros++;
      }
    }
    return true;
  }

  private void grow(float largest) {
    if (limit == 0) {
      limit = largest;
    }
    while (largest > limit) {
      join(negative);
      join(positive);
      limit *= 2;
    }
  }

  private static void join(long[] bins) {
    for (int i = 0; i < BINS / 2; i++) {
      bins[i] = bins[2 * i] + bins[2 * i + 1];
    }
    java.util.Arrays.fill(bins, BINS / 2, BINS, 0);
  }

  /** Chooses a range; the method decides how much of what was seen it covers. */
  ValueRange range(RangeMethod method) {
    if (method instanceof RangeMethod.Percentile percentile) {
      double outside = count * (1 - percentile.percent() / 100);
      // A side that was never reached has nothing to leave out.
      double share = low < 0 && high > 0 ? outside / 2 : outside;
      return new ValueRange(-end(negative, share, -low), end(positive, share, high));
    }
    if (method instanceof RangeMethod.LeastSquares) {
      return leastSquares();
    }
    return new ValueRange(low, high);
  }

  private float end(long[] bins, double outside, float largest) {
    double left = outside;
    for (int i = BINS - 1; i >= 0; i--) {
      left -= bins[i];
      if (left < 0) {
        return (float) Math.min(largest, (i + 1) * limit / BINS);
      }
    }
    return 0;
  }

  private ValueRange leastSquares() {
    double[] belowError = clippingErrors(negative, -low);
    double[] aboveError = clippingErrors(positive, high);
    double best = Double.POSITIVE_INFINITY;
    ValueRange range = new ValueRange(low, high);
    for (int i = low < 0 ? 1 : CANDIDATES; i <= CANDIDATES; i++) {
      for (int j = high > 0 ? 1 : CANDIDATES; j <= CANDIDATES; j++) {
        float from = low * i / CANDIDATES;
        float to = high * j / CANDIDATES;
        double step = ((double) to - from) / STEPS;
        // Exact zeros, most of what a ReLU leaves, are represented exactly.
        double error = (count - zeros) * step * step / 12 + belowError[i] + aboveError[j];
        if (error < best) {
          best = error;
          range = new ValueRange(from, to);
        }
      }
    }
    return range;
  }

  /** Sum of squared distances of the values beyond each candidate end. */
  private double[] clippingErrors(long[] bins, float largest) {
    double[] errors = new double[CANDIDATES + 1];
    double width = limit / BINS;
    for (int k = 0; k < CANDIDATES; k++) {
      double end = (double) largest * k / CANDIDATES;
      for (int i = (int) (width > 0 ? end / width : BINS); i < BINS; i++) {
        double beyond = (i + .5) * width - end;
        if (beyond > 0) {
          errors[k] += bins[i] * beyond * beyond;
        }
      }
    }
    return errors;
  }
}
