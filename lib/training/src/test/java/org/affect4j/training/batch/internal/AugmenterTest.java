package org.affect4j.training.batch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Point;
import org.affect4j.training.batch.Augmentation;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int SIDE = 64;

  private static byte[] dot(int x, int y) {
    byte[] pixels = new byte[SIDE * SIDE];
    for (int dy = -2; dy <= 2; dy++) {
      for (int dx = -2; dx <= 2; dx++) {
        pixels[(y + dy) * SIDE + x + dx] = (byte) 255;
      }
    }
    return pixels;
  }

  private static Point centre(float[] pixels, int side) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < side * side; i++) {
      double v = pixels[3 * i] + 1;
      sum += v;
      x += v * (i % side);
      y += v * (i / side);
    }
    return new Point(x / sum, y / sum);
  }

  @Test
  void withoutVariationPixelsStayAsTheyAre() {
    byte[] source = new byte[3 * SIDE * SIDE];
    new SplittableRandom(1).nextBytes(source);
    float[] target = new float[3 * SIDE * SIDE + 5];
    new Augmenter(SIDE)
        .write(source, SIDE, 3, Augmentation.none(), new SplittableRandom(1), target, 5);
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; c < 3; c++) {
        assertEquals((source[c * SIDE * SIDE + i] & 0xFF) / 127.5 - 1, target[5 + 3 * i + c], 1e-4);
      }
    }
  }

  @Test
  void pixelsGoWhereLandmarksGo() {
    Augmentation how = new Augmentation(.5, 15, .2, .1, .1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    int[] sides = {SIDE, 40};
    int mirrored = 0;
    for (int seed = 0; seed < 40; seed++) {
      int side = sides[seed % 2];
      float[] target = new float[3 * side * side];
      Warp map =
          new Augmenter(side)
              .write(dot(40, 24), SIDE, 1, how, new SplittableRandom(seed), target, 0);
      Point expected = map.toResult(new Point(40, 24), SIDE, side);
      Point found = centre(target, side);
      assertEquals(expected.x(), found.x(), .3, "seed " + seed);
      assertEquals(expected.y(), found.y(), .3, "seed " + seed);
      mirrored += map.mirrors() ? 1 : 0;
    }
    assertTrue(mirrored > 8 && mirrored < 32, mirrored + " of 40 mirrored");
  }

  @Test
  void aMirrorImageExchangesLeftAndRight() {
    Landmarks face = Landmarks.of(20, 20, 44, 21, 31, 33, 22, 45, 42, 46);
    Warp mirror = new Warp(-1, 0, 0, 0, 1, 0);
    Landmarks result = mirror.toResult(face, SIDE, SIDE);
    assertEquals(Landmarks.of(19, 21, 43, 20, 32, 33, 21, 46, 41, 45), result);
  }

  @Test
  void everyVariationKeepsTheRangeAndIsRepeatable() {
    byte[] source = new byte[3 * SIDE * SIDE];
    new SplittableRandom(1).nextBytes(source);
    Augmentation all = new Augmentation(.5, 30, .3, .2, .2, .9, .9, .5, .5, .5, .5, .5, .5, .5, 0);
    for (int planes : new int[] {1, 3}) {
      for (int seed = 0; seed < 30; seed++) {
        float[] one = new float[3 * 32 * 32];
        float[] other = new float[3 * 32 * 32];
        new Augmenter(32).write(source, SIDE, planes, all, new SplittableRandom(seed), one, 0);
        new Augmenter(32).write(source, SIDE, planes, all, new SplittableRandom(seed), other, 0);
        assertTrue(Arrays.equals(one, other));
        for (float v : one) {
          assertTrue(v >= -1 && v <= 1, "value " + v);
        }
      }
    }
  }

  @Test
  void blockLossKeepsMeansAndLosesDetail() {
    float[] plane = new float[SIDE * SIDE];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) (128 + random.nextDouble(-20, 20));
    }
    float[] fine = plane.clone();
    new BlockLoss().apply(fine, SIDE, .01);
    float[] coarse = plane.clone();
    new BlockLoss().apply(coarse, SIDE, 40);
    double fineError = 0;
    double before = 0;
    double after = 0;
    double mean = 0;
    for (int i = 0; i < plane.length; i++) {
      fineError = Math.max(fineError, Math.abs(fine[i] - plane[i]));
      before += Math.pow(plane[i] - 128, 2);
      after += Math.pow(coarse[i] - 128, 2);
      mean += coarse[i] / plane.length;
    }
    assertTrue(fineError < .1, "error " + fineError);
    assertTrue(after < before / 4, before + " to " + after);
    assertEquals(128, mean, 3);
  }

  @Test
  void refusesRangesThatCannotBe() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Augmentation(1.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Augmentation.none().withMixup(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Augmenter(4));
  }

  @Test
  void weakenedVariationKeepsMirrorImagesAndMixing() {
    Augmentation full = Augmentation.sharp().withMixup(.2);
    assertEquals(full, full.weakened(1));
    assertEquals(new Augmentation(.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .2), full.weakened(0));
    assertEquals(.5 * full.erasing(), full.weakened(.5).erasing());
    assertThrows(IllegalArgumentException.class, () -> full.weakened(1.1));
  }
}
