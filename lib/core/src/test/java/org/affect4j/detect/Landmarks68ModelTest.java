package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.face.Landmarks68;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Test;

class Landmarks68ModelTest {
  @Test
  void aFaceDoesNotDependOnTheOthersOfItsBatch() throws IOException {
    Bundled.Truth face = Bundled.truth("portraits").get(0);
    FaceImage photo = FaceImage.read(face.file());
    try (Landmarks68Model model = Landmarks68Model.load(1)) {
      Landmarks68 alone = model.find(photo, List.of(face.landmarks())).get(0);
      assertTrue(alone.five().errorAgainst(face.landmarks()) < .1, alone.five().toString());
      List<Landmarks68> many = model.find(photo, Collections.nCopies(40, face.landmarks()));
      assertEquals(40, many.size());
      for (Landmarks68 l : many) {
        assertEquals(0, l.points().get(7).distanceTo(alone.points().get(7)), 1e-3);
      }
      assertEquals(List.of(), model.find(photo, List.of()));
    }
  }

  @Test
  void otherModelsAreRefused() {
    for (String name :
        List.of("detector-v2", LandmarkRefiner.BUNDLED, ModelPair.FLOAT32.behaviour())) {
      ModelException e =
          assertThrows(
              ModelException.class, () -> Landmarks68Model.open(ModelStore.bundled(), name, 1));
      assertTrue(e.getMessage().contains("68 landmarks"), e.getMessage());
    }
  }
}
