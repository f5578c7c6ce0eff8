package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.affect4j.face.Expression;
import org.affect4j.training.MadeUpCrops;
import org.affect4j.training.batch.Augmentation;
import org.affect4j.training.batch.BatchSource;
import org.affect4j.training.batch.CropSet;
import org.affect4j.training.batch.FaceBatch;
import org.affect4j.training.behaviour.internal.BehaviourData;
import org.affect4j.training.network.BehaviourHeads;
import org.affect4j.training.network.FacebehaviourNet;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.train.StepLoss;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehaviourTaskTest {
  private static final NetworkSpec TINY =
      FacebehaviourNet.of(
          "tiny", new FacebehaviourNet.Size(4, List.of(8), List.of(1), 16, 0, false));

  @TempDir Path folder;

  private static BehaviourTask task(LossWeights weights, CropSet... sets) {
    return new BehaviourTask(
        java.util.Arrays.stream(sets)
            .map(set -> new BatchSource(set, 1, Augmentation.none()))
            .toList(),
        List.of(sets),
        Optional.empty(),
        12,
        MadeUpCrops.SIDE,
        BehaviourHeads.standard(),
        MadeUpCrops.losses(weights, .5),
        1);
  }

  @Test
  @Tag("slow")
  void eachFaceTeachesWhatItIsLabelledWith() throws IOException {
    CropSet faces = MadeUpCrops.expressions(folder, "faces", 14);
    CropSet units = MadeUpCrops.write(folder, "units", 14, MadeUpCrops::units);
    BehaviourTask task = task(LossWeights.coupled(), faces, units);
    try (NDManager manager = NDManager.newBaseManager()) {
      NetworkBlock network = NetworkBlock.ready(TINY, NetworkWeights.initial(TINY, 1), manager);
      FaceBatch batch = task.load(0, 0);
      StepLoss loss = task.loss(network, batch, manager);
      assertEquals(
          Set.of("expression", "units", "affect", "matching", "label_matching", "co_annotation"),
          loss.terms().keySet());
      loss.terms().forEach((name, term) -> assertTrue(term.getFloat() > 0, name));
      double total =
          loss.terms().get("expression").getFloat()
              + 2 * loss.terms().get("units").getFloat()
              + .5 * loss.terms().get("affect").getFloat()
              + .03 * loss.terms().get("matching").getFloat()
              + .03 * loss.terms().get("label_matching").getFloat()
              + .2 * loss.terms().get("co_annotation").getFloat();
      assertEquals(total, loss.total().getFloat(), 1e-5);
      assertEquals(
          Set.of(
              "faces_accuracy",
              "faces_macro_f1",
              "faces_mean_auc",
              "faces_au12_auc",
              "faces_au04_auc",
              "faces_au25_au26_auc",
              "faces_au09_au10_auc",
              "faces_circumplex_valence_ccc",
              "units_unit_correlation",
              "units_unit_f1"),
          task.validate(network).keySet());
    }
  }

  @Test
  void aTaskWithoutLabelsIsRefused() throws IOException {
    CropSet faces = MadeUpCrops.expressions(folder, "faces", 14);
    IllegalArgumentException units =
        assertThrows(IllegalArgumentException.class, () -> task(LossWeights.coupled(), faces));
    assertTrue(units.getMessage().contains("action units"), units.getMessage());
    CropSet some =
        faces.where("some", l -> l.expression().filter(e -> e != Expression.FEAR).isPresent());
    IllegalArgumentException fear =
        assertThrows(IllegalArgumentException.class, () -> task(LossWeights.expressions(), some));
    assertTrue(fear.getMessage().contains("fear"), fear.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new LossWeights(1, -1, 0, 0, 0, 0));
  }

  @Test
  void holdingOutDividesTheSet() throws IOException {
    CropSet faces = MadeUpCrops.expressions(folder, "faces", 100);
    BehaviourData.Parts parts = BehaviourData.holdOut(faces, .2, 1);
    assertEquals(100, parts.training().size() + parts.validation().size());
    assertTrue(parts.validation().size() > 8 && parts.validation().size() < 35);
    assertThrows(IllegalArgumentException.class, () -> BehaviourData.holdOut(faces, 1, 1));
  }
}
