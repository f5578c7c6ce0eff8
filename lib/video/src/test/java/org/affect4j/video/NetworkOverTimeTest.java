package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.affect4j.Bundled;
import org.affect4j.TinyNetworks;
import org.affect4j.cli.CommandRun;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that remember the frames of a video, in {@code affect4j analyze}. */
class NetworkOverTimeTest {
  @TempDir private Path folder;

  /** Half a second of two people, a frame with its mirror image or not. */
  private FaceTable rows(String name, String... options) throws IOException {
    Path csv = folder.resolve(name + ".csv");
    List<String> command = new ArrayList<>(List.of("analyze", "-o", csv.toString()));
    command.add(Bundled.path("data/clips/conversation.mp4").toString());
    command.addAll(List.of("--to", ".5", "--embeddings", "--no-key-pictures", "--threads", "1"));
    command.addAll(List.of(options));
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    return FaceTable.read(csv);
  }

  /** The first feature of each row, added up over the frames of each face. */
  private static double[] sums(FaceTable rows) {
    Map<Integer, Double> sums = new HashMap<>();
    double[] faces = rows.numbers(FaceColumns.FACE);
    double[] features = rows.numbers("e000");
    double[] all = new double[faces.length];
    for (int row = 0; row < all.length; row++) {
      all[row] = sums.merge((int) faces[row], features[row], Double::sum);
    }
    return all;
  }

  @Tag("slow")
  @Test
  void facesAreRememberedFromFrameToFrame() throws IOException {
    Path single = TinyNetworks.faces(folder.resolve("single.onnx"), 7, 17, true, Map.of());
    Path time = TinyNetworks.facesOverTime(folder.resolve("time.onnx"), false);
    FaceTable frames = rows("frames", "--model", single.toString());
    double[] expected = sums(frames);
    assertTrue(Arrays.stream(frames.numbers(FaceColumns.FACE)).distinct().count() > 1);
    FaceTable overTime = rows("time", "--model", time.toString());
    assertArrayEquals(expected, overTime.numbers("e000"), .02);
    FaceTable mirrored = rows("mirrored", "--model", time.toString(), "--flip");
    assertArrayEquals(expected, mirrored.numbers("e000"), .02);
    Path later = TinyNetworks.rowsOverTime(folder.resolve("later.onnx"));
    FaceTable read = rows("later", "--model", single.toString(), "--over-time", later.toString());
    assertArrayEquals(overTime.numbers("valence"), read.numbers("valence"), 1e-3);
    assertTrue(read.columns().stream().noneMatch(c -> c.startsWith("p_")));
  }

  /** Speech opens the mouth of this clip; the network adds up how loud it is. */
  @Test
  void networksThatHearAreGivenTheSoundOfTheVideo() throws IOException {
    Path single = TinyNetworks.faces(folder.resolve("single.onnx"), 7, 17, true, Map.of());
    Path hearing = TinyNetworks.hearing(folder.resolve("hearing.onnx"));
    List<String> networks =
        List.of("--model", single.toString(), "--over-time", hearing.toString());
    Path csv = folder.resolve("heard.csv");
    List<String> command =
        new ArrayList<>(List.of("analyze", "-o", csv.toString(), "--no-key-pictures"));
    command.addAll(networks);
    command.addAll(List.of("--to", ".2", Bundled.path("data/talk/talk.mp4").toString()));
    command.add(Bundled.path("data/clips/tasting.mp4").toString());
    CommandRun run = CommandRun.of(command.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    FaceTable rows = FaceTable.read(csv);
    assertEquals(6, rows.size(), "five frames, and a video without sound");
    assertTrue(rows.text(5, FaceColumns.REASON).orElse("").contains("no sound"));
    Path deaf = TinyNetworks.rowsOverTime(folder.resolve("deaf.onnx"));
    Path unheard = folder.resolve("unheard.csv");
    run =
        CommandRun.of(
            "analyze",
            "-o",
            unheard.toString(),
            "--no-key-pictures",
            "--model",
            single.toString(),
            "--over-time",
            deaf.toString(),
            "--to",
            ".2",
            Bundled.path("data/talk/talk.mp4").toString());
    assertEquals(0, run.code(), run.err());
    assertNotEquals(
        FaceTable.read(unheard).number(4, "arousal").orElseThrow(),
        rows.number(4, "arousal").orElseThrow());
  }

  @Tag("slow")
  @Test
  void theSoundOfAVideoIsHeard() throws IOException {
    Path model = TinyNetworks.facesThatHear(folder.resolve("hears.onnx"));
    FaceImage portrait = FaceImage.read(Bundled.path("data/portraits/001.jpg")).resized(160, 200);
    float[] noise = new float[44_100];
    Random random = new Random(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextFloat() - .5f;
    }
    for (boolean loud : new boolean[] {true, false}) {
      Path clip = folder.resolve(loud ? "loud.mp4" : "silent.mp4");
      try (VideoWriter video = VideoWriter.create(clip, 160, 200, 25)) {
        if (loud) {
          video.sound(noise, 44_100);
        }
        for (int i = 0; i < 3; i++) {
          video.add(portrait);
        }
      }
    }
    FaceTable silent = table("silent", analyze("silent", model, folder.resolve("silent.mp4")));
    assertEquals(1, silent.size());
    assertTrue(silent.text(0, FaceColumns.REASON).orElse("").contains("no sound"));
    String photo = "data/portraits/001.jpg";
    FaceTable still = table("still", analyze("still", model, Bundled.path(photo)));
    FaceTable loud = table("loud", analyze("loud", model, folder.resolve("loud.mp4")));
    assertEquals(3, loud.size());
    double quiet = still.number(0, "e000").orElseThrow();
    assertTrue(loud.number(1, "e000").orElseThrow() > quiet + .1, "a photo is silent: " + quiet);
  }

  private CommandRun analyze(String name, Path model, Path input) {
    return CommandRun.of(
        "analyze",
        input.toString(),
        "--embeddings",
        "--model",
        model.toString(),
        "-o",
        folder.resolve(name + ".csv").toString());
  }

  private FaceTable table(String name, CommandRun run) throws IOException {
    assertEquals(0, run.code(), run.err());
    return FaceTable.read(folder.resolve(name + ".csv"));
  }
}
