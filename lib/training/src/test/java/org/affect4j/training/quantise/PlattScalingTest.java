package org.affect4j.training.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.affect4j.metric.Calibration;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
  private static final double NAN = Double.NaN;

  @Test
  void linesAreThoseOfNumpy() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            Calibration.class.getResourceAsStream("/golden/calibration.json"),
            StandardCharsets.UTF_8)) {
      for (JsonElement element :
          JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("cases")) {
        JsonObject c = element.getAsJsonObject();
        PlattScaling line =
            PlattScaling.fit(
                    doubles(c.getAsJsonArray("labels")), doubles(c.getAsJsonArray("scores")))
                .orElseThrow();
        assertEquals(c.get("slope").getAsDouble(), line.slope(), 1e-7);
        assertEquals(c.get("intercept").getAsDouble(), line.intercept(), 1e-7);
      }
    }
  }

  private static double[] doubles(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonElement::getAsDouble)
        .toArray();
  }

  @Test
  void whatWasDoneToTheLogitsIsUndone() {
    Random random = new Random(5);
    int n = 20000;
    double[] labels = new double[n];
    double[] spoiled = new double[n];
    for (int i = 0; i < n; i++) {
      double z = 2 * random.nextGaussian() - 1;
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
      spoiled[i] = 1 / (1 + Math.exp(-(z - 1) / 2.5));
    }
    PlattScaling line = PlattScaling.fit(labels, spoiled).orElseThrow();
    assertEquals(2.5, line.slope(), .1);
    assertEquals(1, line.intercept(), .1);
    double[] repaired = Arrays.stream(spoiled).map(line::probability).toArray();
    assertTrue(Calibration.ofBinary(labels, spoiled, 15).expectedError() > .1);
    assertTrue(Calibration.ofBinary(labels, repaired, 15).expectedError() < .01);
  }

  @Test
  void targetsBetweenCountByTheirWeights() {
    double[] said = {.2, .5, .8, .9};
    PlattScaling wanted = new PlattScaling(1.7, -.4);
    double[] targets = Arrays.stream(said).map(wanted::probability).toArray();
    targets[3] = .1;
    PlattScaling line = PlattScaling.fit(targets, new double[] {1, 2, 3, 0}, said).orElseThrow();
    assertEquals(wanted.slope(), line.slope(), 1e-6);
    assertEquals(wanted.intercept(), line.intercept(), 1e-6);
    // A sample of weight 2 is two samples.
    double[] more = {.2, .5, .5, .8, NAN};
    double[] twice = {.1, .4, .4, .9, NAN};
    PlattScaling once =
        PlattScaling.fit(
                new double[] {.1, .4, .9}, new double[] {1, 2, 1}, new double[] {.2, .5, .8})
            .orElseThrow();
    assertEquals(
        once.slope(),
        PlattScaling.fit(twice, new double[] {1, 1, 1, 1, 1}, more).orElseThrow().slope(),
        1e-9);
    assertThrows(
        IllegalArgumentException.class,
        () -> PlattScaling.fit(new double[] {1.1}, new double[] {1}, new double[] {.5}));
    assertEquals(
        Optional.empty(),
        PlattScaling.fit(new double[] {0, 1}, new double[2], new double[] {.1, .9}));
  }

  @Test
  void labelsThatCannotBeFittedGiveNoLine() {
    double[] rising = {.1, .2, .8, .9};
    assertEquals(Optional.empty(), PlattScaling.fit(new double[] {0, 0, 0, NAN}, rising));
    assertEquals(Optional.empty(), PlattScaling.fit(new double[] {1, 1, 0, 0}, rising));
    assertEquals(Optional.empty(), PlattScaling.fit(new double[0], new double[0]));
    // Perfectly separated labels, and certainty: still finite.
    assertTrue(
        PlattScaling.fit(new double[] {0, NAN, 1, 1}, new double[] {0, 7, 1, 1}).isPresent());
    assertThrows(
        IllegalArgumentException.class, () -> PlattScaling.fit(new double[] {.5}, new double[1]));
    assertThrows(
        IllegalArgumentException.class, () -> PlattScaling.fit(new double[] {1}, new double[] {2}));
    assertThrows(
        IllegalArgumentException.class, () -> PlattScaling.fit(new double[] {1}, new double[2]));
    assertThrows(IllegalArgumentException.class, () -> new PlattScaling(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new PlattScaling(1, NAN));
  }

  @Test
  void noScalingChangesNothing() {
    assertEquals(.3, PlattScaling.NONE.probability(.3), 1e-12);
    assertEquals(0, PlattScaling.NONE.probability(0), 1e-6);
    assertEquals(1, PlattScaling.NONE.probability(1), 1e-6);
    assertThrows(IllegalArgumentException.class, () -> PlattScaling.NONE.probability(-.1));
  }
}
