package org.affect4j.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.affect4j.Golden;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Test;

class SpectrogramTest {
  /** The sound of the golden values: two tones, noise, a click, and a silent end. */
  private static float[] sound(int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      double t = (double) i / Spectrogram.RATE;
      samples[i] =
          (float)
              (.4 * Math.sin(2 * Math.PI * (300 * t + 2000 * t * t))
                  + .1 * Math.sin(2 * Math.PI * 9000 * t)
                  + .01 * Math.sin(.7 * ((double) i * i)));
      if (i >= length - 5000) {
        samples[i] = 0;
      }
    }
    samples[12_345] = .9f;
    return samples;
  }

  private static float[] tone(double hertz, double strength, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) (strength * Math.sin(2 * Math.PI * hertz * i / Spectrogram.RATE));
    }
    return samples;
  }

  @Test
  void valuesAndPictureAreThoseOfScipy() throws Exception {
    JsonObject golden = Golden.read("spectrogram");
    float[] samples = sound(golden.get("length").getAsInt());
    Spectrogram spectrogram = Spectrogram.of(samples);
    assertEquals(golden.get("columns").getAsInt(), spectrogram.columns());
    for (JsonElement e : golden.getAsJsonArray("values")) {
      double[] v = Golden.doubles(e);
      assertEquals(v[2], spectrogram.value((int) v[0], (int) v[1]), 2e-5, e::toString);
    }
    double[] seconds = Golden.doubles(golden.get("seconds"));
    for (int c = 0; c < seconds.length; c++) {
      assertEquals(seconds[c], Spectrogram.seconds(c), 1e-9);
    }
    float[] square = spectrogram.square(96);
    for (JsonElement e : golden.getAsJsonArray("square")) {
      double[] v = Golden.doubles(e);
      assertEquals(v[2], square[(int) (v[0] * 96 + v[1])], 2e-5, e::toString);
    }
    float[] around = Spectrogram.around(samples, golden.get("moment").getAsDouble()).square(96);
    assertEquals(96 * 96, around.length);
    for (JsonElement e : golden.getAsJsonArray("around")) {
      double[] v = Golden.doubles(e);
      assertEquals(v[2], around[(int) (v[0] * 96 + v[1])], 2e-5, e::toString);
    }
  }

  @Test
  void aToneOfOneKilohertzPeaksInItsBin() {
    Spectrogram spectrogram = Spectrogram.of(tone(1000, 1, Spectrogram.RATE));
    for (int c = 0; c < spectrogram.columns(); c++) {
      int loudest = 0;
      for (int bin = 1; bin < Spectrogram.BINS; bin++) {
        if (spectrogram.value(c, bin) > spectrogram.value(c, loudest)) {
          loudest = bin;
        }
      }
      assertEquals(46, loudest);
      // Half a bin away a Hann window shows .6 of 80 decibels less.
      assertEquals(1, spectrogram.value(c, 46), .02);
    }
    assertEquals(1000, Spectrogram.frequency(46), 11);
    // A tenth of the strength is 20 of 80 decibels less.
    assertEquals(
        spectrogram.value(0, 46) - .5,
        Spectrogram.of(tone(1000, .1, Spectrogram.WINDOW)).value(0, 46),
        1e-4);
  }

  @Test
  void silenceIsTheFloorAndSoundOutsideIsSilent() {
    float[] square = Spectrogram.of(new float[Spectrogram.RATE]).square(96);
    float[] floor = new float[96 * 96];
    Arrays.fill(floor, -1);
    assertArrayEquals(floor, square);
    float[] samples = tone(1000, .5, Spectrogram.RATE);
    assertEquals(44, Spectrogram.around(samples, 0).columns());
    for (double moment : new double[] {-.5, 1.5, 1e12, -1e12}) {
      assertArrayEquals(floor, Spectrogram.around(samples, moment).square(96), "at " + moment);
    }
    Spectrogram start = Spectrogram.around(samples, 0);
    assertEquals(-1, start.value(0, 46));
    assertTrue(start.value(43, 46) > .8);
  }

  @Test
  void pictureHasLowFrequenciesBelow() {
    FaceImage image = Spectrogram.of(tone(1000, 1, Spectrogram.RATE)).image();
    assertEquals(44, image.width());
    assertEquals(Spectrogram.BINS, image.height());
    assertTrue((image.rgb(20, Spectrogram.BINS - 1 - 46) & 0xFF) > 250);
    assertTrue((image.rgb(20, 46) & 0xFF) < 5);
  }

  @Test
  void whatIsNoSoundIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Spectrogram.of(new float[Spectrogram.WINDOW - 1]));
    assertTrue(e.getMessage().contains("1,455 samples") && e.getMessage().contains("1,454"));
    float[] broken = new float[Spectrogram.RATE];
    broken[7] = Float.NaN;
    assertThrows(IllegalArgumentException.class, () -> Spectrogram.of(broken));
    Spectrogram fine = Spectrogram.of(new float[Spectrogram.WINDOW]);
    assertEquals(1, fine.columns());
    assertThrows(IllegalArgumentException.class, () -> fine.square(0));
    assertThrows(IllegalArgumentException.class, () -> fine.square(Spectrogram.BINS + 1));
  }
}
