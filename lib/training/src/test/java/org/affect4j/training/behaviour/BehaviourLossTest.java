package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CircumplexPrior;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.affect4j.face.ValenceArousal;
import org.affect4j.image.FaceImage;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropLabels;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.batch.LabelledCrop;
import org.affect4j.training.loss.DistributionMatching.Form;
import org.affect4j.training.loss.HardCoAnnotation;
import org.affect4j.training.loss.RelatednessWeights;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.EfficientNet.Answer;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.SideOutput;
import org.junit.jupiter.api.Test;

/** What each part of the loss takes of three faces: happy; AU12 and AU25; all units and affect. */
class BehaviourLossTest {
  private static final int HAPPY = Expression.HAPPINESS.ordinal();
  private static final BehaviourHeads EIGHT =
      new BehaviourHeads(BehaviourHeads.SEVEN, BehaviourHeads.AFF_WILD2, true);
  private static final NetworkSpec NETWORK =
      EIGHT.on(
          FacebehaviourNet.of(
              "tiny", new FacebehaviourNet.Size(4, List.of(8), List.of(1), 16, 0, false)));

  private static FaceBatch batch() {
    float[] expressions = new float[3 * FaceBatch.CLASSES];
    expressions[HAPPY] = 1;
    expressions[2 * FaceBatch.CLASSES + AnnotatedExpression.ANGER.ordinal()] = .5f;
    float[] units = new float[3 * ActionUnit.COUNT];
    Arrays.fill(units, 0, 2 * ActionUnit.COUNT, Float.NaN);
    for (ActionUnit unit : List.of(ActionUnit.AU06, ActionUnit.AU12, ActionUnit.AU25)) {
      units[ActionUnit.COUNT + unit.ordinal()] = 1;
    }
    float[] affect = {Float.NaN, Float.NaN, Float.NaN, Float.NaN, .4f, -.3f};
    return new FaceBatch(
        3,
        16,
        ByteBuffer.allocate(0),
        expressions,
        units,
        affect,
        new float[0],
        List.of("a", "b", "c"));
  }

  private static CropSet set(float valence) {
    CropLabels labels =
        new CropLabels(Optional.empty(), CropLabels.unknownUnits(), valence, valence);
    return CropSet.of("s", List.of(new LabelledCrop("x", FaceImage.plain(16, 16, 0), labels)));
  }

  /** The parts of the loss of outputs that are all 0 but for valence and arousal. */
  private static Map<String, NDArray> terms(
      BehaviourLosses losses, float valence, NDManager manager) {
    BatchSource source = new BatchSource(set(valence), 1, Augmentation.none());
    NDList outputs =
        new NDList(
            manager.zeros(new Shape(3, 7)),
            manager.zeros(new Shape(3, 8)),
            manager.create(new float[] {.1f, .2f, -.1f, .1f, .3f, -.2f}, new Shape(3, 2)),
            manager.zeros(new Shape(3, 16)));
    return new BehaviourLoss(losses, EIGHT, List.of(source))
        .of(NETWORK, outputs, batch(), manager)
        .terms();
  }

  private static BehaviourLosses losses(
      LossWeights weights, boolean everywhere, boolean hard, boolean summed, boolean prior) {
    return new BehaviourLosses(
        weights,
        0,
        0,
        false,
        Relatedness.du(),
        new BehaviourLosses.Matching(Form.BEHAVIOUR4ALL, true, everywhere, true),
        everywhere,
        hard,
        summed,
        prior);
  }

