package org.affect4j.video.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Test;

/** Faces are squares of a colour, and the detector finds what is painted. */
class FaceTrackerTest {
  private static final int SIDE = 40;
  private static final Color RED = new Color(200, 60, 50);
  private static final Color BLUE = new Color(50, 80, 200);

  /** A square at a place; the first of a frame hides those behind it. */
  private record Square(Color colour, double x, double y) {}

  /** Finds each square of a colour that is not hidden by half. */
  private static final class PaintedFaces implements FaceDetector {
    int searches;

    @Override
    public List<Detection> detect(FaceImage photo) {
      return detect(photo, .5);
    }

    @Override
    public List<Detection> detect(FaceImage photo, double scoreThreshold) {
      searches += photo.width() == 400 ? 1 : 0;
      Map<Integer, int[]> seen = new TreeMap<>();
      for (int y = 0; y < photo.height(); y++) {
        for (int x = 0; x < photo.width(); x++) {
          int rgb = photo.rgb(x, y) & 0xFFFFFF;
          if (rgb == (RED.getRGB() & 0xFFFFFF) || rgb == (BLUE.getRGB() & 0xFFFFFF)) {
            int[] box = seen.computeIfAbsent(rgb, c -> new int[] {9999, 9999, 0, 0, 0});
            box[0] = Math.min(box[0], x);
            box[1] = Math.min(box[1], y);
            box[2] = Math.max(box[2], x + 1);
            box[3] = Math.max(box[3], y + 1);
            box[4]++;
          }
        }
      }
      List<Detection> faces = new ArrayList<>();
      for (int[] b : seen.values()) {
        if (b[4] > SIDE * SIDE / 2) {
          PixelBox box = PixelBox.ofCorners(b[0], b[1], b[2], b[3]);
          faces.add(new Detection(box, .9, Landmarks.of(1, 1, 3, 1, 2, 2, 1, 3, 3, 3)));
        }
      }
      return faces;
    }

    @Override
    public int usefulLongSide() {
      return Integer.MAX_VALUE;
    }

    @Override
    public void close() {}
  }

  private final PaintedFaces detector = new PaintedFaces();
  private final FaceTracker tracker = new FaceTracker(detector, TrackerOptions.of(.5));
  private int frame;

  private static FaceImage picture(Square... squares) {
    BufferedImage image = new BufferedImage(400, 200, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(120, 125, 118));
    g.fillRect(0, 0, 400, 200);
    for (int i = squares.length - 1; i >= 0; i--) {
      g.setColor(squares[i].colour);
      g.fillRect((int) squares[i].x, (int) squares[i].y, SIDE, SIDE);
    }
    g.dispose();
    return FaceImage.of(image);
  }

  /** The numbers of the next frame's faces, with where they are. */
  private List<String> next(Square... squares) {
    return tracker.next(picture(squares), frame++ / 25.0).stream()
        .map(f -> f.id() + "@" + Math.round(f.detection().box().x()))
        .toList();
  }

  @Test
  void aFaceIsFollowedWithoutSearchingEveryFrame() {
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of("0@" + (100 + 3 * i)), next(new Square(RED, 100 + 3 * i, 60)));
    }
    assertTrue(detector.searches <= 5, detector.searches + " searches of 20 frames");
  }

  @Test
  void twoWhoPassEachOtherKeepTheirNumbers() {
    int red = 0;
    int blue = 0;
    for (int i = 0; i < 60; i++) {
      int x = 20 + 5 * i;
      FaceImage picture = picture(new Square(RED, x, 60), new Square(BLUE, 335 - x, 60));
      for (TrackedFace face : tracker.next(picture, i / 25.0)) {
        PixelBox box = face.detection().box();
        boolean isRed =
            picture.rgb((int) box.x() + 1, (int) box.y() + 1) == (RED.getRGB() & 0xFFFFFF);
        if (i == 0) {
          red = isRed ? face.id() : red;
          blue = isRed ? blue : face.id();
        }
        assertEquals(isRed ? red : blue, face.id(), "frame " + i);
      }
    }
    assertEquals(1, red + blue);
    assertEquals(
        2, tracker.next(picture(new Square(RED, 320, 60), new Square(BLUE, 15, 60)), 3).size());
  }

  @Test
  void whoComesBackWithinASecondKeepsTheNumberAndLaterNot() {
    assertEquals(List.of("0@100"), next(new Square(RED, 100, 60)));
    assertEquals(List.of("0@100"), next(new Square(RED, 100, 60)));
    for (int i = 0; i < 15; i++) {
      assertEquals(List.of(), next());
    }
    assertEquals(List.of("0@104"), next(new Square(RED, 104, 60)));
    for (int i = 0; i < 30; i++) {
      next();
    }
    assertEquals(List.of("1@104"), next(new Square(RED, 104, 60)));
  }

  @Test
  void anotherOneAtTheSamePlaceHasAnotherNumber() {
    next(new Square(RED, 100, 60));
    next(new Square(RED, 100, 60));
    assertEquals(List.of("1@100"), next(new Square(BLUE, 100, 60)));
  }

  @Test
  void aCutEndsAllTracks() {
    next(new Square(RED, 100, 60));
    tracker.cut();
    assertEquals(List.of("1@100"), next(new Square(RED, 100, 60)));
  }

  @Test
  void aStillPictureIsNotForgotten() {
    next(new Square(RED, 100, 60));
    frame += 100;
    assertEquals(List.of("0@102"), next(new Square(RED, 102, 60)));
  }

  @Test
  void timeMustRise() {
    next();
    frame--;
    assertThrows(IllegalArgumentException.class, this::next);
  }

  @Test
  void cutsAreToldFromFlashesAndLight() {
    CutDetector cuts = new CutDetector();
    FaceImage first = shaded(200, 0, 1);
    FaceImage other = shaded(0, 200, 1);
    FaceImage white = FaceImage.plain(400, 200, 255);
    assertFalse(cuts.isCut(first));
    assertFalse(cuts.isCut(white));
    assertFalse(cuts.isCut(white));
    assertFalse(cuts.isCut(first), "back behind a flash");
    assertFalse(cuts.isCut(shaded(200, 0, .5)), "the light goes down");
    assertTrue(cuts.isCut(other));
    assertFalse(cuts.isCut(white));
    assertTrue(cuts.isCut(first), "another picture behind a flash");
  }

  private static FaceImage shaded(int acrossX, int acrossY, double light) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 64 * 48; i++) {
      int grey = (int) (light * (acrossX * (i % 64) / 64 + acrossY * (i / 64) / 48));
      image.setRGB(i % 64, i / 64, grey * 0x10101);
    }
    return FaceImage.of(image);
  }
}
