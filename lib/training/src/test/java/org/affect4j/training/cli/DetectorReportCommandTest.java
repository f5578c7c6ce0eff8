package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.training.MadeUpFaces;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorReportCommandTest extends CommandRunner {
  @TempDir Path folder;

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  /** The faces are five spots on a plate, which no detector takes for one. */
  @Tag("slow")
  @Test
  void sameSeedGivesTheSameReport() throws IOException {
    String[] common = {
      "detector-report",
      "--faces",
      MadeUpFaces.faces(folder.resolve("faces"), 3, false).toString(),
      "--backgrounds",
      MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 3).toString(),
      "--lookalikes",
      MadeUpFaces.backgrounds(folder.resolve("lookalikes"), 2).toString(),
      "--count",
      "100",
      "--seed",
      "4",
      "-o"
    };
    String[] once = Stream.concat(Stream.of(common), Stream.of(place("a"))).toArray(String[]::new);
    assertEquals(0, run(once), err.toString());
    String[] more = {place("b"), "--failures", "2"};
    String[] again = Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new);
    assertEquals(0, run(again), err.toString());
    List<String> report = Files.readAllLines(folder.resolve("a/report.csv"));
    assertEquals(report, Files.readAllLines(folder.resolve("b/report.csv")));
    assertEquals("detector,images,size,measure,value,low,high,count", report.get(0));
    assertTrue(
        report.stream().anyMatch(l -> l.startsWith("detector-v2,photos,24-150,recall,")),
        report.toString());
    assertTrue(
        report.stream().anyMatch(l -> l.startsWith("detector-v2,small photos,8-12,recall,")),
        report.toString());
    assertTrue(
        report.stream()
            .anyMatch(l -> l.startsWith("detector-v2,look-alikes,,false_positives_per_100,")),
        report.toString());
    assertTrue(out.toString().contains("threshold"), out.toString());
    try (Stream<Path> files = Files.list(folder.resolve("b/failures/detector-v2/photos"))) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("detector-report", "--backgrounds", "x", "-o", place("out")));
    assertTrue(err.toString().contains("at least one of --faces and --heads"), err.toString());
    assertEquals(
        2,
        run("detector-report", "--heads", "x", "--backgrounds", "x", "--count", "9", "-o", "out"));
    assertTrue(err.toString().contains("needs a --count of 100"), err.toString());
  }
}
