package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceCommandTest extends CommandRunner {
  @TempDir private Path folder;

  private void write(int frames) throws IOException {
    Random random = new Random(1);
    List<String> rows =
        new ArrayList<>(
            List.of(
                "input,frame,"
                    + IntStream.range(0, 256)
                        .mapToObj("e%03d"::formatted)
                        .collect(Collectors.joining(","))));
    List<String> labels = new ArrayList<>(List.of("input,frame,valence,arousal"));
    for (int clip = 0; clip < 3; clip++) {
      for (int t = 0; t < frames; t++) {
        rows.add(
            "%d.mp4,%d,".formatted(clip, t)
                + random
                    .doubles(256)
                    .mapToObj(v -> String.format(Locale.ROOT, "%.2f", v))
                    .collect(Collectors.joining(",")));
        labels.add(
            String.format(
                Locale.ROOT, "%d.mp4,%d,%.2f,%.2f", clip, t, Math.sin(t), random.nextDouble()));
      }
    }
    Files.write(folder.resolve("rows.csv"), rows);
    Files.write(folder.resolve("labels.csv"), labels);
  }

  private int sequence(int length, String... more) {
    return run(
        with(
            new String[] {
              "sequence",
              "--rows",
              folder.resolve("rows.csv").toString(),
              "--labels",
              folder.resolve("labels.csv").toString(),
              "-o",
              folder.resolve("run").toString(),
              "--epochs",
              "2",
              "--length",
              String.valueOf(length)
            },
            more));
  }

  @Tag("slow")
  @Test
  void aNetworkIsTrainedAndExported() throws IOException {
    write(24);
    assertEquals(0, sequence(10, "--stop-after", "1"), err::toString);
    assertEquals(0, sequence(10, "--resume"), err::toString);
    assertTrue(out.toString().contains("mean ccc"), out.toString());
    assertTrue(Files.size(folder.resolve("run/sequence.onnx")) > 4 * 250_000);
    assertTrue(Files.exists(folder.resolve("run/weights.safetensors")));
    String onnx = folder.resolve("run/sequence.onnx").toString();
    assertTrue(analyzed(folder, "--over-time", onnx).behaviour(0).isPresent());
  }

  @Test
  void mistakesAreToldBeforeTraining() throws IOException {
    write(8);
    assertEquals(1, sequence(10), err::toString);
    assertTrue(err.toString().contains("fewer than a window of 10"), err.toString());
    assertEquals(1, sequence(5, "--network", "mt-vgg-gru"));
    assertTrue(err.toString().contains("3 x 96 x 96"), err.toString());
    assertTrue(Files.notExists(folder.resolve("run")));
  }

  @Tag("slow")
  @Test
  void aRunIsNotGoneOnWithByAnotherPreset() throws IOException {
    write(24);
    assertEquals(0, sequence(10, "--stop-after", "1"), err::toString);
    assertEquals(
        1,
        sequence(10, "--resume", "--preset", "mt-gru", "--network", "compact-gru"),
        err::toString);
    assertTrue(err.toString().contains("made with other settings"), err.toString());
    assertTrue(err.toString().contains("learning rate was 0.001 and is now 1.0E-4"), err::toString);
    assertEquals(2, sequence(10, "--set", "clips=labels.csv"), err::toString);
    assertTrue(err.toString().contains("give either --set, or --rows"), err.toString());
  }
}
