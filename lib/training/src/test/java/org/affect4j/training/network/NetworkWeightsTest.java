package org.affect4j.training.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkWeightsTest {
  private static final NetworkSpec SPEC = EfficientNet.head(EfficientNet.Features.SCORES, 4);

  @Test
  void areTheSameForTheSameSeed() {
    assertEquals(NetworkWeights.initial(SPEC, 1), NetworkWeights.initial(SPEC, 1));
    assertNotEquals(NetworkWeights.initial(SPEC, 1), NetworkWeights.initial(SPEC, 2));
  }

  @Test
  void surviveTheFile(@TempDir Path folder) throws IOException {
    NetworkWeights weights = NetworkWeights.initial(SPEC, 1);
    Path file = folder.resolve("w.safetensors");
    weights.write(SPEC, file);
    weights.write(SPEC, file);
    NetworkWeights read = NetworkWeights.read(file);
    assertEquals(weights, read);
    assertEquals(SPEC.name(), read.specification());
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void brokenFilesAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("w.safetensors");
    NetworkWeights.initial(SPEC, 1).write(SPEC, file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 4, 20, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> NetworkWeights.read(file));
      assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
    Files.write(file, "{\"version\": 1, \"models\": []}".getBytes(StandardCharsets.UTF_8));
    assertThrows(IllegalArgumentException.class, () -> NetworkWeights.read(file));
    byte[] negative = whole.clone();
    negative[7] = -1;
    Files.write(file, negative);
    assertThrows(IllegalArgumentException.class, () -> NetworkWeights.read(file));
  }

  @Test
  void thoseOfAnotherNetworkAreNamed() {
    NetworkSpec other = EfficientNet.head(EfficientNet.Features.SCORES, 5);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> NetworkWeights.initial(SPEC, 1).requireFit(other));
    assertTrue(e.getMessage().contains("hidden.weight"), e.getMessage());
    assertTrue(e.getMessage().contains("40"), e.getMessage());
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    NetworkWeights weights = NetworkWeights.initial(SPEC, 1);
    Map<String, float[]> values = new HashMap<>();
    weights.names().forEach(name -> values.put(name, weights.values(name)));
    values.get("hidden.bias")[2] = Float.NaN;
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> NetworkWeights.of(SPEC, values));
    assertTrue(e.getMessage().contains("hidden.bias"), e.getMessage());
  }

  @Test
  void startFromThoseOfAnotherTask() {
    NetworkSpec larger = EfficientNet.head(EfficientNet.Features.BOTH, 4);
    NetworkWeights taken = NetworkWeights.initial(larger, 7);
    NetworkWeights mixed = NetworkWeights.initial(SPEC, 1).startedFrom(SPEC, taken);
    assertArrayEquals(taken.values("expression.fc.weight"), mixed.values("expression.fc.weight"));
    assertArrayEquals(
        NetworkWeights.initial(SPEC, 1).values("hidden.weight"), mixed.values("hidden.weight"));
    NetworkSpec stranger = CompactDetector.small();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            NetworkWeights.initial(SPEC, 1).startedFrom(SPEC, NetworkWeights.initial(stranger, 1)));
  }

  @Test
  void ofSeveralRunsTheMeanIsTaken() {
    NetworkSpec network = FacebehaviourNet.compact();
    NetworkWeights a = NetworkWeights.initial(network, 1);
    NetworkWeights b = NetworkWeights.initial(network, 2);
    NetworkWeights mean = NetworkWeights.mean(List.of(a, a, b));
    mean.requireFit(network);
    String name = "stage2.block1.conv1.weight";
    for (int i = 0; i < 50; i++) {
      assertEquals(
          (2 * a.values(name)[i] + b.values(name)[i]) / 3, mean.values(name)[i], 1e-7, name);
    }
    assertEquals(a, NetworkWeights.mean(List.of(a)));
    NetworkWeights other = NetworkWeights.initial(FacebehaviourNet.compactWide(), 1);
    assertThrows(IllegalArgumentException.class, () -> NetworkWeights.mean(List.of(a, other)));
    assertThrows(IllegalArgumentException.class, () -> NetworkWeights.mean(List.of()));
  }
}
