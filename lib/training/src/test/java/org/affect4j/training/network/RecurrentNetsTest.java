package org.affect4j.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.training.network.Recurrent.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecurrentNetsTest {
  /** Counted from the text of the paper by another program. */
  @ParameterizedTest
  @CsvSource({
    "affwildnet-vgg, 35872322",
    "affwildnet-r50, 27510782",
    "mt-vgg-gru, 35317201",
    "cnn-1rnn, 65953346",
    "cnn-3rnn, 66251842",
    "fusion-rnn, 246786",
    "fusion-fc, 65922",
    "av-mt-vgg-gru, 70879505",
  })
  void isAsLargeAsItsText(String name, long parameters) {
    assertEquals(parameters, Networks.named(name).parameterCount());
  }

  @Test
  void baselineAndOursAreCountedByHand() {
    long vgg = 14_714_688;
    long first = 4608 * 4096 + 4096;
    long below = 4 * 128 * (4096 + 128) + 2 * 4 * 128;
    long above = 4 * 128 * (128 + 128) + 2 * 4 * 128;
    assertEquals(
        vgg + first + below + above + 2 * (128 + 1), RecurrentNets.vggFaceLstm().parameterCount());
    long heads = (7 + 17 + 2) * (128 + 1);
    assertEquals(247_296 + heads, RecurrentNets.compact().parameterCount());
    // Four convolutions with batch normalisation, and a layer of 64 on 3 x 3 x 32 values.
    long convolutions = 25 * 3 * 8 + 9 * (8 * 16 + 16 * 24 + 24 * 32) + 2 * (8 + 16 + 24 + 32);
    long hears = convolutions + 64 * (3 * 3 * 32 + 1);
    assertEquals(
        hears + 247_296 + 3 * 128 * 64 + heads,
        RecurrentNets.compactAudioVisual().parameterCount());
    assertEquals(
        hears + 247_296 - 3 * 128 * (256 - 64) + heads,
        RecurrentNets.compactAudio().parameterCount());
  }

  @Test
  void whatIsReadAndGivenIsNamed() {
    assertEquals(
        List.of("input", "spectrogram", "gru.state", "audio.gru.state", "fusion.state"),
        List.copyOf(RecurrentNets.audioVisual().inputs().keySet()));
    assertEquals(
        List.of(
            "valence_arousal",
            "embedding",
            "low.next_state",
            "middle.next_state",
            "high.next_state"),
        RecurrentNets.cnn3Rnn().outputNames());
    assertEquals(
        FeatureShape.vector(136),
        RecurrentNets.affWildNetVgg().inputs().get(RecurrentNets.LANDMARKS));
    assertTrue(RecurrentNets.vggFaceLstm().isOfSequence("lstm.state"));
  }

  private static NetworkSpec layers(Kind kind, int layers) {
    NetworkBuilder b = NetworkSpec.builder("layers", FeatureShape.vector(3));
    String x = b.recurrent("rnn", new Recurrent(kind, layers, 4, 0), NetworkSpec.INPUT);
    return b.output("out", x, NetworkOutput.Function.NONE).build();
  }

  private static NDArray noise(NDManager manager, int seed, long... shape) {
    Random random = new Random(seed);
    Shape s = new Shape(shape);
    float[] values = new float[(int) s.size()];
    IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextGaussian());
    return manager.create(values, s);
  }

  /** One unit on one value, by the formulas. */
  @Test
  void unitsComputeWhatTheirFormulasSay() {
    NetworkBuilder b = NetworkSpec.builder("unit", FeatureShape.vector(1));
    String x = b.recurrent("rnn", new Recurrent(Kind.GRU, 1, 1, 0), NetworkSpec.INPUT);
    NetworkSpec spec = b.output("out", x, NetworkOutput.Function.NONE).build();
    NetworkWeights weights =
        NetworkWeights.of(
            spec,
            java.util.Map.of(
                "rnn.weight_ih_l0", new float[] {.5f, -1, 2},
                "rnn.weight_hh_l0", new float[] {.3f, .7f, -.4f},
                "rnn.bias_ih_l0", new float[] {.1f, .2f, .3f},
                "rnn.bias_hh_l0", new float[] {-.2f, .4f, .6f}));
    double h = .25;
    double[] frames = {1, -.5, .8};
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList found =
          NetworkBlock.ready(spec, weights, manager)
              .infer(
                  new NDList(
                      manager.create(new float[] {1, -.5f, .8f}, new Shape(3, 1)),
                      manager.create(new float[] {.25f}, new Shape(1, 1, 1))));
      for (int t = 0; t < frames.length; t++) {
        double r = sigmoid(.5 * frames[t] + .1 + .3 * h - .2);
        double z = sigmoid(-frames[t] + .2 + .7 * h + .4);
        double n = Math.tanh(2 * frames[t] + .3 + r * (-.4 * h + .6));
        h = (1 - z) * n + z * h;
        assertEquals(h, found.get(0).getFloat(t, 0), 1e-6);
      }
      assertEquals(h, found.get(1).getFloat(0, 0, 0), 1e-6);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @ParameterizedTest
  @EnumSource
  void sequencesAreReadApartAndGoOnFromTheirStates(Kind kind) {
    NetworkSpec spec = layers(kind, 2);
    FeatureShape state = spec.inputs().get("rnn.state");
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock block = NetworkBlock.ready(spec, NetworkWeights.initial(spec, 1), manager);
      NDArray frames = noise(manager, 2, 6, 3);
      long rows = state.lengths().get(0);
      NDArray states = noise(manager, 3, 2, rows, 4);
      NDList both = block.infer(new NDList(frames, states));
      for (int s = 0; s < 2; s++) {
        NDArray own = frames.reshape(3, 2, 3).get(":," + s);
        NDArray before = states.get(s + ":" + (s + 1));
        NDList first = block.infer(new NDList(own.get("0:2"), before));
        NDList last = block.infer(new NDList(own.get("2:3"), first.get(1)));
        assertArrayEquals(
            both.get(0).reshape(3, 2, 4).get("2," + s).toFloatArray(),
            last.get(0).toFloatArray(),
            1e-6f);
        assertArrayEquals(both.get(1).get(s).toFloatArray(), last.get(1).toFloatArray(), 1e-6f);
      }
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> block.infer(new NDList(noise(manager, 1, 5, 3), states)));
      assertTrue(e.getMessage().contains("5 frames"), e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> block.infer(frames));
    }
  }
}
