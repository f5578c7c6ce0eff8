package org.affect4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnTest {
  /** A dark dot is where the way back says, whatever the angle. */
  @ParameterizedTest
  @ValueSource(ints = {0, 45, 90, 135, 180, 270, 315})
  void positionsAreThoseOfTheImageAsItWas(int degrees) {
    FaceImage image = FaceImage.plain(81, 61, 255);
    FaceImage dotted = withDot(image, 20, 40);
    Turn turn = Turn.of(dotted, degrees, 255);
    int[] at = darkest(turn.image());
    double x = at[0] + .5;
    double y = at[1] + .5;
    Detection there =
        new Detection(
            new PixelBox(x - 4, y - 3, 8, 6),
            1,
            Landmarks.of(x, y, x + 1, y, x, y + 1, x, y + 2, x + 1, y + 2));
    Detection back = turn.undo(there);
    assertEquals(20.5, back.landmarks().eyeLeft().x(), .75);
    assertEquals(40.5, back.landmarks().eyeLeft().y(), .75);
    assertEquals(back.landmarks().eyeLeft().x(), back.box().x() + back.box().width() / 2, 1e-9);
    boolean sideways = degrees % 180 == 90;
    if (degrees % 90 == 0) {
      assertEquals(sideways ? 6 : 8, back.box().width(), 1e-9);
    } else {
      assertEquals(Math.sqrt(50), back.box().width(), 1e-9);
    }
    double roll = back.landmarks().rollDegrees();
    assertEquals(0, Math.sin(Math.toRadians(roll + degrees)), 1e-9);
    assertEquals(1, Math.cos(Math.toRadians(roll + degrees)), 1e-9);
  }

  private static FaceImage withDot(FaceImage image, int x, int y) {
    java.awt.image.BufferedImage drawn = image.toBufferedImage();
    drawn.setRGB(x, y, 0);
    return FaceImage.of(drawn);
  }

  private static int[] darkest(FaceImage image) {
    int[] best = new int[2];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        if (image.rgb(x, y) < image.rgb(best[0], best[1])) {
          best = new int[] {x, y};
        }
      }
    }
    return best;
  }
}
