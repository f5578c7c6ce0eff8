package org.affect4j.training.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.Bundled;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.image.FaceImage;
import org.affect4j.learn.FewShotExperiment;
import org.affect4j.learn.LabelledFeatures;
import org.affect4j.learn.LearningCurves;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.affect4j.table.FeatureGroup;
import org.affect4j.training.export.NetworkExport;
import org.affect4j.training.export.internal.EmbeddingTail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FineTuningTest {
  private static final String NAME = ModelPair.FLOAT32.behaviour();
  private static final List<String> CLASSES = List.of("happiness", "anger", "surprise");
  private static final int PERSONS = 12;
  private static final FineTuningOptions OPTIONS = FineTuningOptions.defaults();

  private static TunableNetwork network;
  private static final List<FaceImage> CROPS = new ArrayList<>();
  private static LabelledFeatures all;
  private static LabelledFeatures.Division division;

  @TempDir private Path folder;

  private static FineTuningOptions options(
      int steps, double share, double embedding, double head, double pull, double decay) {
    return new FineTuningOptions(
        steps, OPTIONS.patience(), share, embedding, head, pull, decay, OPTIONS.smoothing());
  }

  @BeforeAll
  static void readCrops() throws IOException {
    network = TunableNetwork.open(ModelStore.bundled(), NAME, 1);
    List<String> names = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    List<String> persons = new ArrayList<>();
    for (String label : CLASSES) {
      for (int p = 0; p < PERSONS; p++) {
        String name = "%s/%02d.jpg".formatted(label, p);
        CROPS.add(FaceImage.read(Bundled.path("data/compound").resolve(name)));
        names.add(name);
        labels.add(label);
        persons.add("" + p);
      }
    }
    all = LabelledFeatures.of(network.features(names, CROPS), labels, persons);
    division = all.divideByPersons(List.of("8-11"));
  }

  @AfterAll
  static void close() {
    network.close();
  }

  private static FineTuning tuning() {
    return new FineTuning(network, OPTIONS);
  }

  @Test
  void theFirstFeaturesAreTheEmbeddingOfTheNetwork() {
    double[][] embedding = all.features().values(FeatureGroup.EMBEDDING);
    try (BehaviourModel model =
        BehaviourModel.open(ModelStore.bundled(), NAME, BehaviourOptions.defaults(), 1)) {
      float[] expected = model.predict(CROPS.subList(3, 4)).get(0).embedding();
      assertEquals(expected.length, embedding[3].length);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], embedding[3][i], 1e-4 * Math.max(1, expected[i]));
      }
    }
  }

  @Test
  void itLearnsAndTheSeedDecides() {
    FineTuning tuning = tuning();
    LearningCurves curves =
        FewShotExperiment.standard()
            .withShots(8)
            .withDraws(1)
            .withClassifiers(tuning)
            .run("pooled", division.training(), division.test());
    double accuracy = curves.averageAccuracy(curves.point("pooled", tuning, 8)).estimate();
    assertTrue(accuracy > .7, curves.toString());
    double[][] first = tuning.tune(division.training(), 4).probabilities(all.features());
    double[][] again = tuning.tune(division.training(), 4).probabilities(all.features());
    assertArrayEquals(first, again);
    Arrays.stream(first).forEach(row -> assertEquals(1, Arrays.stream(row).sum(), 1e-5));
  }

  @Test
  void aSavedNetworkPredictsTheSame() throws IOException {
    Path file = folder.resolve("tuned.onnx");
    TunedLayers layers = tuning().tune(division.training(), 1);
    Map<String, Double> differences = layers.save(network, file);
    assertEquals(java.util.Set.of("embedding", "label"), differences.keySet());
    differences.values().forEach(d -> assertTrue(d <= NetworkExport.TOLERANCE, "" + d));
    try (TunedNetwork tuned = TunedNetwork.open(file, 1)) {
      assertEquals(CLASSES.stream().sorted().toList(), tuned.classes());
      double[][] expected = layers.probabilities(all.features());
      double[][] actual = tuned.probabilities(CROPS);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], actual[i], 1e-5);
      }
      assertEquals(layers.predict(all.features()), tuned.predict(CROPS));
    }
    // Such a file ends in layers that can be learned again.
    assertEquals(
        network.tail().pooledWidth(), EmbeddingTail.of(Files.readAllBytes(file)).pooledWidth());
  }

  @Test
  void theEmbeddingLayerStaysWhereItsRateIsZeroAndMovesOtherwise() throws IOException {
    float[] original = network.tail().weights();
    assertArrayEquals(original, savedWeights(0, OPTIONS.pull(), OPTIONS.decay()));
    double free = distance(original, savedWeights(1e-3, 0, 1));
    double drawn = distance(original, savedWeights(1e-3, 200, 1));
    assertTrue(0 < drawn && drawn < .8 * free, drawn + " of " + free);
  }

  private float[] savedWeights(double embeddingRate, double pull, double decay) throws IOException {
    Path file = folder.resolve("layers.onnx");
    new FineTuning(network, options(20, 0, embeddingRate, 1e-2, pull, decay))
        .tune(division.training(), 1)
        .save(network, file);
    return EmbeddingTail.of(Files.readAllBytes(file)).weights();
  }

  private static double distance(float[] a, float[] b) {
    return Math.sqrt(IntStream.range(0, a.length).mapToDouble(i -> Math.pow(a[i] - b[i], 2)).sum());
  }

  @Test
  void theTrunkMayComputeIn8Bits() throws IOException {
    Path file = folder.resolve("int8.onnx");
    try (TunableNetwork int8 =
        TunableNetwork.open(ModelStore.bundled(), ModelPair.INT8.behaviour(), 1)) {
      List<String> names = all.features().texts("input");
      LabelledFeatures faces =
          LabelledFeatures.of(int8.features(names, CROPS), all.labels(), all.persons());
      TunedLayers layers = new FineTuning(int8, OPTIONS).tune(faces, 1);
      layers.save(int8, file);
      IllegalArgumentException other =
          assertThrows(IllegalArgumentException.class, () -> layers.save(network, file));
      assertTrue(other.getMessage().contains("were learned for the network"), other.getMessage());
      try (TunedNetwork tuned = TunedNetwork.open(file, 1)) {
        assertEquals(layers.predict(faces.features()), tuned.predict(CROPS));
      }
    }
  }

  @Test
  void oneFaceOfEachClassIsEnough() {
    LabelledFeatures few = all.withPersons("3"::equals);
    assertEquals(OPTIONS.steps(), tuning().tune(few, 1).steps());
    // With more, fewer steps may do: they are chosen on some of the persons.
    assertTrue(tuning().tune(all, 1).steps() <= OPTIONS.steps());
  }

  @Test
  void unfitFacesAreRefused() {
    LabelledFeatures absent = all.withClasses(List.of("anger", "surprise", "awe"));
    assertRefused("no face to learn [awe] from", () -> tuning().tune(absent, 1));
    LabelledFeatures single = all.withClasses(List.of("anger"));
    assertRefused("two classes or more, got faces of [anger]", () -> tuning().tune(single, 1));
    LabelledFeatures others = all.select(FeatureGroup.EMBEDDING);
    assertRefused("columns pooled000, pooled001", () -> tuning().tune(others, 1));
    assertRefused(
        "1 persons are on both sides",
        () ->
            FewShotExperiment.standard()
                .withClassifiers(tuning())
                .run("pooled", division.training(), all.withPersons(List.of("7", "8")::contains)));
    assertRefused(
        "36 crops need as many names, got 1", () -> network.features(List.of("a"), CROPS));
  }

  private static void assertRefused(
      String why, org.junit.jupiter.api.function.Executable executable) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, executable);
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void otherNetworksAreRefused() throws IOException {
    ModelException detector =
        assertThrows(
            ModelException.class,
            () -> TunableNetwork.open(ModelStore.bundled(), ModelPair.FLOAT32.detector(), 1));
    assertTrue(detector.getMessage().contains("takes images of any size"), detector.getMessage());
    Path file = folder.resolve("plain.onnx");
    Files.write(file, ModelStore.bundled().read(NAME));
    ModelException plain = assertThrows(ModelException.class, () -> TunedNetwork.open(file, 1));
    assertTrue(plain.getMessage().contains("is no fine-tuned network"), plain.getMessage());
    Files.write(file, new byte[] {1, 2, 3});
    assertThrows(ModelException.class, () -> TunedNetwork.open(file, 1));
  }

  @Test
  void oddSettingsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> options(0, .2, 1e-3, 1e-2, 300, 5));
    assertThrows(IllegalArgumentException.class, () -> options(10, 1, 1e-3, 1e-2, 300, 5));
    assertThrows(IllegalArgumentException.class, () -> options(10, .2, 1e-3, 0, 300, 5));
    assertThrows(IllegalArgumentException.class, () -> options(10, .2, 1e-3, 1e-2, -1, 5));
  }
}
