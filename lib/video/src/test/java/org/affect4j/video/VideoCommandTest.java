package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.affect4j.Bundled;
import org.affect4j.cli.CommandRun;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code affect4j analyze} where this module is on the class path. */
class VideoCommandTest {
  private static final Path PORTRAIT = Bundled.path("data/portraits/001.jpg");
  private static final int FRAMES = 30;

  @TempDir static Path clips;

  @TempDir Path folder;

  /** A person who is away from frame 12 to 15. */
  @BeforeAll
  static void writeClip() throws IOException {
    FaceImage portrait = FaceImage.read(PORTRAIT).resized(160, 200);
    FaceImage nobody = FaceImage.plain(320, 240, 90);
    try (ClipWriter writer =
        new ClipWriter(
            clips.resolve("clip.mp4"),
            "libopenh264",
            codec -> codec.width(320).height(240),
            Map.of(),
            new int[] {1, 0, 0, 1},
            "2024-05-06T07:08:09.000000Z")) {
      for (int i = 0; i < FRAMES; i++) {
        FaceImage there = portrait.cut(-60 - 2 * i, -20, 320, 240, 90);
        writer.add(i >= 12 && i < 16 ? nobody : there, i);
      }
    }
  }

  private CommandRun analyze(Path csv, Object... arguments) {
    List<String> command = new ArrayList<>(List.of("analyze", "-o", csv.toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return CommandRun.of(command.toArray(String[]::new));
  }

  private FaceTable rows(Path csv, Object... arguments) throws IOException {
    CommandRun run = analyze(csv, arguments);
    assertEquals(0, run.code(), run.err());
    return FaceTable.read(csv);
  }

  private static List<Integer> frames(FaceTable rows) {
    return Arrays.stream(rows.numbers(FaceColumns.FRAME)).mapToObj(f -> (int) f).toList();
  }

  private static List<Integer> numbers(int... frames) {
    return Arrays.stream(frames).boxed().toList();
  }

  @Test
  void photosAndVideosAreMixed() throws IOException {
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    Files.copy(PORTRAIT, inputs.resolve("a.jpg"));
    Files.copy(clips.resolve("clip.mp4"), inputs.resolve("b.MOV"));
    Files.writeString(inputs.resolve("c.mp4"), "This is a text.");
    Files.copy(PORTRAIT, inputs.resolve("d.avi"));
    Files.copy(clips.resolve("clip.mp4"), inputs.resolve("e"));
    Files.writeString(inputs.resolve("module.ts"), "export const x = 1;");
    Path csv = folder.resolve("rows.csv");
    CommandRun run = analyze(csv, inputs, "--to", ".2");
    assertEquals(0, run.code(), run.err());
    FaceTable rows = FaceTable.read(csv);
    List<String> names =
        rows.texts("input").stream().map(i -> i.substring(i.lastIndexOf('/') + 1)).toList();
    List<String> expected = new ArrayList<>(List.of("a.jpg"));
    IntStream.range(0, 5).forEach(i -> expected.add("b.MOV"));
    expected.addAll(List.of("c.mp4", "d.avi"));
    IntStream.range(0, 5).forEach(i -> expected.add("e"));
    assertEquals(expected, names);
    assertTrue(rows.number(0, FaceColumns.FRAME).isEmpty());
    assertEquals("unreadable", rows.text(6, "status").orElseThrow());
    assertEquals("ok", rows.text(7, "status").orElseThrow());
    assertEquals(.16, rows.number(12, FaceColumns.TIMESTAMP).orElseThrow());
    assertTrue(run.out().contains("5 inputs: 4 with faces (12 faces)"), run.out());
    assertTrue(run.out().contains("2 of them videos with 10 frames"), run.out());
    assertTrue(run.out().contains("1 other file was left out: 1 .ts"), run.out());
    Provenance made = Provenance.beside(csv).orElseThrow();
    assertEquals(Map.of("ok", 4, "unreadable", 1), made.inputs());
    Map<String, String> facts = made.videos().get(rows.text(1, "input").orElseThrow());
    assertEquals("2024-05-06T07:08:09Z", facts.get("created"));
    assertEquals("0.000000", facts.get("start_s"));
    try (Stream<Path> pictures = Files.list(folder.resolve("rows.tracks"))) {
      assertEquals(
          List.of("b-face0.jpg", "e-face0.jpg"),
          pictures.map(p -> p.getFileName().toString()).sorted().toList());
    }
    assertTrue(ImageIO.read(folder.resolve("rows.tracks/b-face0.jpg").toFile()).getWidth() > 60);
    byte[] bytes = Files.readAllBytes(csv);
    run = analyze(csv, inputs, "--to", ".2");
    assertTrue(run.out().contains("besides 4 that an earlier run had finished"), run.out());
    assertArrayEquals(bytes, Files.readAllBytes(csv));
  }

  @Test
  void posesAreReadInEveryFrameWithAFace() throws IOException {
    FaceTable rows = rows(folder.resolve("posed.csv"), clips.resolve("clip.mp4"), "--pose");
    assertTrue(rows.columns().containsAll(FaceColumns.headPose()), rows.columns().toString());
    assertTrue(rows.texts("status").contains("ok"));
    for (int row = 0; row < rows.size(); row++) {
      boolean face = rows.text(row, "status").orElseThrow().equals("ok");
      assertEquals(face, rows.number(row, FaceColumns.PITCH).isPresent(), "row " + row);
      assertEquals(face, rows.landmarks68(row).isPresent(), "row " + row);
      if (face) {
        double away =
            rows.landmarks68(row).get().five().errorAgainst(rows.landmarks(row).orElseThrow());
        assertTrue(away < .3, "row " + row + " by " + away);
      }
    }
  }

  @Test
  void partsKeepNumbersAndTimes() throws IOException {
    Path clip = clips.resolve("clip.mp4");
    FaceTable rows =
        rows(folder.resolve("a.csv"), clip, "--every=4", "--from=.3", "--to=.8", "--every-frame");
    assertEquals(numbers(8, 12, 16), frames(rows));
    assertEquals(.32, rows.number(0, FaceColumns.TIMESTAMP).orElseThrow());
    assertEquals(List.of("ok", "no_face", "ok"), rows.texts("status"));
    rows = rows(folder.resolve("b.csv"), clip, "--from=9", "--faces=largest", "--smooth=none");
    assertEquals(List.of("unreadable"), rows.texts("status"));
    assertTrue(rows.text(0, FaceColumns.REASON).orElseThrow().contains("asked for"));
    CommandRun wrong = analyze(folder.resolve("c.csv"), clip, "--faces=few");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("all, largest or a number"), wrong.err());
  }

  @Tag("slow")
  @Test
  void whatIsComputedOverTimeHasColumnsOfItsOwn() throws IOException {
    Path clip = clips.resolve("clip.mp4");
    Path csv = folder.resolve("rows.csv");
    FaceTable rows =
        rows(csv, PORTRAIT, clip, "--smooth", "--baseline=neutral", "--to=.8", "--no-key-pictures");
    assertEquals(21, rows.size());
    assertFalse(Files.exists(folder.resolve("rows.tracks")));
    List<String> columns = new ArrayList<>(rows.columns());
    assertTrue(
        columns.containsAll(
            List.of("au12_filled", "valence_mean15", "au12_median15", "au12_minus_neutral")));
    assertTrue(rows.number(0, "au12_filled").isEmpty(), "a photo has no time");
    assertEquals("interpolated", rows.text(13, "status").orElseThrow());
    assertTrue(rows.number(13, "au12").isEmpty());
    assertTrue(rows.number(13, "au12_filled").isPresent());
    assertEquals(
        rows.number(5, "au12").orElseThrow(), rows.number(5, "au12_filled").orElseThrow(), 1e-9);
    String cell = Files.readAllLines(csv).get(9).split(",")[columns.indexOf("valence_mean15")];
    assertTrue(cell.matches("-?\\d\\.\\d{4}"), cell);
    CommandRun other = analyze(csv, clip, "--smooth=mean:7", "--baseline=neutral", "--to=.8");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("mean:15 and median:15"), other.err());
    Path chosen = folder.resolve("chosen.csv");
    rows = rows(chosen, clip, "--fill", "--to=.2", "--columns=score,action-units");
    assertEquals(
        List.of("input", "frame", "timestamp_s", "face_id", "status", "score", "au01"),
        rows.columns().subList(0, 7));
    assertEquals(6 + 17 + 1 + 17, rows.columns().size());
    CommandRun unknown = analyze(chosen, clip, "--columns=au99", "--overwrite");
    assertEquals(1, unknown.code());
    assertTrue(unknown.err().contains("action-units") && unknown.err().contains("au12"));
    CommandRun none = analyze(chosen, clip, "--smooth=mean:4", "--overwrite");
    assertTrue(none.code() != 0 && none.err().contains("odd number"), none.err());
  }

