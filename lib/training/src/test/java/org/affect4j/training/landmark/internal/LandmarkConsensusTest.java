package org.affect4j.training.landmark.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.Bundled;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LandmarkConsensusTest {
  private static final Path PORTRAITS = Bundled.path("data/portraits");

  @Test
  @Tag("slow")
  void manyViewsAreNearerToTheTruthThanOne() throws IOException {
    List<String> rows = Files.readAllLines(PORTRAITS.resolve("labels.csv"));
    double once = 0;
    double agreed = 0;
    double spread = 0;
    int faces = 20;
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      LandmarkConsensus consensus = new LandmarkConsensus(List.of(detector));
      assertEquals(18, consensus.views());
      for (String row : rows.subList(1, 1 + faces)) {
        String[] cells = row.split(",");
        Landmarks truth =
            Landmarks.of(
                IntStream.range(2, 12).mapToDouble(i -> Double.parseDouble(cells[i])).toArray());
        FaceImage photo = FaceImage.read(PORTRAITS.resolve(cells[0]));
        Detection found = detector.detect(photo).get(0);
        LandmarkConsensus.Result result = consensus.of(photo, found.landmarks()).orElseThrow();
        once += found.landmarks().errorAgainst(truth) / faces;
        agreed += result.landmarks().errorAgainst(truth) / faces;
        spread += result.spread() / faces;
        assertTrue(result.views() >= 9 && result.views() <= 18, cells[0] + " " + result.views());
      }
    }
    System.out.printf("one view %.4f, consensus %.4f, spread %.4f%n", once, agreed, spread);
    assertTrue(agreed < .95 * once, "one view " + once + ", consensus " + agreed);
    assertTrue(spread > .01 && spread < .1, "spread " + spread);
  }

  @Test
  void whereNothingIsThereNothingIsAgreedOn() {
    try (RetinaFace detector = RetinaFace.load(DetectorOptions.defaults(), ModelPair.FLOAT32, 1)) {
      LandmarkConsensus consensus = new LandmarkConsensus(List.of(detector));
      Landmarks anywhere = Landmarks.of(80, 80, 120, 80, 100, 100, 85, 125, 115, 125);
      assertTrue(consensus.of(FaceImage.plain(200, 200, 117), anywhere).isEmpty());
    }
    assertThrows(IllegalArgumentException.class, () -> new LandmarkConsensus(List.of()));
  }
}
