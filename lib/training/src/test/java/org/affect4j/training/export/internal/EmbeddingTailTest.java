package org.affect4j.training.export.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;
import org.affect4j.training.export.SmallGraphs;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.FullyConnected;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.junit.jupiter.api.Test;

class EmbeddingTailTest {
  private static final String[] NORMALISED = {"Gemm", "BatchNormalization", "Relu"};

  /** Means of 3 channels, then layers of 4 values. */
  private static byte[] network(String output, String... layers) {
    SmallGraphs graph = new SmallGraphs(1, 3, 4, 4);
    graph.node("GlobalAveragePool", "mean", List.of("input"));
    String last = graph.node("Flatten", "features", List.of("mean"));
    for (String layer : layers) {
      String name = layer.equals("Relu") ? output : layer;
      last =
          switch (layer) {
            case "Gemm" ->
                graph.node(
                    layer,
                    name,
                    List.of(last, graph.weights("w", 4, 3), graph.weights("b", 4)),
                    OnnxGraph.integer("transB", 1));
            case "BatchNormalization" ->
                graph.node(
                    layer,
                    name,
                    List.of(
                        last,
                        graph.constant("scale", new float[] {1, 2, 3, 4}, 4),
                        graph.constant("shift", new float[] {0, 1, 0, 1}, 4),
                        graph.constant("m", new float[] {.1f, .2f, .3f, .4f}, 4),
                        graph.constant("v", new float[] {4, 4, 9, 9}, 4)));
            default -> graph.node(layer, name, List.of(last));
          };
    }
    return graph.build(2, last);
  }

  @Test
  void batchNormalisationIsFolded() {
    EmbeddingTail plain = EmbeddingTail.of(network("embedding", "Gemm", "Relu"));
    EmbeddingTail tail = EmbeddingTail.of(network("embedding", NORMALISED));
    assertEquals("features", tail.pooled());
    assertEquals(3, tail.pooledWidth());
    assertEquals(4, tail.embeddingWidth());
    // Rows by scale / sqrt(variance + 1e-5): 1 / 2, 2 / 2, 3 / 3, 4 / 3.
    float[] w = plain.weights();
    float[] expected = new float[12];
    for (int i = 0; i < 12; i++) {
      expected[i] = w[i] * new float[] {.5f, 1, 1, 4 / 3f}[i / 3];
    }
    assertArrayEquals(expected, tail.weights(), 1e-5f);
    float[] b = plain.bias();
    assertArrayEquals(
        new float[] {
          (b[0] - .1f) / 2, b[1] - .2f + 1, b[2] - .3f, (b[3] - .4f) * 4 / 3 + 1,
        },
        tail.bias(),
        1e-5f);
  }

  private static NetworkSpec layers(int width, String output, String node) {
    var builder = NetworkSpec.builder("new", FeatureShape.vector(width));
    builder.add(node, new FullyConnected(2, true), NetworkSpec.INPUT);
    return builder.output(output, node, NetworkOutput.Function.NONE).build();
  }

  @Test
  void otherLayersTakeThePlace() {
    EmbeddingTail tail = EmbeddingTail.of(network("embedding", NORMALISED));
    // Called as tensors of the trunk and of the old layers are: none may be taken for another.
    NetworkSpec layers = layers(3, "Gemm", "w");
    byte[] whole = tail.replaced(layers, NetworkWeights.initial(layers, 1), Map.of("a", "b"));
    assertEquals("b", EmbeddingTail.metadata(whole).get("a"));
    OnnxGraph graph = OnnxGraph.parse(whole, false);
    assertTrue(graph.isOutput("Gemm"));
    assertEquals(
        List.of("GlobalAveragePool", "Flatten", "Gemm"),
        graph.nodes().stream().map(NodeProto::getOpType).toList());
    IllegalArgumentException taken =
        assertThrows(
            IllegalArgumentException.class,
            () -> {
              NetworkSpec clash = layers(3, "mean", "w");
              tail.replaced(clash, NetworkWeights.initial(clash, 1), Map.of());
            });
    assertTrue(taken.getMessage().contains("tensor 'mean' already"), taken.getMessage());
    NetworkSpec wide = layers(5, "label", "w");
    assertThrows(
        IllegalArgumentException.class,
        () -> tail.replaced(wide, NetworkWeights.initial(wide, 1), Map.of()));
  }

  @Test
  void anyOtherEndIsRefusedByName() {
    assertRefused(network("other", NORMALISED), "no output of this name, but [other]");
    assertRefused(
        network("embedding", "Gemm", "Sigmoid", "Relu"), "'Sigmoid' comes from Sigmoid, expected");
    assertRefused(network("embedding", "Relu"), "'features' comes from Flatten");
    assertRefused(new byte[] {1, 2, 3}, "this is no ONNX file");
    assertRefused(new byte[0], "this is no ONNX file");
  }

  private static void assertRefused(byte[] onnx, String why) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> EmbeddingTail.of(onnx));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }
}
