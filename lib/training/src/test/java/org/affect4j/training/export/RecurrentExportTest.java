package org.affect4j.training.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.affect4j.model.RecurrentModel;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkBuilder;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Recurrent;
import org.affect4j.training.network.Recurrent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrentExportTest {
  private static final int FRAMES = 1000;
  private static final int WIDTH = 5;
  private static final int UNITS = 7;
  private static final int LAYERS = 2;

  @TempDir private Path folder;

  private static NetworkSpec spec(Kind kind) {
    NetworkBuilder b = NetworkSpec.builder("stream", FeatureShape.vector(WIDTH));
    String x = b.recurrent("rnn", new Recurrent(kind, LAYERS, UNITS, .5), NetworkSpec.INPUT);
    return b.output("out", x, NetworkOutput.Function.SIGMOID).build();
  }

  @ParameterizedTest
  @EnumSource
  void aVideoOfAnyLengthStreams(Kind kind) throws IOException {
    NetworkSpec spec = spec(kind);
    NetworkWeights weights = NetworkExportTest.trained(spec);
    NetworkExport export = NetworkExport.of(spec, weights);
    assertEquals(Set.of("out", "rnn.next_state"), export.differences().keySet());
    Random random = new Random(4);
    float[] values = new float[FRAMES * WIDTH];
    float[][] frames = new float[FRAMES][WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      frames[i / WIDTH][i % WIDTH] = values[i];
    }
    Path file = Files.write(folder.resolve("stream.onnx"), export.onnx());
    try (NDManager manager = NDManager.newBaseManager();
        RecurrentModel model = RecurrentModel.open(file)) {
      long rows = spec.inputs().get("rnn.state").lengths().get(0);
      NDList whole =
          NetworkBlock.ready(spec, weights, manager)
              .infer(
                  new NDList(
                      manager.create(values, new Shape(FRAMES, WIDTH)),
                      manager.zeros(new Shape(1, rows, UNITS))));
      float[] expected = ai.djl.nn.Activation.sigmoid(whole.get(0)).toFloatArray();
      assertEquals(WIDTH, model.width());
      for (int t = 0; t < FRAMES; t++) {
        float[] own = Arrays.copyOfRange(expected, t * UNITS, (t + 1) * UNITS);
        assertArrayEquals(own, model.next(frames[t]).get("out")[0], 1e-5f);
      }
      model.forget();
      float[][] again = model.next(frames).get("out");
      assertArrayEquals(Arrays.copyOf(expected, UNITS), again[0], 1e-5f);
      assertEquals(expected[expected.length - 1], again[FRAMES - 1][UNITS - 1], 1e-5);
      assertThrows(IllegalArgumentException.class, () -> model.next(new float[WIDTH + 1]));
    }
  }

  @Test
  void recurrentLayersAreNotReadBackFromOnnx() {
    NetworkSpec spec = spec(Kind.GRU);
    byte[] onnx = NetworkExport.of(spec, NetworkExportTest.trained(spec)).onnx();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NetworkImport.of(spec, onnx));
    assertTrue(e.getMessage().contains("weights.safetensors"), e.getMessage());
  }
}
