package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.affect4j.Bundled;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Resident memory over many short files and over a long one, in a process whose heap is there from
 * the beginning. {@code -Daffect4j.memory.files=500 -Daffect4j.memory.frames=100000} is the full
 * measurement.
 */
class AnalysisMemoryTest {
  private static final int FILES = Integer.getInteger("affect4j.memory.files", 100);
  private static final int FRAMES = Integer.getInteger("affect4j.memory.frames", 1500);

  /** Part of the memory by which the line through the later measurements may rise. */
  private static final double FLAT = .02;

  @TempDir Path folder;

  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void memoryStaysFlat() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xms256m",
                "-Xmn32m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                // The compiler of hot methods takes tens of megabytes at a time of its own
                // choosing.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AnalysisMemoryProbe.class.getName(),
                folder.toString(),
                "" + FILES,
                "" + FRAMES,
                Bundled.path("data/portraits/000.jpg").toString())
            .redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process probe = builder.start();
    List<String> lines;
    try (BufferedReader out = probe.inputReader()) {
      lines = out.lines().toList();
    }
    int code = probe.waitFor();
    assertEquals(0, code, Files.readString(folder.resolve("errors.txt")));
    double[] kib = lines.stream().mapToDouble(Double::parseDouble).toArray();
    System.out.printf(
        "resident memory over %d files and %d frames, KiB: %s%n", FILES, FRAMES, lines);
    int half = kib.length / 2;
    assertFlat(
        "over many files", IntStream.range(half / 2, half).mapToDouble(i -> kib[i]).toArray());
    assertFlat(
        "over many frames",
        IntStream.range(half + half / 2, kib.length).mapToDouble(i -> kib[i]).toArray());
  }

  /** The line of least squares through the second half of the measurements. */
  private static void assertFlat(String when, double[] kib) {
    SimpleRegression line = new SimpleRegression();
    IntStream.range(0, kib.length).forEach(i -> line.addData(i, kib[i]));
    double rise = line.getSlope() * (kib.length - 1) / StatUtils.mean(kib);
    assertTrue(rise < FLAT, "%s memory rises by %.1f %%".formatted(when, 100 * rise));
  }
}
