package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.affect4j.Bundled;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled 8-bit networks do what the float ones do, where nothing but rounding differs. */
class BundledInt8ModelsTest {
  private static final Path DATA = Bundled.path("data");

  private static List<Path> pictures(String folder) throws IOException {
    try (Stream<Path> files = Files.list(DATA.resolve(folder))) {
      return files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  private static RetinaFace detector(String name) {
    return RetinaFace.open(ModelStore.bundled(), name, DetectorOptions.defaults(), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"detector-v2", "detector-small-v1"})
  @Tag("slow")
  void detectorsFindTheSameFaces(String name) throws IOException {
    List<Path> photos = new ArrayList<>(pictures("portraits"));
    photos.addAll(pictures("groups"));
    double error = 0;
    int faces = 0;
    try (RetinaFace exact = detector(name);
        RetinaFace quantised = detector(name + "-int8")) {
      for (Path file : photos) {
        FaceImage photo = FaceImage.read(file);
        List<Detection> expected = exact.detect(photo);
        List<Detection> actual = quantised.detect(photo);
        assertEquals(expected.size(), actual.size(), file + ": number of faces");
        for (Detection e : expected) {
          Detection a =
              actual.stream()
                  .filter(d -> d.box().intersectionOverUnion(e.box()) > .7)
                  .findFirst()
                  .orElseThrow(() -> new AssertionError(file + ": no face at " + e.box()));
          double distance = a.landmarks().errorAgainst(e.landmarks());
          assertTrue(distance < .15, file + ": landmarks differ by " + distance);
          error += distance;
          faces++;
        }
      }
    }
    assertTrue(faces >= countLabels("portraits") + countLabels("groups"), faces + " faces");
    assertTrue(error / faces < .03, "mean difference of landmarks " + error / faces);
  }

  private static int countLabels(String folder) throws IOException {
    try (BufferedReader labels = Files.newBufferedReader(DATA.resolve(folder + "/labels.csv"))) {
      return (int) labels.lines().count() - 1;
    }
  }

  @Test
  @Tag("slow")
  void behaviourNetworksReadTheSameExpressions() throws IOException {
    List<FaceImage> crops = new ArrayList<>();
    Set<Expression> seen = new HashSet<>();
    for (String category : List.of("anger", "disgust", "fear", "happiness", "neutral", "sadness")) {
      for (Path file : pictures("compound/" + category).subList(0, 20)) {
        crops.add(FaceImage.read(file));
      }
    }
    List<Behaviour> expected = read("behaviour-v6", crops);
    List<Behaviour> actual = read("behaviour-v6-int8", crops);
    int same = 0;
    double expressions = 0;
    double units = 0;
    double affect = 0;
    for (int i = 0; i < crops.size(); i++) {
      Behaviour e = expected.get(i);
      Behaviour a = actual.get(i);
      seen.add(a.expression());
      same += e.expression() == a.expression() ? 1 : 0;
      for (Expression expression : Expression.values()) {
        expressions +=
            Math.abs(e.probability(expression) - a.probability(expression)) / Expression.COUNT;
      }
      for (ActionUnit unit : ActionUnit.values()) {
        units += Math.abs(e.probability(unit) - a.probability(unit)) / ActionUnit.COUNT;
      }
      affect += Math.abs(e.valenceArousal().valence() - a.valenceArousal().valence()) / 2;
      affect += Math.abs(e.valenceArousal().arousal() - a.valenceArousal().arousal()) / 2;
    }
    int n = crops.size();
    assertTrue(seen.size() > 3, "the 8-bit network only ever says " + seen);
    assertTrue(same >= .93 * n, "only " + same + " of " + n + " expressions are the same");
    assertTrue(expressions / n < .015, "expressions differ by " + expressions / n);
    assertTrue(units / n < .01, "action units differ by " + units / n);
    assertTrue(affect / n < .03, "valence and arousal differ by " + affect / n);
  }

  private static List<Behaviour> read(String name, List<FaceImage> crops) {
    try (BehaviourModel model =
        BehaviourModel.open(ModelStore.bundled(), name, BehaviourOptions.defaults(), 1)) {
      return model.predict(crops);
    }
  }

  @Test
  void eightBitNetworksAreSmall() {
    ModelStore store = ModelStore.bundled();
    for (String name : List.of(ModelPair.FLOAT32.detector(), ModelPair.FLOAT32.behaviour())) {
      double share = (double) store.read(name + "-int8").length / store.read(name).length;
      assertTrue(share < .4, name + " shrank to " + share);
      assertEquals(
          store.catalog().entry(name).outputs(), store.catalog().entry(name + "-int8").outputs());
    }
  }
}
