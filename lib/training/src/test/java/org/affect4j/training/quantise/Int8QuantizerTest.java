package org.affect4j.training.quantise;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelStore;
import org.affect4j.training.export.SmallGraphs;
import org.affect4j.training.export.internal.OnnxGraph;
import org.junit.jupiter.api.Test;

class Int8QuantizerTest {
  private static final long[] IMAGE = {1, 8, 12, 12};

  /** Everything in 8 bits, so that the errors of all kernels show. */
  private static final QuantizerOptions ALL = options(false, false, Optional.empty());

  private static QuantizerOptions options(
      boolean firstInFloat, boolean lastInFloat, Optional<PixelLayout> bytes) {
    return new QuantizerOptions(
        QuantizerOptions.defaults().ranges(),
        WeightRange.PAIR_SAFE,
        firstInFloat,
        lastInFloat,
        false,
        bytes,
        1);
  }

  private static QuantizedModel quantise(byte[] onnx, QuantizerOptions options, long... shape) {
    return new Int8Quantizer(options).quantise(onnx, SmallGraphs.inputs(64, 1, shape));
  }

  private static double error(byte[] onnx, QuantizedModel quantised, long... shape) {
    return OutputDifference.between(
            onnx, quantised.onnx(), Optional.empty(), SmallGraphs.inputs(4, 2, shape))
        .stream()
        .mapToDouble(OutputDifference::relative)
        .max()
        .orElseThrow();
  }

  private static void assertClose(double bound, double error) {
    assertTrue(error > 1e-6, "nothing seems to be quantised: error " + error);
    assertTrue(error < bound, "error " + error + ", expected less than " + bound);
  }

