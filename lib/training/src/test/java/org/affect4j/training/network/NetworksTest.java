package org.affect4j.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.affect4j.detect.PriorBoxes;
import org.affect4j.model.PriorSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every published figure, where a paper or its code gives one. */
class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    // Counts of the published small-face code of RetinaFace.
    "retinaface-mobilenet025, 426608, .245",
    "retinaface-resnet50, 27293600, 11.07",
    // The same backbones with four laterals, three merges, a fifth map, five contexts and heads for
    // three priors, counted by a script of its own that also gives the two above.
    "retinaface-mobilenet025-five, 692224, .742",
    "retinaface-resnet50-five, 33813552, 19.02",
    // The card of the bundled detector.
    "detector-compact, 420240, .277",
    // The cards of the bundled networks for landmarks.
    "landmarks-compact, 577994, .0124",
    "landmarks-68-compact, 704840, .0194",
    // Features of the published EfficientNet-B0 (4,007,548) and a layer of 8 scores; .39 in the
    // paper.
    "hse-efficientnet-b0, 4017796, .3845",
    // 13 convolutions of VGG-16 (14,714,688), 4608 to 4096 to 4096 units, 26 outputs.
    "facebehaviornet-vggface, 50480986, 2.8545",
  })
  void isAsLargeAsPublished(String name, long parameters, double gigaMacs) {
    NetworkSpec spec = Networks.named(name);
    assertEquals(parameters, spec.parameterCount());
    assertEquals(gigaMacs, spec.multiplyAccumulates(spec.input()) / 1e9, .005 * gigaMacs);
  }

  @Test
  void paperNetworkIsInTheClassOfItsTable() {
    NetworkSpec spec = FacebehaviourNet.paper();
    // 23.1 M in the paper; ResNet-50 without its classifier alone has 23.5 M.
    assertEquals(23.1e6, spec.parameterCount(), .05 * 23.1e6);
    assertEquals(3.8e9, spec.multiplyAccumulates(spec.input()), .02 * 3.8e9);
  }

  @Test
  void networksOfOursKeepTheirLimits() {
    for (FacebehaviourNet.Variant variant : FacebehaviourNet.Variant.values()) {
      NetworkSpec spec = variant.network(0);
      assertTrue(spec.parameterCount() <= 2_000_000, spec.name());
      assertTrue(2 * spec.multiplyAccumulates(spec.input()) <= 400_000_000, spec.name());
    }
    NetworkSpec small = CompactDetector.small();
    assertTrue(small.multiplyAccumulates(FeatureShape.map(3, 320, 320)) <= 200_000_000);
  }

  @ParameterizedTest
  @CsvSource({"320, 320", "480, 640", "99, 131"})
  void detectorsAnswerEveryPrior(int height, int width) {
    for (NetworkSpec spec :
        List.of(
            RetinaFaceNet.mobileNet025(),
            RetinaFaceNet.resNet50(),
            RetinaFaceNet.mobileNet025(RetinaFaceNet.Levels.FIVE),
            RetinaFaceNet.resNet50(RetinaFaceNet.Levels.FIVE),
            CompactDetector.standard(),
            CompactDetector.small())) {
      PriorSpec layout =
          spec.name().endsWith("-five") ? PriorSpec.fiveLevels() : PriorSpec.standard();
      assertEquals(layout, RetinaFaceNet.priors(spec));
      int priors = new PriorBoxes(layout, width, height).count();
      var shapes = spec.shapes(FeatureShape.map(3, height, width));
      List<Integer> widths = List.of(4, 2, 10);
      for (int i = 0; i < 3; i++) {
        assertEquals(
            FeatureShape.rows(priors, widths.get(i)),
            shapes.get(spec.outputs().get(i).node()),
            spec.name());
      }
    }
  }

  @Test
  void otherNetworksHaveNoPriors() {
    for (NetworkSpec spec : List.of(FacebehaviourNet.compact(), LandmarkNet.compact())) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> RetinaFaceNet.priors(spec));
      assertTrue(e.getMessage().contains(spec.name()), e.getMessage());
    }
  }

  @Test
  void namesAreUniqueAndUnknownOnesAreListed() {
    List<String> names = Networks.all().stream().map(NetworkSpec::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Networks.named("resnet"));
    assertTrue(e.getMessage().contains("facebehaviour-compact"), e.getMessage());
  }

  @Test
  void lightHeadsReadWhatTheFrameModelGives() {
    NetworkSpec frames = EfficientNet.frameModel();
    var shapes = frames.shapes(frames.input());
    int both = frames.outputs().stream().mapToInt(o -> shapes.get(o.node()).channels()).sum();
    assertEquals(
        FeatureShape.vector(both), EfficientNet.head(EfficientNet.Features.BOTH, 128).input());
    NetworkSpec eight = EfficientNet.head("h", 5, 0, 8, Set.of(EfficientNet.Answer.EXPRESSION));
    assertEquals(List.of("expression"), eight.outputNames());
    assertEquals(
        FeatureShape.vector(8), eight.shapes(eight.input()).get(eight.outputs().get(0).node()));
  }

  @Test
  void brokenGraphsAreRefusedByName() {
    assertBroken("which is not above", b -> b.add("a", Activation.RELU, "b"));
    assertBroken(
        "exists already",
        b ->
            b.add(
                "a", Activation.RELU, b.add("a", new FullyConnected(2, true), NetworkSpec.INPUT)));
    assertBroken("node 'a'", b -> b.add("a", Convolution.plain(2, 3, 1), NetworkSpec.INPUT));
    assertBroken(
        "of one shape",
        b ->
            b.add(
                "s",
                Combination.ADD,
                NetworkSpec.INPUT,
                b.add("a", new FullyConnected(2, true), NetworkSpec.INPUT)));
  }

  private interface Step {
    String add(NetworkBuilder b);
  }

  private static void assertBroken(String words, Step step) {
    NetworkBuilder b = NetworkSpec.builder("broken", FeatureShape.vector(4));
    String last = step.add(b);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> b.output("out", last, NetworkOutput.Function.NONE).build());
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertTrue(e.getMessage().contains("'broken'"), e.getMessage());
  }
}