  @Test
  void unitsAreThoseOfTheNetworkAndAddedUpOrNot() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LossWeights units = new LossWeights(0, 1, 0, 0, 0, 0);
      double ln2 = Math.log(2);
      assertEquals(
          ln2,
          terms(losses(units, false, false, false, true), 0, manager).get("units").getFloat(),
          1e-6);
      // Of the second face three units are known, of the third all eight.
      assertEquals(
          (3 + 8) / 2.0 * ln2,
          terms(losses(units, false, false, true, true), 0, manager).get("units").getFloat(),
          1e-5);
      // The happy face gets 12 and 25, and 6 by its fraction.
      assertEquals(
          (2.51 + 3 + 8) / 3 * ln2,
          terms(losses(units, false, true, true, true), 0, manager).get("units").getFloat(),
          1e-5);
    }
  }

  @Test
  void hardCoAnnotationGivesLabelsOfTheOtherKind() {
    try (NDManager manager = NDManager.newBaseManager()) {
      HardCoAnnotation hard = new HardCoAnnotation(RelatednessWeights.of(Relatedness.du()));
      BatchTargets with = new BatchTargets(batch(), EIGHT, Optional.of(hard), false, manager);
      float[] row = new float[7];
      row[HAPPY] = 1;
      // 6, 12 and 25 are all there is of happiness.
      assertArrayEquals(row, with.shares.get(1).toFloatArray());
      assertArrayEquals(
          new float[] {0, 0, 0, .51f, 1, 0, 0, 1}, with.unitMask.get(0).toFloatArray(), 1e-6f);
      BatchTargets without = new BatchTargets(batch(), EIGHT, Optional.empty(), false, manager);
      assertArrayEquals(new float[7], without.shares.get(1).toFloatArray());
      assertArrayEquals(new float[8], without.unitMask.get(0).toFloatArray());
    }
  }

  @Test
  void matchingAndSoftCoAnnotationTakeAllFacesOrThoseWithoutALabel() {
    try (NDManager manager = NDManager.newBaseManager()) {
      BatchTargets few = new BatchTargets(batch(), EIGHT, Optional.empty(), false, manager);
      BatchTargets all = new BatchTargets(batch(), EIGHT, Optional.empty(), true, manager);
      assertArrayEquals(new float[] {1, 0, 0}, few.withoutUnits.toFloatArray());
      int[] rows = {1};
      assertArrayEquals(new float[] {0, 3, 0}, few.softMask.sum(rows).toFloatArray());
      assertArrayEquals(new float[] {0, 3, 17}, all.softMask.sum(rows).toFloatArray());
      // Expressions have AU1 three times, AU2 twice, AU4 four times, AU6 twice, AU12, AU15 and AU20
      // once, AU25 three times: 17 in all, each with a seventh of the probability.
      LossWeights matching = new LossWeights(0, 0, 0, 1, 0, 0);
      float value =
          terms(losses(matching, true, false, false, true), 0, manager).get("matching").getFloat();
      assertEquals(17 / 7.0 * Math.log(2), value, 1e-5);
    }
  }

  @Test
  void realAffectAndTheCircumplexAreNeverInOneConcordance() {
    try (NDManager manager = NDManager.newBaseManager()) {
      LossWeights affect = new LossWeights(0, 0, 1, 0, 0, 0);
      assertEquals(
          Set.of("affect"), terms(losses(affect, false, false, false, false), 0, manager).keySet());
      assertEquals(
          Set.of("affect", "affect_prior"),
          terms(losses(affect, false, false, false, true), 0, manager).keySet());
      assertEquals(
          Set.of("affect"),
          terms(losses(affect, false, false, false, true), Float.NaN, manager).keySet());
      BatchTargets t = new BatchTargets(batch(), EIGHT, Optional.empty(), false, manager);
      assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1}, t.affectMask.flatten().toFloatArray());
      assertArrayEquals(new float[] {1, 1, 0, 0, 0, 0}, t.priorMask.flatten().toFloatArray());
      assertEquals(
          CircumplexPrior.of(Expression.HAPPINESS).valence(), t.prior.getFloat(0, 0), 1e-6);
    }
  }

  @Test
  void contemptAndWeakUnitsAreLearnedWhereTheyAreKnown() {
    NetworkSpec network = SideOutput.WEAK_UNITS.on(SideOutput.CONTEMPT.on(NETWORK));
    FaceBatch seen = batch();
    float[] expressions = seen.expressions().clone();
    // Three of four raters of the first face see contempt; the two others have units.
    expressions[HAPPY] = .25f;
    expressions[AnnotatedExpression.CONTEMPT.ordinal()] = .75f;
    float[] weak = new float[3 * ActionUnit.COUNT];
    Arrays.fill(weak, Float.NaN);
    weak[ActionUnit.COUNT + 3] = 1;
    weak[2 * ActionUnit.COUNT] = .2f;
    FaceBatch batch =
        new FaceBatch(
            3,
            16,
            ByteBuffer.allocate(0),
            expressions,
            seen.units(),
            seen.affect(),
            weak,
            seen.names());
    try (NDManager manager = NDManager.newBaseManager()) {
      NDList outputs =
          new NDList(
              manager.zeros(new Shape(3, 7)),
              manager.zeros(new Shape(3, 8)),
              manager.zeros(new Shape(3, 2)),
              manager.zeros(new Shape(3, 16)),
              manager.create(new float[] {1, -5, 5}, new Shape(3, 1)),
              manager.ones(new Shape(3, ActionUnit.COUNT)).mul(2));
      Map<String, NDArray> terms =
          new BehaviourLoss(
                  losses(new LossWeights(0, 1, 0, 0, 0, 0), false, false, false, false),
                  EIGHT,
                  List.of(new BatchSource(set(Float.NaN), 1, Augmentation.none())))
              .of(network, outputs, batch, manager)
              .terms();
      double plus = Math.log1p(Math.exp(-1));
      assertEquals(
          .75 * plus + .25 * Math.log1p(Math.exp(1)), terms.get("contempt").getFloat(), 1e-6);
      double known = Math.log1p(Math.exp(-2));
      double other = .2 * known + .8 * Math.log1p(Math.exp(2));
      assertEquals((known + other) / 2, terms.get("weak_units").getFloat(), 1e-6);
    }
  }

  @Test
  void aSlightExpressionLiesNearTheMiddleOfTheCircumplex() {
    FaceBatch whole = batch();
    float[] expressions = whole.expressions().clone();
    expressions[FaceBatch.CLASSES + HAPPY] = 1;
    float[] units = whole.units().clone();
    units[ActionUnit.COUNT + ActionUnit.AU06.ordinal()] = .1f;
    units[ActionUnit.COUNT + ActionUnit.AU12.ordinal()] = .25f;
    units[ActionUnit.COUNT + ActionUnit.AU25.ordinal()] = Float.NaN;
    FaceBatch slight =
        new FaceBatch(
            3,
            16,
            ByteBuffer.allocate(0),
            expressions,
            units,
            whole.affect(),
            whole.weakUnits(),
            whole.names());
    try (NDManager manager = NDManager.newBaseManager()) {
      BatchTargets t = new BatchTargets(slight, EIGHT, Optional.empty(), false, manager);
      ValenceArousal expected = CircumplexPrior.of(Expression.HAPPINESS, .25);
      assertArrayEquals(
          new float[] {(float) expected.valence(), (float) expected.arousal()},
          t.prior.get(1).toFloatArray(),
          1e-6f);
    }
  }

  @Test
  void tasksAloneHaveNoCoupling() {
    LossWeights units = LossWeights.coupled().ofTasks(Set.of(Answer.ACTION_UNITS));
    assertEquals(new LossWeights(0, 2, 0, 0, 0, 0), units);
    assertEquals(Set.of(Answer.ACTION_UNITS), units.tasks());
    assertEquals(LossWeights.coupled(), LossWeights.coupled().ofTasks(Set.of(Answer.values())));
    BehaviourLosses usual = BehaviourLosses.usual(LossWeights.coupled());
    BehaviourLosses hard = usual.coupled(Coupling.HARD_CO_ANNOTATION, Relatedness.empirical());
    assertEquals(new LossWeights(1, 2, .5, 0, 0, 0), hard.weights());
    assertEquals(true, hard.hardCoAnnotation());
  }
}
