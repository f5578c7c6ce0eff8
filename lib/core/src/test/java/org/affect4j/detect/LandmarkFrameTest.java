package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.junit.jupiter.api.Test;

class LandmarkFrameTest {
  private static final FaceAligner ALIGNER = new FaceAligner(64);

  /** The template, thrice as large, turned by a right angle and moved. */
  private static Landmarks turned(double... change) {
    double[] xy = new double[10];
    for (int i = 0; i < 5; i++) {
      double x = ALIGNER.template().points().get(i).x() + change[2 * i];
      double y = ALIGNER.template().points().get(i).y() + change[2 * i + 1];
      xy[2 * i] = 300 - 3 * y;
      xy[2 * i + 1] = 20 + 3 * x;
    }
    return Landmarks.of(xy);
  }

  @Test
  void offsetsAreInUnitsOfTheEyesWhateverTheFacesSizeAndTurn() {
    LandmarkFrame frame = LandmarkFrame.of(ALIGNER, turned(new double[10]));
    assertArrayEquals(new float[10], frame.offsets(turned(new double[10])), 1e-6f);
    double eyes = ALIGNER.template().interocularDistance();
    float[] offsets = frame.offsets(turned(0, 0, 0, 0, .1 * eyes, -.2 * eyes, 0, 0, 0, 0));
    assertArrayEquals(new float[] {0, 0, 0, 0, .1f, -.2f, 0, 0, 0, 0}, offsets, 1e-6f);
  }

  @Test
  void landmarksComeBack() {
    Landmarks first = Landmarks.of(101, 120, 150, 131, 122, 160, 98, 178, 136, 190);
    Landmarks truth = Landmarks.of(100, 122, 152, 130, 125, 158, 96, 180, 140, 188);
    LandmarkFrame frame = LandmarkFrame.of(ALIGNER, first);
    assertEquals(0, frame.landmarks(frame.offsets(truth)).errorAgainst(truth), 1e-6);
  }
}
