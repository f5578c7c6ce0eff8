package org.affect4j.training.detector.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.metric.Calibration;
import org.affect4j.training.detector.internal.DetectorReport.Line;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;
import org.junit.jupiter.api.Test;

class DetectorReportTest {
  private static final Landmarks POINTS = Landmarks.of(10, 10, 30, 10, 20, 20, 12, 30, 28, 30);

  private static Detection detection(double x, double size, double score, double shift) {
    return new Detection(new PixelBox(x, 0, size, size), score, POINTS.moved(1, shift, 0));
  }

  private static LabelledFace face(double x, double size) {
    return new LabelledFace(new PixelBox(x, 0, size, size), Optional.of(POINTS), true);
  }

  private static Line line(List<Line> lines, String images, String size, String measure) {
    return lines.stream()
        .filter(l -> l.images().equals(images) && l.size().equals(size))
        .filter(l -> l.measure().equals(measure))
        .findFirst()
        .orElseThrow(() -> new AssertionError(images + " " + size + " " + measure));
  }

  @Test
  void figuresFollowFromTheThreshold() {
    DetectorReport report = new DetectorReport(.9);
    assertThrows(IllegalStateException.class, report::threshold);
    for (int i = 0; i < 100; i++) {
      // One false positive in a hundred images is allowed, so the second sets the threshold.
      report.addFaceless("walls", i < 2 ? List.of(detection(0, 20, .8 - .1 * i, 0)) : List.of());
    }
    for (int i = 0; i < 50; i++) {
      report.addFaceless("shoes", i < 3 ? List.of(detection(0, 20, .75 + .1 * i, 0)) : List.of());
    }
    report.addFaces("photos", List.of(detection(0, 40, .95, 2)), List.of(face(0, 40)));
    report.addFaces("photos", List.of(detection(0, 41, .85, 4)), List.of(face(0, 40)));
    // A false positive above one right answer and below two.
    report.addFaces(
        "photos",
        List.of(detection(0, 90, .75, 0), detection(200, 50, .8, 0)),
        List.of(face(0, 90), face(100, 90)));
    List<Line> lines = report.lines(images -> new double[] {24, 48, 96});
    assertEquals(.7, line(lines, "walls", "", "threshold").value(), 1e-12);
    assertEquals(1, line(lines, "walls", "", "false_positives_per_100").value(), 1e-12);
    assertEquals(0, line(lines, "walls", "", "false_positives_per_100_usual").value(), 1e-12);
    assertEquals(6, line(lines, "shoes", "", "false_positives_per_100").value(), 1e-12);
    assertEquals(2, line(lines, "shoes", "", "false_positives_per_100_usual").value(), 1e-12);
    Line recall = line(lines, "photos", "24-96", "recall");
    assertEquals(.75, recall.value(), 1e-12);
    assertEquals(4, recall.count());
    // Wilson's formula for 3 in 4, worked out apart from this code.
    assertEquals(.3006, recall.low(), 1e-4);
    assertEquals(.9544, recall.high(), 1e-4);
    assertEquals(.25, line(lines, "photos", "24-96", "recall_usual").value(), 1e-12);
    assertEquals(1, line(lines, "photos", "24-48", "recall").value(), 1e-12);
    assertEquals(.5, line(lines, "photos", "48-96", "recall").value(), 1e-12);
    Line error = line(lines, "photos", "24-48", "landmark_error");
    assertEquals(.15, error.value(), 1e-12);
    assertTrue(error.low() >= .1 - 1e-12 && error.high() <= .2 + 1e-12, error.toString());
    assertEquals(.15, line(lines, "photos", "24-48", "landmark_error_median").value(), 1e-12);
    // Recall rises by a quarter at the precisions 1, 1 and 3/4, and the last quarter is missed.
    assertEquals((1 + 1 + .75) / 4, line(lines, "photos", "", "average_precision").value(), 1e-12);
    // From .9 on lie one face and one shoe.
    List<Calibration.Bin> bins = report.reliability().bins();
    assertEquals(.5, bins.get(9).fraction(), 1e-12);
    assertEquals(9, bins.stream().mapToLong(Calibration.Bin::count).sum());
  }

  @Test
  void missedFacesAreThoseNothingFound() {
    List<Detection> missed =
        DetectorReport.missed(
            List.of(detection(0, 40, .9, 0)), List.of(face(0, 40), face(100, 40)));
    assertEquals(1, missed.size());
    assertEquals(100, missed.get(0).box().x());
  }
}