  @Tag("slow")
  @Test
  void anAnimationIsAVideoUnlessItsFirstFrameIsWanted() throws IOException {
    Path gif = folder.resolve("wave.gif");
    try (ClipWriter writer =
        new ClipWriter(
            gif, "gif", c -> c.width(160).height(200).pix_fmt(8 /* RGB, 8 bits */), Map.of())) {
      FaceImage portrait = FaceImage.read(PORTRAIT).resized(160, 200);
      for (int i = 0; i < 3; i++) {
        writer.add(portrait.cut(-i, 0, 160, 200, 90), i);
      }
    }
    assertEquals(numbers(0, 1, 2), frames(rows(folder.resolve("a.csv"), gif)));
    FaceTable still = rows(folder.resolve("b.csv"), gif, "--stills");
    assertEquals(1, still.size());
    assertTrue(Files.exists(folder.resolve("a.tracks/wave-face0.jpg")), "which is no input");
    assertTrue(still.number(0, FaceColumns.FRAME).isEmpty());
    assertEquals(1, rows(folder.resolve("c.csv"), folder, "--stills").size());
    ImageIO.write(FaceImage.read(PORTRAIT).toBufferedImage(), "gif", gif.toFile());
    assertTrue(rows(folder.resolve("d.csv"), gif).number(0, FaceColumns.FRAME).isEmpty());
  }

