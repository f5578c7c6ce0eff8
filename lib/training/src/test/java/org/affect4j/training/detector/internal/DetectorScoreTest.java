package org.affect4j.training.detector.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;
import org.junit.jupiter.api.Test;

class DetectorScoreTest {
  private static final Landmarks POINTS = Landmarks.of(10, 10, 30, 10, 20, 20, 12, 30, 28, 30);

  private static Detection detection(double x, double size, double score, double shift) {
    return new Detection(new PixelBox(x, 0, size, size), score, POINTS.moved(1, shift, 0));
  }

  private static LabelledFace face(double x, double size, boolean counts) {
    return new LabelledFace(new PixelBox(x, 0, size, size), Optional.of(POINTS), counts);
  }

  @Test
  void recallIsTakenAtOneFalsePositivePerHundredImages() {
    DetectorScore score = new DetectorScore();
    assertThrows(IllegalStateException.class, score::threshold);
    for (int i = 0; i < 200; i++) {
      // Scores .9, .8, .7 in three images: two are allowed, so the threshold is the third.
      score.addFaceless(i < 3 ? List.of(detection(0, 20, .9 - .1 * i, 0)) : List.of());
      score.addLookalikes(i < 5 ? List.of(detection(0, 20, .75, 0)) : List.of());
    }
    // Found with an error of 2 / 20, found below the threshold, missed, and one that does not
    // count.
    score.addFaces(
        List.of(detection(0, 40, .95, 2), detection(0, 38, .94, 9), detection(100, 20, .6, 0)),
        List.of(face(0, 40, true), face(100, 20, true), face(200, 10, true), face(300, 40, false)));
    assertEquals(.7, score.threshold(), 1e-12);
    Map<String, Double> figures = score.figures();
    assertEquals(1 / 3.0, figures.get("recall"), 1e-12);
    assertEquals(.1, figures.get("landmark_error"), 1e-12);
    assertEquals(1, figures.get("recall_32_64"));
    assertEquals(0, figures.get("recall_16_32"));
    assertEquals(0, figures.get("recall_to_16"));
    assertEquals(Double.NaN, figures.get("landmark_error_to_16"));
    assertEquals(2.5, figures.get("lookalikes_per_100"), 1e-12);
    assertFalse(figures.containsKey("recall_from_128"));
    assertEquals(3, score.faces());
  }
}
