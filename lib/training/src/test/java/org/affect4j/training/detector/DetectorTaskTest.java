package org.affect4j.training.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.model.ModelPair;
import org.affect4j.model.PriorSpec;
import org.affect4j.training.MadeUpFaces;
import org.affect4j.training.loss.MultiBoxLoss;
import org.affect4j.training.network.CompactDetector;
import org.affect4j.training.network.NetworkBlock;
import org.affect4j.training.network.NetworkSpec;
import org.affect4j.training.network.NetworkWeights;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import org.affect4j.training.scene.SourceReader;
import org.affect4j.training.train.StepLoss;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTaskTest {
  private static final int SIDE = 64;

  @TempDir Path folder;

  private static DetectorTask.Settings settings(double teacherWeight) {
    return new DetectorTask.Settings(
        SceneOptions.training(SIDE), 3, 6, 100, MultiBoxLoss.published(), teacherWeight, 1);
  }

  @Tag("slow")
  @Test
  void aTeacherIsPartOfTheLossAndOfTheSettings() throws IOException {
    try (RetinaFace teacher = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1);
        NDManager manager = NDManager.newBaseManager()) {
      SceneSources sources =
          new SourceReader(teacher, true, (done, total) -> {})
              .read(
                  new SourceReader.Places(
                      List.of(MadeUpFaces.faces(folder.resolve("faces"), 2, false)),
                      List.of(),
                      List.of(MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 2)),
                      List.of()));
      DetectorTask taught =
          new DetectorTask(
              sources,
              sources,
              PriorSpec.standard(),
              settings(.5),
              Optional.of(teacher),
              Optional.empty());
      DetectorTask alone =
          new DetectorTask(
              sources,
              sources,
              PriorSpec.standard(),
              settings(.5),
              Optional.empty(),
              Optional.empty());
      assertTrue(taught.settings().get("teacher").startsWith(teacher.entry().orElseThrow().name()));
      assertEquals("none", alone.settings().get("teacher"));
      assertEquals(2, taught.stepsPerEpoch());
      NetworkSpec spec = CompactDetector.small();
      NetworkBlock network = NetworkBlock.ready(spec, NetworkWeights.initial(spec, 1), manager);
      SceneBatch batch = taught.load(0, 1);
      SceneBatch same = alone.load(0, 1);
      assertEquals(batch.pixels(), same.pixels());
      assertEquals(3 * batch.targets().get(0).classes().length, batch.teacher().length);
      StepLoss with = taught.loss(network, batch, manager);
      StepLoss without = alone.loss(network, same, manager);
      double term = with.terms().get("teacher").getFloat();
      assertTrue(term > 0, "teacher " + term);
      assertEquals(
          without.total().getFloat() + .5 * term,
          with.total().getFloat(),
          1e-3 * with.total().getFloat());
      assertEquals("scenes 3 to 5 of epoch 1 and seed 1", taught.describe(batch));
    }
  }

  @Test
  void tooFewScenesToMeasureWithAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new DetectorTask.Settings(
                    SceneOptions.training(SIDE), 3, 6, 99, MultiBoxLoss.published(), 0, 1));
    assertTrue(e.getMessage().contains("100 images"), e.getMessage());
  }
}
