package org.affect4j.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.affect4j.Golden;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.junit.jupiter.api.Test;

class SimilarityTransformTest {
  @Test
  void fitsAsScikitImageDoes() throws Exception {
    var golden = Golden.read("similarity");
    FaceAligner aligner = new FaceAligner();
    assertEquals(Landmarks.of(Golden.doubles(golden.get("template"))), aligner.template());
    for (JsonElement e : golden.getAsJsonArray("cases")) {
      Landmarks source = Landmarks.of(Golden.doubles(e.getAsJsonObject().get("source")));
      double[] m = Golden.doubles(e.getAsJsonObject().get("matrix"));
      SimilarityTransform t = aligner.transform(source);
      assertEquals(m[0], t.a(), 1e-9);
      assertEquals(m[1], -t.b(), 1e-9);
      assertEquals(m[2], t.shiftX(), 1e-7);
      assertEquals(m[5], t.shiftY(), 1e-7);
      assertEquals(0, t.inverse().apply(t.apply(source.nose())).distanceTo(source.nose()), 1e-9);
    }
  }

  /** Of the same faces: {@code make_affine.py} solves for six numbers. */
  @Test
  void affineTransformIsThatOfLeastSquares() throws Exception {
    FaceAligner aligner = new FaceAligner(96);
    for (JsonElement e : Golden.read("affine").getAsJsonArray("cases")) {
      Landmarks source = Landmarks.of(Golden.doubles(e.getAsJsonObject().get("source")));
      AffineTransform t = aligner.affine(source);
      double[] m = Golden.doubles(e.getAsJsonObject().get("matrix"));
      assertArrayEquals(
          new double[] {m[0], m[3], m[1], m[4]},
          new double[] {t.getScaleX(), t.getShearY(), t.getShearX(), t.getScaleY()},
          1e-9);
      assertEquals(m[2], t.getTranslateX(), 1e-6);
      assertEquals(m[5], t.getTranslateY(), 1e-6);
    }
  }

  @Test
  void affineCropIsThePhotoThroughTheTransform() {
    byte[] slope = new byte[60 * 50];
    for (int i = 0; i < slope.length; i++) {
      slope[i] = (byte) (2 * (i % 60) + i / 60);
    }
    FaceImage photo = FaceImage.ofBands(60, 50, slope, slope, slope);
    FaceAligner aligner = new FaceAligner(20);
    SimilarityTransform similar = new SimilarityTransform(1.5, .25, -20, -15);
    FaceImage one = aligner.crop(photo, similar);
    FaceImage other = aligner.crop(photo, new AffineTransform(1.5, .25, -.25, 1.5, -20, -15));
    for (int i = 0; i < 400; i++) {
      assertEquals(one.rgb(i % 20, i / 20) & 0xFF, other.rgb(i % 20, i / 20) & 0xFF, 1);
    }
    // Half as wide, and sheared: x' = x / 2 + y / 4 - 10, y' = y - 10.
    FaceImage crop = aligner.crop(photo, new AffineTransform(.5, 0, .25, 1, -10, -10));
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 20; x++) {
        double px = 2 * (x + 10 - .25 * (y + 10));
        assertEquals(2 * px + y + 10, crop.rgb(x, y) & 0xFF, .51, x + ", " + y);
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> aligner.crop(photo, new AffineTransform(1, 1, 1, 1, 0, 0)));
  }

  @Test
  void pointsOnALineHaveNoAffineTransform() {
    Landmarks line = Landmarks.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new FaceAligner().affine(line));
    assertTrue(e.getMessage().contains("on a line"), e.getMessage());
  }

  @Test
  void fiveOfSixtyEightAreMeansAndPoints() {
    double[] xy = new double[136];
    for (int i = 0; i < 68; i++) {
      xy[2 * i] = i;
      xy[2 * i + 1] = 100 - i;
    }
    assertEquals(
        Landmarks.of(38.5, 61.5, 44.5, 55.5, 30, 70, 48, 52, 54, 46), Landmarks.ofSixtyEight(xy));
    assertThrows(IllegalArgumentException.class, () -> Landmarks.ofSixtyEight(new double[10]));
  }

  @Test
  void pointsThatCoincideAreRefused() {
    Point p = new Point(3, 4);
    assertThrows(
        IllegalArgumentException.class,
        () -> SimilarityTransform.fit(List.of(p, p), List.of(new Point(0, 0), new Point(1, 0))));
  }
}