  private static byte[] convRelu() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    return g.build(4, g.node("Relu", "out", List.of(g.conv("conv", "input", 8, 16))));
  }

  @Test
  void convolutionWithReluIsOneStepAway() {
    byte[] onnx = convRelu();
    QuantizedModel quantised = quantise(onnx, ALL, IMAGE);
    assertEquals(Map.of("Conv", 1, "Relu", 1), quantised.report().quantised());
    // The convolution's own output needs no range: the ReLU's does for both.
    assertEquals(List.of("input", "out"), List.copyOf(quantised.report().ranges().keySet()));
    assertEquals(0, quantised.report().ranges().get("out").low());
    assertClose(.02, error(onnx, quantised, IMAGE));
  }

  @Test
  void residualBlockStaysClose() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String a = g.node("Relu", "a", List.of(g.conv("c1", "input", 8, 8)));
    String sum = g.node("Add", "sum", List.of(g.conv("c2", a, 8, 8), a));
    byte[] onnx = g.build(4, g.node("Relu", "out", List.of(sum)));
    QuantizedModel quantised = quantise(onnx, ALL, IMAGE);
    assertEquals(Map.of("Conv", 2, "Relu", 2, "Add", 1), quantised.report().quantised());
    assertClose(.03, error(onnx, quantised, IMAGE));
  }

  @Test
  void concatenationTakesTheWiderRange() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String joined =
        g.node(
            "Concat",
            "joined",
            List.of(g.conv("c1", "input", 8, 4), g.conv("c2", "input", 8, 12)),
            OnnxGraph.integer("axis", 1));
    byte[] onnx = g.build(4, g.conv("out", joined, 16, 4));
    QuantizedModel quantised = quantise(onnx, ALL, IMAGE);
    assertEquals(Map.of("Conv", 3, "Concat", 1), quantised.report().quantised());
    assertClose(.03, error(onnx, quantised, IMAGE));
  }

  @Test
  void gemmIsQuantisedInBothLayouts() {
    for (int transposed : new int[] {0, 1}) {
      SmallGraphs g = new SmallGraphs(4, 32);
      String w = transposed == 1 ? g.weights("w", 10, 32) : g.weights("w", 32, 10);
      byte[] onnx =
          g.build(
              2,
              g.node(
                  "Gemm",
                  "out",
                  List.of("input", w, g.weights("b", 10)),
                  OnnxGraph.integer("transB", transposed)));
      QuantizedModel quantised = quantise(onnx, ALL, 4, 32);
      assertEquals(Map.of("Gemm", 1), quantised.report().quantised());
      assertClose(.02, error(onnx, quantised, 4, 32));
    }
  }

  @Test
  void enlargingKeepsTheRangeOfItsInput() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String a = g.node("Relu", "a", List.of(g.conv("c1", "input", 8, 8)));
    String large = g.node("Resize", "large", List.of(a, "", "", g.longs("sizes", 1, 8, 24, 24)));
    byte[] onnx = g.build(4, g.conv("out", large, 8, 4));
    QuantizedModel quantised = quantise(onnx, ALL, IMAGE);
    assertEquals(Map.of("Conv", 2, "Relu", 1, "Resize", 1), quantised.report().quantised());
    assertEquals(quantised.report().ranges().get("a"), quantised.report().ranges().get("large"));
    assertClose(.03, error(onnx, quantised, IMAGE));
  }

  @Test
  void poolBeforePointwiseConvolutionIsFoldedIntoIt() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String padded = g.node("Pad", "padded", List.of("input", g.longs("pads", new long[8])));
    String pooled =
        g.node(
            "AveragePool",
            "pooled",
            List.of(padded),
            SmallGraphs.ints("kernel_shape", 2, 2),
            SmallGraphs.ints("strides", 2, 2));
    byte[] onnx =
        g.build(
            4,
            g.node(
                "Conv",
                "out",
                List.of(pooled, g.weights("w", 6, 8, 1, 1)),
                SmallGraphs.ints("kernel_shape", 1, 1)));
    OnnxGraph simple = OnnxGraph.parse(onnx, false);
    assertEquals(1, simple.nodes().size());
    double change =
        OutputDifference.between(
                onnx,
                simple.model().toByteArray(),
                Optional.empty(),
                SmallGraphs.inputs(3, 3, IMAGE))
            .get(0)
            .largest();
    assertTrue(change < 1e-5, "the folded graph differs by " + change);
    assertClose(.02, error(onnx, quantise(onnx, ALL, IMAGE), IMAGE));
  }

  @Test
  void detectorsAreSimplifiedWithoutChangingThem() {
    byte[] onnx = ModelStore.bundled().read("detector-v2");
    OnnxGraph simple = OnnxGraph.parse(onnx, true);
    Set<String> types = simple.nodes().stream().map(NodeProto::getOpType).collect(toSet());
    assertEquals(
        Set.of(
            "Conv",
            "Relu",
            "Add",
            "Concat",
            "Transpose",
            "Squeeze",
            "Unsqueeze",
            "Reshape",
            "Sigmoid"),
        types);
    for (OutputDifference d :
        OutputDifference.between(
            onnx,
            simple.model().toByteArray(),
            Optional.empty(),
            SmallGraphs.inputs(2, 3, 1, 3, 64, 96))) {
      assertTrue(d.largest() < 1e-5, d::toString);
    }
  }

  @Test
  void bytesInBlocksGiveWhatFloatPlanesGive() {
    SmallGraphs g = new SmallGraphs(1, 3, 20, 28);
    String stem =
        g.node(
            "Conv",
            "stem",
            List.of("input", g.weights("w", 16, 3, 3, 3), g.weights("b", 16)),
            SmallGraphs.ints("kernel_shape", 3, 3),
            SmallGraphs.ints("strides", 2, 2),
            SmallGraphs.ints("pads", 1, 1, 1, 1));
    byte[] onnx = g.build(4, g.node("Relu", "out", List.of(stem)));
    // One grey level more or less would be seen: all of the input's rounding is .2 levels.
    PixelLayout pixels =
        new PixelLayout(
            PixelLayout.Order.BGR, 126, 127, 129, 127.5f, PixelLayout.Storage.FLOAT_PLANES);
    QuantizerOptions options = options(false, false, Optional.of(pixels));
    QuantizedModel quantised = quantise(onnx, options, 1, 3, 20, 28);
    double error =
        OutputDifference.between(
                onnx, quantised.onnx(), Optional.of(pixels), SmallGraphs.inputs(4, 2, 1, 3, 20, 28))
            .get(0)
            .relative();
    assertClose(.02, error);
    assertThrows(IllegalArgumentException.class, () -> quantise(convRelu(), options));
  }

  @Test
  void optionsLeaveFirstAndLastLayersInFloat() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String a = g.node("Relu", "a", List.of(g.conv("c1", "input", 8, 8)));
    String b = g.node("Relu", "b", List.of(g.conv("c2", a, 8, 8)));
    byte[] onnx = g.build(4, g.node("Sigmoid", "out", List.of(g.conv("c3", b, 8, 4))));
    QuantisationReport report =
        quantise(onnx, options(true, true, Optional.empty()), IMAGE).report();
    assertEquals(Map.of("Conv", 1, "Relu", 1), report.quantised());
    assertEquals(Map.of("Conv", 2, "Relu", 1, "Sigmoid", 1), report.leftInFloat());
    assertEquals(Map.of(), report.unsupported());
  }

  @Test
  void factorsOfChannelsAreIn8Bits() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String a = g.node("LeakyRelu", "a", List.of(g.conv("c1", "input", 8, 8)));
    String mean = g.node("GlobalAveragePool", "mean", List.of(a));
    String factor = g.node("Sigmoid", "factor", List.of(g.conv("c2", mean, 8, 8)));
    String scaled = g.node("Mul", "scaled", List.of(a, factor));
    byte[] onnx = g.build(4, g.conv("c3", scaled, 8, 4));
    QuantisationReport report = quantise(onnx, ALL, IMAGE).report();
    assertEquals(
        Map.of("Conv", 3, "LeakyRelu", 1, "GlobalAveragePool", 1, "Sigmoid", 1, "Mul", 1),
        report.quantised());
    assertClose(.05, error(onnx, quantise(onnx, ALL, IMAGE), IMAGE));
  }

  @Test
  void unknownOpsStayInFloatAndAreReported() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String odd = g.node("Erf", "odd", List.of(g.conv("c1", "input", 8, 8)));
    byte[] onnx = g.build(4, g.conv("out", odd, 8, 4));
    QuantizedModel quantised = quantise(onnx, ALL, IMAGE);
    assertEquals(Map.of("Erf", 1), quantised.report().unsupported());
    assertClose(.05, error(onnx, quantised, IMAGE));
  }

  @Test
  void deadChannelsAndLargeBiasesDoNotOverflow() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    float[] weights = new float[2 * 8];
    Arrays.fill(weights, 8, 16, .5f);
    byte[] onnx =
        g.build(
            4,
            g.node(
                "Conv",
                "out",
                List.of(
                    "input",
                    g.constant("w", weights, 2, 8, 1, 1),
                    g.constant("b", new float[] {1e6f, 0}, 2)),
                SmallGraphs.ints("kernel_shape", 1, 1)));
    QuantizedModel quantised = quantise(onnx, ALL, IMAGE);
    assertTrue(error(onnx, quantised, IMAGE) < .01);
  }

  @Test
  void theSameInputsGiveTheSameFile() {
    byte[] onnx = convRelu();
    assertArrayEquals(quantise(onnx, ALL, IMAGE).onnx(), quantise(onnx, ALL, IMAGE).onnx());
  }

  private static String failure(byte[] onnx, List<CalibrationTensor> inputs) {
    return assertThrows(
            IllegalArgumentException.class, () -> new Int8Quantizer(ALL).quantise(onnx, inputs))
        .getMessage();
  }

  @Test
  void brokenInputsAreNamed() {
    List<CalibrationTensor> good = SmallGraphs.inputs(1, 1, IMAGE);
    byte[] text = "this is no network".getBytes(StandardCharsets.UTF_8);
    assertTrue(failure(text, good).contains("no ONNX file"));
    assertTrue(failure(new byte[0], good).contains("no ONNX file"));
    assertTrue(failure(convRelu(), List.of()).contains("no calibration inputs"));
    assertTrue(
        failure(convRelu(), SmallGraphs.inputs(1, 1, 1, 3, 12, 12)).contains("input 1"),
        "a wrong shape is named with the number of the input");
    assertTrue(
        failure(quantise(convRelu(), ALL, IMAGE).onnx(), good).contains("quantised already"));
    SmallGraphs old = new SmallGraphs(IMAGE);
    assertTrue(
        failure(old.build(11, 4, old.conv("out", "input", 8, 4)), good).contains("opset 11"));
    SmallGraphs none = new SmallGraphs(IMAGE);
    assertTrue(
        failure(none.build(4, none.node("Relu", "out", List.of("input"))), good)
            .contains("no Conv or Gemm"));
  }

  @Test
  void activationsThatAreNoNumbersAreNamed() {
    SmallGraphs g = new SmallGraphs(IMAGE);
    String root = g.node("Sqrt", "root", List.of(g.conv("c1", "input", 8, 8)));
    byte[] onnx = g.build(4, g.conv("out", root, 8, 4));
    String message = failure(onnx, SmallGraphs.inputs(2, 1, IMAGE));
    assertTrue(message.contains("input 1") && message.contains("'root'"), message);
    float[] values = new float[8 * 12 * 12];
    values[5] = Float.NaN;
    String nan = failure(convRelu(), List.of(CalibrationTensor.of(values, IMAGE)));
    assertTrue(nan.contains("'input'"), nan);
    assertFalse(nan.contains("null"));
  }
}