  @Tag("slow")
  @Test
  void numberedPicturesAreAClipWhereThatIsSaid() throws IOException {
    Path pictures = SharedClips.clip("numbered");
    assertEquals(16, rows(folder.resolve("photos.csv"), pictures).size());
    Path csv = folder.resolve("clip.csv");
    CommandRun run = analyze(csv, pictures, "--frames", "--fps=25");
    FaceTable rows = FaceTable.read(csv);
    assertEquals(numbers(1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20), frames(rows));
    assertEquals(.8, rows.number(15, FaceColumns.TIMESTAMP).orElseThrow());
    assertTrue(run.out().contains("4 numbers are missing"), run.out());
    CommandRun without = analyze(folder.resolve("x.csv"), pictures, "--frames", "--smooth");
    assertEquals(2, without.code());
    assertTrue(without.err().contains("--fps"), without.err());
  }

  @Tag("slow")
  @Test
  void damagedAndEmptyFilesAreRowsAndReadAgain() throws IOException {
    byte[] whole = Files.readAllBytes(clips.resolve("clip.mp4"));
    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    Path broken = ClipWriter.clip(folder.resolve("broken.avi"), "mpeg4", 30, Map.of());
    byte[] avi = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(avi, avi.length / 2));
    Path csv = folder.resolve("rows.csv");
    FaceTable rows = rows(csv, empty, broken, PORTRAIT);
    assertEquals("unreadable", rows.text(0, "status").orElseThrow());
    int last = rows.size() - 2;
    assertTrue(last > 5 && rows.number(last, FaceColumns.FRAME).isEmpty());
    assertEquals("partial", rows.text(last, "status").orElseThrow());
    assertEquals("no_face", rows.text(1, "status").orElseThrow());
    Files.write(empty, whole);
    Files.write(broken, avi);
    FaceTable mended = rows(csv, empty, broken, PORTRAIT);
    Path anew = folder.resolve("anew.csv");
    rows(anew, empty, broken, PORTRAIT);
    assertArrayEquals(Files.readAllBytes(anew), Files.readAllBytes(csv));
    assertEquals(FRAMES + 30 + 1, mended.size());
    assertEquals(Map.of("ok", 2, "no_face", 1), Provenance.beside(csv).orElseThrow().inputs());
  }

  @Tag("slow")
  @Test
  void otherSettingsAreRefusedOnlyWhereThereAreVideos() throws IOException {
    Path clip = clips.resolve("clip.mp4");
    Path csv = folder.resolve("rows.csv");
    rows(csv, PORTRAIT, "--every=7", "--faces=largest");
    Path plain = folder.resolve("plain.csv");
    rows(plain, PORTRAIT);
    assertArrayEquals(Files.readAllBytes(plain), Files.readAllBytes(csv));
    rows(csv, PORTRAIT, clip, "--every=10");
    for (String option : List.of("--every=5", "--faces=2", "--from=.1", "--every-frame")) {
      CommandRun refused = analyze(csv, clip, "--every=10", option);
      refused = option.startsWith("--every=") ? analyze(csv, clip, option) : refused;
      assertEquals(1, refused.code(), option);
      assertTrue(refused.err().contains("other models or options"), refused.err());
    }
    rows(csv, Bundled.path("data/portraits/002.jpg"));
    assertEquals(5, rows(csv, PORTRAIT, clip, "--every=10").size());
  }

  @Test
  void videosOfOneNameHavePicturesOfTheirOwn() throws IOException {
    Path csv = folder.resolve("rows.csv");
    for (String name : List.of("a", "b")) {
      Path copy = Files.createDirectory(folder.resolve(name)).resolve("clip.mp4");
      Files.copy(clips.resolve("clip.mp4"), copy);
      rows(csv, copy, "--every=10");
    }
    try (Stream<Path> pictures = Files.list(folder.resolve("rows.tracks"))) {
      assertEquals(
          List.of("clip-2-face0.jpg", "clip-face0.jpg"),
          pictures.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  @Tag("slow")
  @Test
  void whatWasReadIsDrawnOnTheVideo() throws IOException {
    Path clip = clips.resolve("clip.mp4");
    Path annotated = folder.resolve("annotated");
    FaceTable rows = rows(folder.resolve("a.csv"), clip, "--to=.4", "--annotate", annotated);
    assertEquals(10, rows.size());
    try (VideoSource video = VideoSource.open(annotated.resolve("clip.annotated.mp4"))) {
      assertEquals(FRAMES, video.stream().count());
    }
    assertEquals(1, analyze(folder.resolve("b.csv"), annotated).code(), "it is no input");
  }

  /** What a killed run leaves within a video, gone on with by the same command. */
  @Tag("slow")
  @Test
  void aRunEndedAnywhereGoesOnToTheSameBytes() throws IOException {
    Path one = ClipWriter.clip(folder.resolve("one.mp4"), "libopenh264", 300, Map.of());
    Path csv = folder.resolve("rows.csv");
    Object[] inputs = {PORTRAIT, one, clips.resolve("clip.mp4"), "--every=2"};
    rows(csv, inputs);
    byte[] whole = Files.readAllBytes(csv);
    byte[] picture = Files.readAllBytes(folder.resolve("rows.tracks/clip-face0.jpg"));
    String text = new String(whole, StandardCharsets.UTF_8);
    Path beside = folder.resolve("rows.csv.provenance.json");
    String running =
        Files.readString(beside).replaceAll("\"ended\": \"[^\"]*\"", "\"ended\": \"\"");
    int first = text.indexOf(one.toString());
    int second = text.indexOf(clips.resolve("clip.mp4").toString());
    for (int[] kill :
        new int[][] {
          {first, first},
          {first, first + 1},
          {first, text.indexOf("\n", first) + 1},
          {first, second - 1},
          {first, second},
          {second, (second + whole.length) / 2},
          {second, whole.length}
        }) {
      Files.write(csv, Arrays.copyOf(whole, kill[1]));
      Files.writeString(beside, running);
      Files.writeString(
          folder.resolve("rows.csv.lock"), "%020d %020d\n".formatted(kill[0], Long.MAX_VALUE));
      Files.writeString(folder.resolve("rows.tracks/clip-face7.jpg"), "of the killed run");
      rows(csv, inputs);
      assertArrayEquals(whole, Files.readAllBytes(csv), "ended at byte " + kill[1]);
      assertFalse(Files.exists(folder.resolve("rows.csv.lock")));
      assertFalse(Files.exists(folder.resolve("rows.tracks/clip-face7.jpg")));
      assertArrayEquals(picture, Files.readAllBytes(folder.resolve("rows.tracks/clip-face0.jpg")));
    }
  }

  private Process start(Path out, Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.affect4j.cli.Main",
                "analyze"));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(folder.resolve("err.txt").toFile()).redirectOutput(out.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder.start();
  }

  @Tag("slow")
  @Test
  @Timeout(300)
  @EnabledOnOs(OS.LINUX)
  void signalsEndARunBetweenBlocksOfRows() throws Exception {
    Path one = ClipWriter.clip(folder.resolve("one.mp4"), "libopenh264", 600, Map.of());
    Path whole = folder.resolve("whole.csv");
    rows(whole, PORTRAIT, one);
    Path csv = folder.resolve("rows.csv");
    for (String signal : List.of("TERM", "KILL")) {
      Process process = start(folder.resolve("out.txt"), PORTRAIT, one, "-o", csv);
      while (process.isAlive() && (!Files.exists(csv) || Files.size(csv) < 20_000)) {
        Thread.sleep(5);
      }
      new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
      assertEquals(signal.equals("TERM") ? 143 : 137, process.waitFor());
      assertTrue(Files.readString(csv).endsWith("\n") && Files.size(csv) < Files.size(whole));
    }
    rows(csv, PORTRAIT, one);
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(csv));
    Path out = folder.resolve("out.csv");
    assertEquals(0, start(out, PORTRAIT, one, "-o", "-").waitFor());
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(out));
    assertFalse(Files.exists(folder.resolve("out.tracks")));
  }
}
