package org.affect4j.training.quantise;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Averages each channel, the second dimension, of one activation. */
final class ChannelMeans {
  private double[] sums = {};
  private long positions;

  /**
   * Adds values.
   *
   * @param values the values from the buffer's position to its limit, row by row
   * @param shape their shape, two dimensions or more
   */
  void add(FloatBuffer values, long[] shape) {
    int channels = (int) shape[1];
    int each = (int) Arrays.stream(shape).skip(2).reduce(1, Math::multiplyExact);
    if (sums.length == 0) {
      sums = new double[channels];
    }
    for (int i = values.position(), channel = 0; i < values.limit(); i += each) {
      double sum = 0;
      for (int k = 0; k < each; k++) {
        sum += values.get(i + k);
      }
      sums[channel] += sum;
      channel = (channel + 1) % channels;
    }
    positions += values.remaining() / channels;
  }

  /** Returns the mean of each channel. */
  float[] means() {
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (float) (sums[i] / positions);
    }
    return means;
  }
}
