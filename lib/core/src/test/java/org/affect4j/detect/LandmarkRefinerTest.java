package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelException;
import org.affect4j.model.ModelPair;
import org.affect4j.model.ModelStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LandmarkRefinerTest {
  private static final double SMALL = .15;

  private static FaceDetector refining() {
    return new RefiningDetector(
        RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 2), LandmarkRefiner.load(2));
  }

  @Test
  @Tag("slow")
  void landmarksOfSmallFacesAreNearerToTheTruthAndNothingElseChanges() throws IOException {
    double before = 0;
    double after = 0;
    int faces = 0;
    try (FaceDetector plain = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 2);
        FaceDetector refining = refining()) {
      for (Bundled.Truth t : Bundled.truth("portraits")) {
        FaceImage photo = FaceImage.read(t.file());
        FaceImage small =
            photo.resized((int) (photo.width() * SMALL), (int) (photo.height() * SMALL));
        double k = (double) small.width() / photo.width();
        Landmarks truth = t.landmarks().moved(k, (k - 1) / 2, (k - 1) / 2);
        List<Detection> found = plain.detect(small);
        List<Detection> refined = refining.detect(small);
        assertEquals(found.size(), refined.size());
        for (int i = 0; i < found.size(); i++) {
          assertEquals(found.get(i).box(), refined.get(i).box());
          assertEquals(found.get(i).score(), refined.get(i).score());
          before += found.get(i).landmarks().errorAgainst(truth);
          after += refined.get(i).landmarks().errorAgainst(truth);
          faces++;
        }
      }
    }
    System.out.printf(
        "%d portraits at %.2f: landmark error %.3f, refined %.3f%n",
        faces, SMALL, before / faces, after / faces);
    assertTrue(faces > 30, faces + " faces");
    assertTrue(after < .9 * before, before / faces + ", refined " + after / faces);
  }

  @Test
  void aFaceDoesNotDependOnTheOthersOfItsBatch() throws IOException {
    Bundled.Truth face = Bundled.truth("portraits").get(0);
    FaceImage photo = FaceImage.read(face.file());
    try (LandmarkRefiner refiner = LandmarkRefiner.load(1)) {
      Landmarks alone = refiner.refine(photo, List.of(face.landmarks())).get(0);
      List<Landmarks> many = refiner.refine(photo, Collections.nCopies(40, face.landmarks()));
      assertEquals(40, many.size());
      for (Landmarks l : many) {
        assertEquals(0, l.errorAgainst(alone), 1e-5);
      }
      assertEquals(List.of(), refiner.refine(photo, List.of()));
    }
  }

  @Test
  void otherModelsAreRefused() {
    for (String name : List.of("detector-v2", ModelPair.FLOAT32.behaviour())) {
      ModelException e =
          assertThrows(
              ModelException.class, () -> LandmarkRefiner.open(ModelStore.bundled(), name, 1));
      assertTrue(e.getMessage().contains("offsets of the landmarks"), e.getMessage());
    }
  }
}
