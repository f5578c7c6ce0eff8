package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.training.MadeUpFaces;
import org.affect4j.training.MadeUpWider;
import org.affect4j.training.network.NetworkWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorCommandTest extends CommandRunner {
  @TempDir Path folder;
  private String[] common;

  @BeforeEach
  void makeData() throws IOException {
    common =
        new String[] {
          "detector",
          "--faces",
          MadeUpFaces.faces(folder.resolve("faces"), 4, false).toString(),
          "--heads",
          MadeUpFaces.faces(folder.resolve("heads"), 4, true).toString(),
          "--backgrounds",
          MadeUpFaces.backgrounds(folder.resolve("backgrounds"), 4).toString(),
          "--network",
          "detector-small",
          "--side",
          "64",
          "--scenes",
          "40",
          "--batch",
          "4",
          "--validation-scenes",
          "100",
          "--average",
          ".8",
          "--rate",
          "1e-2",
          "--epochs",
          "2"
        };
  }

  private String[] with(String... more) {
    return Stream.of(common, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  /** Twenty steps; a run in two parts gives the numbers of a whole one. */
  @Tag("slow")
  @Test
  void lossFallsAndAnInterruptedRunGivesTheSameNumbers() throws IOException {
    assertEquals(0, run(with("-o", place("whole"))), err.toString());
    assertEquals(0, run(with("-o", place("parts"), "--stop-after", "1")), err.toString());
    assertTrue(out.toString().contains("to be resumed"), out.toString());
    assertEquals(0, run(with("-o", place("parts"), "--resume")), err.toString());
    NetworkWeights whole = NetworkWeights.read(folder.resolve("whole/weights.safetensors"));
    NetworkWeights parts = NetworkWeights.read(folder.resolve("parts/weights.safetensors"));
    for (String name : whole.names()) {
      assertArrayEquals(whole.values(name), parts.values(name), 1e-6f, name);
    }
    List<String> log = Files.readAllLines(folder.resolve("whole/log.csv"));
    int loss = List.of(log.get(0).split(",")).indexOf("loss");
    assertTrue(log.get(0).contains("validation_recall"), log.get(0));
    double first = Double.parseDouble(log.get(1).split(",")[loss]);
    double second = Double.parseDouble(log.get(2).split(",")[loss]);
    assertTrue(second < .92 * first, "loss " + first + ", then " + second);
    assertTrue(Files.size(folder.resolve("whole/detector.onnx")) > 1_000_000);
    String provenance = Files.readString(folder.resolve("whole/provenance.json"));
    assertTrue(provenance.contains("checksum"), provenance);
    assertEquals(1, run(with("-o", place("parts"), "--resume", "--seed", "2")));
    assertTrue(err.toString().contains("seed was 1"), err.toString());
  }

  /** A step of the paper's network with photos for all scenes. */
  @Tag("slow")
  @Test
  void fiveLevelsLearnFromPhotos() throws IOException {
    String[] arguments = {
      "detector",
      "--wider",
      MadeUpWider.photo(folder.resolve("wider")).toString(),
      "--wider-share",
      "1",
      "--faces",
      place("faces"),
      "--backgrounds",
      place("backgrounds"),
      "--preset",
      "retinaface-mobilenet025",
      "--side",
      "64",
      "--scenes",
      "4",
      "--batch",
      "2",
      "--measure",
      "1",
      "-o",
      place("five")
    };
    assertEquals(0, run(arguments), err.toString());
    assertTrue(err.toString().contains("1 photos of WIDER FACE"), err.toString());
    assertTrue(out.toString().contains("retinaface-mobilenet025-five, 64 px"), out.toString());
  }

  @Tag("slow")
  @Test
  void scenesCanBeLookedAt() throws IOException {
    assertEquals(0, run(with("-o", place("look"), "--look", "3")), err.toString());
    try (Stream<Path> files = Files.list(folder.resolve("look/scenes"))) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void wrongUsageIsSaid() {
    assertEquals(2, run("detector", "--backgrounds", "x", "-o", place("out")));
    assertTrue(err.toString().contains("at least one of --faces and --heads"), err.toString());
    assertEquals(2, run(with("-o", place("out"), "--teacher", "x")));
    assertTrue(err.toString().contains("belong together"), err.toString());
    assertEquals(2, run(with("-o", place("out"), "--preset", "retinaface-r50")));
    assertTrue(err.toString().contains("where it lies (--wider)"), err.toString());
    assertEquals(2, run(with("-o", place("out"), "--preset", "yolo")));
    assertTrue(err.toString().contains("or retinaface-r50, got yolo"), err.toString());
    assertEquals(
        1,
        run(
            "detector",
            "--heads",
            "x",
            "--backgrounds",
            "x",
            "-o",
            place("out"),
            "--network",
            "mt-vgg"));
    assertTrue(err.toString().contains("is no detector"), err.toString());
  }
}
