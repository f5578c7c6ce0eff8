package org.affect4j.training.export.internal;

/** Batch normalisation as part of the layer before it. */
final class BatchNormalisationFolding {
  private BatchNormalisationFolding() {}

  /**
   * Changes a layer so that it normalises too: with {@code f = scale / sqrt(variance + epsilon)},
   * weights become {@code w f} and the bias {@code (b - mean) f + shift} (Jacob et al. 2018,
   * section 3.2).
   *
   * @param weights the layer's, as many of them for each channel, channel by channel; changed
   * @param bias one per channel; changed
   */
  static void fold(
      float[] weights,
      float[] bias,
      float[] scale,
      float[] shift,
      float[] mean,
      float[] variance,
      float epsilon) {
    int each = weights.length / bias.length;
    for (int c = 0; c < bias.length; c++) {
      double factor = scale[c] / Math.sqrt(variance[c] + (double) epsilon);
      for (int i = c * each; i < (c + 1) * each; i++) {
        weights[i] *= (float) factor;
      }
      bias[c] = (float) ((bias[c] - mean[c]) * factor + shift[c]);
    }
  }
}
