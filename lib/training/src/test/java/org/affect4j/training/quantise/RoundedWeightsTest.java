package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.OnnxRuntime;
import org.affect4j.training.export.SmallGraphs;
import org.affect4j.training.export.internal.OnnxGraph;
import org.junit.jupiter.api.Test;

/** What rounded weights do to the numbers of a layer. */
class RoundedWeightsTest {
  /** A weight that is rounded to nothing beside one of 1: only the bias can make up for it. */
  private static final float LOST = .4f / 127;

  private static float[] filled(long[] shape, float... channels) {
    int each = (int) Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    float[] all = new float[channels.length * each];
    for (int i = 0; i < all.length; i++) {
      all[i] = channels[i / each];
    }
    return all;
  }

  /** Asserts that a layer whose small weights are lost gives the same on average. */
  private static void assertMeanIsKept(
      byte[] onnx, CalibrationTensor input, Optional<PixelLayout> bytes) {
    QuantizedModel quantised =
        new Int8Quantizer(
                new QuantizerOptions(
                    new RangeMethod.MinMax(), WeightRange.PAIR_SAFE, false, false, true, bytes, 1))
            .quantise(onnx, List.of(input));
    OutputDifference difference =
        OutputDifference.between(onnx, quantised.onnx(), bytes, List.of(input)).get(0);
    double step = quantised.report().ranges().get("out").scale();
    assertTrue(difference.meanAbsolute() < 1.5 * step, () -> difference + ", one step is " + step);
  }

  @Test
  void biasesTakeBackTheShiftOfRoundedWeights() {
    long[] shape = {1, 8, 6, 6};
    CalibrationTensor image =
        CalibrationTensor.of(filled(shape, 100, 50, 20, 5, 255, 200, 100, 10), shape);
    float[] filters = new float[4 * 4];
    Arrays.fill(filters, LOST);
    for (int filter = 0; filter < 4; filter++) {
      filters[filter * 4 + 3] = 1;
    }
    SmallGraphs groups = new SmallGraphs(shape);
    String grouped =
        groups.node(
            "Conv",
            "out",
            List.of("input", groups.constant("w", filters, 4, 4, 1, 1)),
            SmallGraphs.ints("kernel_shape", 1, 1),
            OnnxGraph.integer("group", 2));
    assertMeanIsKept(groups.build(4, grouped), image, Optional.empty());

    for (int transposed : new int[] {0, 1}) {
      float[] matrix = new float[2 * 8];
      int input = transposed == 1 ? 1 : 2;
      int output = transposed == 1 ? 8 : 1;
      matrix[3 * input] = 1;
      matrix[4 * input] = LOST;
      matrix[output + 7 * input] = 1;
      matrix[output + 5 * input] = LOST;
      SmallGraphs g = new SmallGraphs(1, 8);
      String w = g.constant("w", matrix, transposed == 1 ? 2 : 8, transposed == 1 ? 8 : 2);
      String out =
          g.node("Gemm", "out", List.of("input", w), OnnxGraph.integer("transB", transposed));
      assertMeanIsKept(
          g.build(2, out),
          CalibrationTensor.of(new float[] {100, 50, 20, 5, 255, 200, 100, 10}, 1, 8),
          Optional.empty());
    }
  }

  @Test
  void biasesOfByteInputTakeBackTheShiftToo() {
    long[] shape = {1, 3, 20, 28};
    float[] kernel = new float[3 * 9];
    kernel[4] = 1;
    Arrays.fill(kernel, 18, 27, LOST);
    SmallGraphs g = new SmallGraphs(shape);
    String out =
        g.node(
            "Conv",
            "out",
            List.of(
                "input", g.constant("w", kernel, 1, 3, 3, 3), g.constant("b", new float[] {0}, 1)),
            SmallGraphs.ints("kernel_shape", 3, 3),
            SmallGraphs.ints("strides", 2, 2),
            SmallGraphs.ints("pads", 1, 1, 1, 1));
    // The channels' means lie far from the zero point they share.
    PixelLayout pixels =
        new PixelLayout(
            PixelLayout.Order.BGR, 0, 127, 255, 127.5f, PixelLayout.Storage.FLOAT_PLANES);
    assertMeanIsKept(
        g.build(4, out),
        CalibrationTensor.of(filled(shape, 26 / 127.5f, 0, -64 / 127.5f), shape),
        Optional.of(pixels));
  }

  @Test
  void pairSafeWeightsGiveTheSameOnKernelsThatSaturate() throws OrtException {
    long[] shape = {1, 8, 12, 12};
    SmallGraphs g = new SmallGraphs(shape);
    float[] weights = new float[4 * 8 * 9];
    Arrays.fill(weights, 1);
    byte[] onnx =
        g.build(
            4,
            g.node(
                "Conv",
                "out",
                List.of("input", g.constant("w", weights, 4, 8, 3, 3)),
                SmallGraphs.ints("kernel_shape", 3, 3)));
    float[] ones = new float[8 * 12 * 12];
    Arrays.fill(ones, 3);
    CalibrationTensor bright = CalibrationTensor.of(ones, shape);
    QuantizerOptions all =
        new QuantizerOptions(
            QuantizerOptions.defaults().ranges(),
            WeightRange.PAIR_SAFE,
            false,
            false,
            false,
            Optional.empty(),
            1);
    byte[] safe = new Int8Quantizer(all).quantise(onnx, List.of(bright)).onnx();
    assertArrayEquals(run(safe, bright, false), run(safe, bright, true));
    assertEquals(3 * 8 * 9, run(safe, bright, false)[0], 1);
  }

  private static float[] run(byte[] onnx, CalibrationTensor input, boolean wide)
      throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Makes the runtime use kernels that do not saturate, at half the speed.
      options.addConfigEntry("session.x64quantprecision", wide ? "1" : "0");
      try (OrtSession session = environment.createSession(onnx, options);
          OnnxTensor tensor = OnnxTensor.createTensor(environment, input.values(), input.shape());
          OrtSession.Result result = session.run(Map.of("input", tensor))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] copy = new float[values.remaining()];
        values.get(copy);
        return copy;
      }
    }
  }
}
