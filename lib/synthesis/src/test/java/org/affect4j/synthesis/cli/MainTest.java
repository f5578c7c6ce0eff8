package org.affect4j.synthesis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.affect4j.synthesis.internal.geometry.TinyHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  @Test
  void drawsASmallSet() throws Exception {
    String geometry = TinyHead.write(folder.resolve("head")).toString();
    Path out = folder.resolve("faces");
    int code =
        Main.run(
            "au-set",
            "--geometry",
            geometry,
            "--count",
            "2",
            "--threads",
            "1",
            "-o",
            out.toString());
    assertEquals(0, code);
    assertTrue(Files.exists(out.resolve("labels.csv")));
    assertTrue(Files.exists(out.resolve("000/000001.png")));
  }

  @Test
  void takesTheTime() throws Exception {
    String geometry = TinyHead.write(folder.resolve("head")).toString();
    assertEquals(
        0,
        Main.run(
            "benchmark",
            "--geometry",
            geometry,
            "--count",
            "2",
            "--warm-up",
            "0",
            "--memory-every",
            "1"));
    assertEquals(
        1, Main.run("benchmark", "--geometry", geometry, "--count", "2", "--memory-every", "0"));
    assertEquals(1, Main.run("benchmark", "--geometry", geometry, "--count", "0"));
  }

  @Test
  void failsWithACodeAndNoTrace() {
    assertEquals(
        1,
        Main.run(
            "au-set", "--geometry", folder.toString(), "--count", "2", "-o", folder.toString()));
    assertEquals(2, Main.run("au-set", "--count", "2"));
    assertEquals(1, Main.run("import", "--obj", folder.toString(), "-o", folder.toString()));
    assertEquals(0, Main.run("--help"));
  }

  @Test
  void zeroFacesAreRefused() throws Exception {
    String geometry = TinyHead.write(folder.resolve("head")).toString();
    assertEquals(
        1, Main.run("portraits", "--geometry", geometry, "--count", "0", "-o", folder.toString()));
  }
}
