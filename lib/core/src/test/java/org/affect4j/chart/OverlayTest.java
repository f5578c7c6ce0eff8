package org.affect4j.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final FaceImage PHOTO = FaceImage.plain(600, 400, 128);

  @Test
  void scalesLargePhotosDownAndSmallOnesUp() {
    assertSize(900, 600, FaceImage.plain(3000, 2000, 1));
    assertSize(600, 900, FaceImage.plain(2000, 3000, 1));
    assertSize(336, 336, FaceImage.plain(48, 48, 1));
    assertSize(640, 480, FaceImage.plain(640, 480, 1));
    assertSize(300, 300, FaceImage.plain(1, 1, 1));
  }

  private static void assertSize(int width, int height, FaceImage photo) {
    Picture picture = Overlay.of(photo, List.of());
    assertEquals(width, picture.width());
    assertEquals(height, picture.height());
    assertEquals(width, picture.toImage().getWidth());
  }

  @Test
  void boxesLieWhereTheyShouldAtEveryScale() {
    for (int k : new int[] {1, 3}) {
      FaceImage photo = FaceImage.plain(600 * k, 400 * k, 128);
      Picture picture =
          Overlay.of(
              photo, List.of(Samples.face(0, new PixelBox(200 * k, 150 * k, 99 * k, 90 * k))));
      BufferedImage image = picture.toImage();
      double scale = (double) picture.width() / photo.width();
      int left = (int) (200 * k * scale);
      int middle = (int) (195 * k * scale);
      int edge = image.getRGB(left, middle);
      assertTrue((edge >> 16 & 0xFF) > 190 && (edge & 0xFF) < 40, "no orange edge at " + k);
      assertEquals(128, image.getRGB(left + 12, middle) & 0xFF, "inside at " + k);
    }
  }

  @Test
  void saysInWordsWhatItShows() {
    Picture picture = Overlay.of(PHOTO, List.of(Samples.face(3, new PixelBox(10, 10, 100, 100))));
    assertTrue(
        picture.description().contains("1 face: face 3 happiness 0.80, valence 0.50"),
        picture.description());
    assertTrue(Overlay.of(PHOTO, List.of()).description().contains("no faces"));
  }

  @Test
  void drawsFacesWithoutDetectionAndDetectionsWithoutFace() {
    Face whole = new Face(0, Optional.empty(), Samples.behaviour(Expression.SURPRISE, .9));
    BufferedImage image = Overlay.of(FaceImage.plain(48, 48, 128), List.of(whole)).toImage();
    assertTrue(Samples.count(image, Palette.SKY) > 200);
    Detection detection = Samples.face(0, new PixelBox(100, 100, 90, 90)).detection().orElseThrow();
    assertTrue(
        Samples.count(Overlay.ofDetections(PHOTO, List.of(detection)).toImage(), Palette.BLUE)
            > 200);
  }

  @Test
  void manyLandmarksAreDrawnWhereTheyAreThere() {
    Detection five = Samples.face(0, new PixelBox(100, 100, 200, 200)).detection().orElseThrow();
    double[] xy = new double[136];
    for (int i = 0; i < 136; i += 2) {
      xy[i] = 105 + 2.8 * i / 2;
      xy[i + 1] = 180;
    }
    BufferedImage few = Overlay.ofDetections(PHOTO, List.of(five)).toImage();
    BufferedImage many =
        Overlay.ofDetections(PHOTO, List.of(five.with(Landmarks68.of(xy)))).toImage();
    assertEquals(0x808080, few.getRGB(270, 180) & 0xFFFFFF);
    int painted = 0;
    for (int x = 105; x < 295; x++) {
      painted += (many.getRGB(x, 180) & 0xFFFFFF) == 0x808080 ? 0 : 1;
    }
    assertTrue(painted > 150, painted + " pixels");
  }

  @Test
  void layersLieOnEachOtherAndLeaveTheirBaseAlone() {
    Overlay base = Overlay.on(PHOTO);
    Overlay more =
        base.thinBoxes(List.of(new PixelBox(50, 50, 60, 60)), Palette.GREY)
            .points(List.of(new Point(300, 300)), Palette.GREEN);
    assertEquals(0, Samples.count(base.picture().toImage(), Palette.GREEN));
    assertEquals(Palette.GREEN.getRGB(), more.picture().toImage().getRGB(300, 300));
  }

  @Test
  void heatCoversThePhotoFromTopLeft() {
    double[][] values = {{1, 0}, {Double.NaN, 0}};
    BufferedImage image = Overlay.heat(PHOTO, values, 0, 1).toImage();
    assertNotEquals(image.getRGB(10, 10), image.getRGB(590, 10));
    assertEquals(128, image.getRGB(10, 390) & 0xFF, "a missing value stays clear");
    assertTrue((image.getRGB(10, 10) >> 16 & 0xFF) > 180, "the high end is yellow");
    assertThrows(
        IllegalArgumentException.class,
        () -> Overlay.heat(PHOTO, new double[][] {{1}, {1, 2}}, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Overlay.heat(PHOTO, new double[0][0], 0, 1));
    assertThrows(IllegalArgumentException.class, () -> Overlay.heat(PHOTO, values, 1, 1));
  }

  @Test
  void refusesCaptionsThatDoNotMatchTheBoxes() {
    List<PixelBox> boxes = List.of(new PixelBox(0, 0, 5, 5));
    assertThrows(
        IllegalArgumentException.class,
        () -> Overlay.on(PHOTO).boxes(boxes, List.of("one", "two"), Palette.BLUE));
    Overlay marked = Overlay.on(PHOTO).boxes(boxes, List.of(""), Palette.BLUE);
    assertTrue(marked.picture().toImage().getWidth() > 0);
  }

  @Test
  void drawsCrowdsAndTinyPhotos() {
    Picture crowd = Overlay.of(PHOTO, Samples.faces(60, 600, 400));
    assertEquals(600, crowd.toImage().getWidth());
    Picture thin = Overlay.of(FaceImage.plain(1000, 4, 0), Samples.faces(2, 900, 4));
    assertEquals(4, thin.toImage().getHeight());
  }

  @Test
  void choosesShorterLabelsInCrowds() {
    List<List<String>> label = List.of(List.of("a long first line", "second"), List.of("short"));
    Plates plates = new Plates(600, 400);
    var one = plates.place(List.of(rectangle(250, 150, 80, 80)), List.of(label));
    assertEquals(2, one.get(0).lines().size());
    List<java.awt.geom.Rectangle2D> boxes = new ArrayList<>();
    List<List<List<String>>> labels = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      boxes.add(rectangle(i % 10 * 60 + 5, i / 10 * 50 + 5, 50, 40));
      labels.add(label);
    }
    assertEquals(List.of("short"), plates.place(boxes, labels).get(0).lines());
  }

  @Test
  void keepsLabelsInsideThePicture() {
    Plates plates = new Plates(600, 400);
    for (double x : new double[] {-80, 0, 300, 560, 700}) {
      for (double y : new double[] {-80, 0, 200, 390, 500}) {
        for (double size : new double[] {5, 90, 900}) {
          var placed =
              plates.place(
                  List.of(rectangle(x, y, size, size)),
                  List.of(List.of(List.of("0 happiness 0.93", "V 0.50 A 0.20"))));
          assertEquals(1, placed.size());
          var area = placed.get(0).area();
          assertTrue(
              area.getX() >= 0
                  && area.getY() >= 0
                  && area.getMaxX() <= 600
                  && area.getMaxY() <= 400,
              () -> area + " leaves the picture");
        }
      }
    }
  }

  private static java.awt.geom.Rectangle2D rectangle(double x, double y, double w, double h) {
    return new java.awt.geom.Rectangle2D.Double(x, y, w, h);
  }
}
