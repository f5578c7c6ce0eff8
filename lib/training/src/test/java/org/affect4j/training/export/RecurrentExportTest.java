package org.affect4j.training.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.affect4j.model.OnnxRuntime;
import org.affect4j.training.network.FeatureShape;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkBuilder;
import org.affect4j.training.network.NetworkOutput;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.network.Recurrent;
import org.affect4j.training.network.Recurrent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrentExportTest {
  private static final int FRAMES = 1000;
  private static final int WIDTH = 5;
  private static final int UNITS = 7;
  private static final int LAYERS = 2;

  private static NetworkSpec spec(Kind kind) {
    NetworkBuilder b = NetworkSpec.builder("stream", FeatureShape.vector(WIDTH));
    String x = b.recurrent("rnn", new Recurrent(kind, LAYERS, UNITS, .5), NetworkSpec.INPUT);
    return b.output("out", x, NetworkOutput.Function.SIGMOID).build();
  }

  @ParameterizedTest
  @EnumSource
  void aVideoOfAnyLengthStreams(Kind kind) throws OrtException {
    NetworkSpec spec = spec(kind);
    NetworkWeights weights = NetworkExportTest.trained(spec);
    NetworkExport export = NetworkExport.of(spec, weights);
    assertEquals(Set.of("out", "rnn.next_state"), export.differences().keySet());
    float[] frames = new float[FRAMES * WIDTH];
    Random random = new Random(4);
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (float) random.nextGaussian();
    }
    FeatureShape state = spec.inputs().get("rnn.state");
    float[] answers = new float[FRAMES * UNITS];
    float[] carried = new float[(int) state.count()];
    OrtEnvironment environment = OnnxRuntime.environment();
    try (OrtSession session = environment.createSession(export.onnx())) {
      for (int t = 0; t < FRAMES; t++) {
        try (OnnxTensor frame =
                OnnxTensor.createTensor(
                    environment,
                    FloatBuffer.wrap(frames, t * WIDTH, WIDTH),
                    new long[] {1, WIDTH});
            OnnxTensor before =
                OnnxTensor.createTensor(
                    environment,
                    FloatBuffer.wrap(carried),
                    new long[] {1, state.lengths().get(0), UNITS});
            OrtSession.Result result =
                session.run(Map.of(NetworkSpec.INPUT, frame, "rnn.state", before))) {
          floats(result, "out").get(answers, t * UNITS, UNITS);
          floats(result, "rnn.next_state").get(carried);
        }
      }
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList whole =
          NetworkBlock.ready(spec, weights, manager)
              .infer(
                  new NDList(
                      manager.create(frames, new Shape(FRAMES, WIDTH)),
                      manager.zeros(new Shape(1, state.lengths().get(0), UNITS))));
      float[] expected = ai.djl.nn.Activation.sigmoid(whole.get(0)).toFloatArray();
      assertEquals(0, NetworkExport.difference(expected, FloatBuffer.wrap(answers)), 1e-5);
      assertEquals(
          0,
          NetworkExport.difference(whole.get(1).toFloatArray(), FloatBuffer.wrap(carried)),
          1e-5);
    }
  }

  private static FloatBuffer floats(OrtSession.Result result, String name) {
    return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
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
