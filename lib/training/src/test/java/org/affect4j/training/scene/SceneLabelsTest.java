package org.affect4j.training.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.SplittableRandom;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.training.MadeUpFaces;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SceneLabelsTest {
  private static Point centreOf(SceneCanvas canvas, Color spot) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < canvas.width() * canvas.height(); i++) {
      Color c = new Color(canvas.image().getRGB(i % canvas.width(), i / canvas.width()));
      double difference =
          Math.abs(c.getRed() - spot.getRed())
              + Math.abs(c.getGreen() - spot.getGreen())
              + Math.abs(c.getBlue() - spot.getBlue());
      if (difference < 220) {
        double weight = 220 - difference;
        sum += weight;
        x += weight * (i % canvas.width());
        y += weight * (i / canvas.width());
      }
    }
    return new Point(x / sum, y / sum);
  }

  /** Spots of the colours at the landmarks stay under the transformed landmarks, at any size. */
  @Test
  @Tag("slow")
  void landmarksStayOnTheirPixels() {
    PicturePyramid picture = PicturePyramid.of(MadeUpFaces.picture(false), 320);
    SplittableRandom random = new SplittableRandom(3);
    int runs = 30;
    double biasX = 0;
    double biasY = 0;
    for (int i = 0; i < runs; i++) {
      double scale = Math.exp(random.nextDouble(Math.log(.3), Math.log(2)));
      boolean mirrored = i % 2 == 0;
      Affine map =
          Affine.about(
              new Point(100, 115),
              new Point(random.nextDouble(195, 205), random.nextDouble(195, 205)),
              scale * 1.05,
              scale / 1.05,
              mirrored,
              random.nextDouble(-.8, .8));
      SceneCanvas canvas = new SceneCanvas(400, 400);
      canvas.paste(picture, map, Paint.plain(false), Mask.ALL, MadeUpFaces.box(), SceneCanvas.FREE);
      List<Point> moved = MadeUpFaces.landmarks().points().stream().map(map::apply).toList();
      for (int p = 0; p < moved.size(); p++) {
        Point seen = centreOf(canvas, MadeUpFaces.SPOTS[p]);
        assertEquals(
            0, seen.distanceTo(moved.get(p)), .3, "spot %d at scale %.2f".formatted(p, scale));
        Point back = map.inverse().apply(seen);
        biasX += back.x() - MadeUpFaces.landmarks().points().get(p).x();
        biasY += back.y() - MadeUpFaces.landmarks().points().get(p).y();
      }
      Landmarks named = map.apply(MadeUpFaces.landmarks());
      assertEquals(moved.get(mirrored ? 1 : 0), named.eyeLeft());
      assertEquals(moved.get(mirrored ? 3 : 4), named.mouthRight());
    }
    // Smaller copies of the picture that were out of place would show as a shift in its own pixels.
    assertEquals(0, biasX / (5 * runs), .12);
    assertEquals(0, biasY / (5 * runs), .12);
  }

  @Test
  void aBoxBecomesTheBoundsOfItsEllipse() {
    PixelBox box = new PixelBox(10, 20, 40, 60);
    Affine map = Affine.about(new Point(30, 50), new Point(100, 100), 2, 2, true, .5);
    PixelBox moved = map.apply(box);
    double right = 0;
    double top = 1e9;
    for (int i = 0; i < 10000; i++) {
      double t = i * Math.PI / 5000;
      Point p = map.apply(new Point(30 + 20 * Math.cos(t), 50 + 30 * Math.sin(t)));
      right = Math.max(right, p.x());
      top = Math.min(top, p.y());
    }
    assertEquals(right, moved.right(), 1e-3);
    assertEquals(top, moved.y(), 1e-3);
  }

  @Test
  void transparentPixelsAndMasksLetTheBackgroundThrough() {
    SceneCanvas canvas = new SceneCanvas(200, 240);
    canvas.paste(
        PicturePyramid.of(MadeUpFaces.picture(true), 320),
        new Affine(1, 0, 0, 0, 1, 0),
        Paint.plain(false),
        Mask.ALL,
        MadeUpFaces.box(),
        1);
    assertEquals(0, canvas.bgr()[0]);
    assertEquals(150, canvas.bgr()[3 * (60 * 200 + 100)] & 255);
    assertEquals(0, canvas.hidden(MadeUpFaces.box(), 1));
    assertTrue(canvas.hidden(MadeUpFaces.box(), 2) > .95);
  }
}
