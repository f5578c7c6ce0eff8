package org.affect4j.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.affect4j.Bundled;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.ExpressionPrior;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelPair;
import org.affect4j.model.NetworkKind;
import org.affect4j.model.StoredModel;
import org.junit.jupiter.api.Test;

class BehaviourModelTest {
  private static List<FaceImage> crops() throws IOException {
    List<FaceImage> crops = new ArrayList<>();
    for (String category : List.of("happiness", "neutral", "surprise", "anger", "sadness")) {
      for (int person = 0; person < 8; person++) {
        crops.add(
            FaceImage.read(Bundled.path("data/compound/%s/%02d.jpg".formatted(category, person))));
      }
    }
    return crops;
  }

  private static void assertSame(Behaviour a, Behaviour b, double tolerance) {
    assertArrayEquals(a.expressionProbabilities(), b.expressionProbabilities(), tolerance);
    assertArrayEquals(a.actionUnitProbabilities(), b.actionUnitProbabilities(), tolerance);
    assertEquals(a.valenceArousal().valence(), b.valenceArousal().valence(), tolerance);
    assertEquals(a.valenceArousal().arousal(), b.valenceArousal().arousal(), tolerance);
  }

  @Test
  void aBatchGivesWhatSinglesGive() throws IOException {
    List<FaceImage> crops = crops();
    try (BehaviourModel model =
        BehaviourModel.load(BehaviourOptions.defaults(), ModelPair.FLOAT32, 2)) {
      List<Behaviour> together = model.predict(crops);
      for (int i = 0; i < crops.size(); i++) {
        Behaviour single = model.predict(List.of(crops.get(i))).get(0);
        assertSame(single, together.get(i), 1e-5);
        assertEquals(256, single.embedding().length);
      }
      assertEquals(List.of(), model.predict(List.of()));
    }
  }

  @Test
  void flipAveragingIsTheMeanOfBothViews() throws IOException {
    List<FaceImage> crops = crops().subList(0, 5);
    try (BehaviourModel plain =
            BehaviourModel.load(BehaviourOptions.defaults(), ModelPair.FLOAT32, 1);
        BehaviourModel both =
            BehaviourModel.load(
                BehaviourOptions.defaults().withFlipAveraging(true), ModelPair.FLOAT32, 1)) {
      List<Behaviour> averaged = both.predict(crops);
      for (int i = 0; i < crops.size(); i++) {
        Behaviour a = plain.predict(List.of(crops.get(i))).get(0);
        Behaviour b = plain.predict(List.of(crops.get(i).mirrored())).get(0);
        for (ActionUnit unit : ActionUnit.ALL) {
          assertEquals(
              (a.probability(unit) + b.probability(unit)) / 2,
              averaged.get(i).probability(unit),
              1e-5);
        }
      }
    }
  }

  @Test
  void thePriorMovesExpressionsAloneWhereTheNetworksOwnIsKnown() throws IOException {
    List<FaceImage> crops = crops().subList(0, 5);
    BehaviourOptions evenOdds = BehaviourOptions.defaults().withPrior(ExpressionPrior.EVEN);
    StoredModel silent =
        StoredModel.ofFile(
            Bundled.path("models/behaviour/behaviour-v6.onnx"),
            NetworkKind.BEHAVIOUR,
            PixelLayout.SIGNED_RGB,
            OptionalInt.of(112));
    try (BehaviourModel even = BehaviourModel.load(evenOdds, ModelPair.FLOAT32, 1);
        BehaviourModel wild =
            BehaviourModel.load(BehaviourOptions.defaults(), ModelPair.FLOAT32, 1);
        BehaviourModel asLearned = BehaviourModel.of(silent.open(1), BehaviourOptions.defaults())) {
      assertEquals(Optional.of(ExpressionPrior.IN_THE_WILD), wild.prior());
      assertEquals(Optional.empty(), asLearned.prior());
      for (FaceImage crop : crops) {
        Behaviour a = even.predict(List.of(crop)).get(0);
        Behaviour b = wild.predict(List.of(crop)).get(0);
        assertArrayEquals(
            ExpressionPrior.IN_THE_WILD.adjust(a.expressionProbabilities(), ExpressionPrior.EVEN),
            b.expressionProbabilities(),
            1e-6);
        assertArrayEquals(a.actionUnitProbabilities(), b.actionUnitProbabilities());
        assertArrayEquals(
            a.expressionProbabilities(),
            asLearned.predict(List.of(crop)).get(0).expressionProbabilities(),
            1e-6);
      }
    }
  }

  @Test
  void lipCornerPullerTellsSmilesFromTheRest() throws IOException {
    try (BehaviourModel model =
        BehaviourModel.load(BehaviourOptions.defaults(), ModelPair.FLOAT32, 2)) {
      List<Behaviour> all = model.predict(crops());
      double smiles =
          all.subList(0, 8).stream()
              .mapToDouble(b -> b.probability(ActionUnit.AU12))
              .average()
              .orElseThrow();
      double rest =
          all.subList(8, 40).stream()
              .mapToDouble(b -> b.probability(ActionUnit.AU12))
              .average()
              .orElseThrow();
      assertTrue(smiles > rest + .4, smiles + " against " + rest);
    }
  }
}
