package org.affect4j.training.quantise;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;
import org.affect4j.training.export.internal.OnnxGraph;

/**
 * Weights of a layer in 8 bits and biases in 32.
 *
 * @param weights in the order of the float weights, as multiples of the filter's scale
 * @param scales one per filter
 * @param biases one per filter, as multiples of its bias scale
 * @param biasScales the scales times that of the layer's input
 */
record RoundedLayer(byte[] weights, float[] scales, int[] biases, float[] biasScales) {
  /** Keeps biases, as multiples of both scales, well inside 32 bits. */
  private static final float LARGEST_BIAS = 1 << 30;

  /**
   * Rounds a layer. Its biases can take back what rounding adds on average: {@code b - (W' - W)
   * E[x]} (Nagel et al. 2019, section 4.2).
   *
   * @param tensor the weights, {@code [filters, channels of a group, ...]}
   * @param filtersLast whether they are {@code [channels, filters]} instead
   * @param bias one per filter
   * @param range how much of the 8 bits weights use
   * @param inputScale scale of the layer's input
   * @param inputMeans E[x] of each channel of the input, all groups together, or empty: biases stay
   *     as they are
   */
  static RoundedLayer of(
      TensorProto tensor,
      boolean filtersLast,
      float[] bias,
      WeightRange range,
      float inputScale,
      Optional<float[]> inputMeans) {
    float[] values = OnnxGraph.floats(tensor);
    int filters = bias.length;
    int each = values.length / filters;
    int step = filtersLast ? filters : 1;
    int jump = filtersLast ? 1 : each;
    float[] scales = new float[filters];
    byte[] weights = new byte[values.length];
    float[] biasScales = new float[filters];
    int[] biases = new int[filters];
    for (int f = 0; f < filters; f++) {
      float least = Math.abs(bias[f]) / inputScale / LARGEST_BIAS;
      scales[f] = Math.max(range.step(values, f * jump, step, each), least);
      if (scales[f] == 0) {
        scales[f] = 1;
      }
      for (int i = 0; i < each; i++) {
        int at = f * jump + i * step;
        weights[at] = (byte) Math.round(values[at] / scales[f]);
      }
      double shift = 0;
      if (inputMeans.isPresent()) {
        int groupChannels = (int) tensor.getDims(filtersLast ? 0 : 1);
        int groupFilters = filters / (inputMeans.get().length / groupChannels);
        for (int i = 0; i < each; i++) {
          int at = f * jump + i * step;
          int channel = f / groupFilters * groupChannels + i / (each / groupChannels);
          shift += (weights[at] * (double) scales[f] - values[at]) * inputMeans.get()[channel];
        }
      }
      biasScales[f] = inputScale * scales[f];
      biases[f] = (int) Math.round((bias[f] - shift) / biasScales[f]);
    }
    return new RoundedLayer(weights, scales, biases, biasScales);
  }
}
