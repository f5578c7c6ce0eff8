package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import java.util.Map;
import org.affect4j.model.OnnxRuntime;
import org.affect4j.training.export.SmallGraphs;
import org.affect4j.training.export.internal.OnnxGraph;
import org.junit.jupiter.api.Test;

class CalibratedHeadTest {
  private static final List<PlattScaling> LINES =
      List.of(new PlattScaling(2, -1), PlattScaling.NONE, new PlattScaling(.5, .25));

  /** Three units of two features; rows of weights are units where the matrix is transposed. */
  private static byte[] network(boolean transposed, boolean biased, String last) {
    SmallGraphs graph = new SmallGraphs(1, 2);
    String weights = transposed ? graph.weights("w", 3, 2) : graph.weights("w", 2, 3);
    List<String> inputs =
        biased ? List.of("input", weights, graph.weights("b", 3)) : List.of("input", weights);
    graph.node("Gemm", "logits", inputs, OnnxGraph.integer("transB", transposed ? 1 : 0));
    graph.node(last, "units", List.of("logits"));
    return graph.build(2, "units");
  }

  private static float[] run(byte[] onnx) throws OrtException {
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input = OnnxTensor.createTensor(environment, new float[][] {{3, -4}});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }

  @Test
  void foldingIsTheSameAsApplying() throws OrtException {
    for (boolean transposed : new boolean[] {true, false}) {
      for (boolean biased : new boolean[] {true, false}) {
        byte[] network = network(transposed, biased, "Sigmoid");
        float[] before = run(network);
        float[] once = run(CalibratedHead.fold(network, "units", LINES));
        float[] twice =
            run(CalibratedHead.fold(CalibratedHead.fold(network, "units", LINES), "units", LINES));
        for (int u = 0; u < 3; u++) {
          double applied = LINES.get(u).probability(before[u]);
          assertEquals(applied, once[u], 1e-6);
          assertEquals(LINES.get(u).probability(applied), twice[u], 1e-6);
        }
      }
    }
  }

  @Test
  void theOldLayerIsGone() {
    byte[] network = network(true, true, "Sigmoid");
    byte[] folded = CalibratedHead.fold(network, "units", LINES);
    assertEquals(
        List.of("calibrated/w", "calibrated/w/bias"),
        OnnxGraph.model(folded).getGraph().getInitializerList().stream()
            .map(t -> t.getName())
            .toList());
  }

  @Test
  void otherNetworksAreRefused() {
    assertRefused("got 2 scalings", network(true, true, "Sigmoid"), "units", LINES.subList(0, 2));
    assertRefused("comes from Relu", network(true, true, "Relu"), "units", LINES);
    assertRefused("comes from no node", network(true, true, "Sigmoid"), "other", LINES);
    assertRefused("no ONNX file", new byte[] {1, 2, 3}, "units", LINES);
    SmallGraphs shared = new SmallGraphs(1, 2);
    shared.node("Gemm", "logits", List.of("input", shared.weights("w", 2, 3)));
    shared.node("Sigmoid", "units", List.of("logits"));
    shared.node("Relu", "more", List.of("logits"));
    assertRefused("read elsewhere", shared.build(2, "units", "more"), "units", LINES);
    SmallGraphs computed = new SmallGraphs(1, 2);
    computed.node("Transpose", "turned", List.of(computed.weights("w", 3, 2)));
    computed.node("Gemm", "logits", List.of("input", "turned"));
    computed.node("Sigmoid", "units", List.of("logits"));
    assertRefused("no constant of floats", computed.build(2, "units"), "units", LINES);
  }

  private static void assertRefused(
      String words, byte[] network, String output, List<PlattScaling> lines) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> CalibratedHead.fold(network, output, lines))
            .getMessage();
    assertTrue(message.contains(words), message);
  }
}
