package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** 200 damaged videos, of which none may end the virtual machine or lose what lies before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedVideoTest {
  private static final int FRAMES = 25;
  private static final int ROUNDS = 7;

  @TempDir static Path folder;

  private final Map<Path, List<VideoFrame>> whole = new LinkedHashMap<>();

  @BeforeAll
  void writeClips() throws IOException {
    Map<String, String> quick = Map.of("deadline", "realtime", "cpu-used", "8");
    Map<String, String> av1 = Map.of("usage", "realtime", "cpu-used", "8");
    for (Path clip :
        List.of(
            ClipWriter.clip(folder.resolve("index-last.mp4"), "libopenh264", FRAMES, Map.of()),
            ClipWriter.clip(
                folder.resolve("index-first.mp4"),
                "libopenh264",
                FRAMES,
                Map.of("movflags", "faststart")),
            ClipWriter.clip(folder.resolve("clip.avi"), "mpeg4", FRAMES, Map.of()),
            ClipWriter.clip(folder.resolve("vp8.webm"), "libvpx", FRAMES, quick),
            ClipWriter.clip(folder.resolve("vp9.webm"), "libvpx-vp9", FRAMES, quick),
            ClipWriter.clip(folder.resolve("av1.mkv"), "libaom-av1", FRAMES, av1),
            ClipWriter.clip(folder.resolve("clip.ts"), "libopenh264", FRAMES, Map.of()))) {
      whole.put(clip, read(clip).frames);
    }
  }

  /** What came of a file. */
  private record Outcome(List<VideoFrame> frames, String told) {}

  private static Outcome read(Path file) throws IOException {
    List<VideoFrame> frames = new ArrayList<>();
    StringBuilder told = new StringBuilder();
    try (VideoSource video = VideoSource.open(file)) {
      for (VideoFrame frame : video) {
        frames.add(frame);
        told.append(frame.damage());
      }
      told.append(video.damage());
    } catch (UnreadableVideoException e) {
      told.append(e.getMessage());
    }
    for (int i = 1; i < frames.size(); i++) {
      double step =
          frames.get(i).seconds().orElseThrow() - frames.get(i - 1).seconds().orElseThrow();
      assertTrue(step > 0, file + " frame " + i);
    }
    return new Outcome(frames, told.toString());
  }

  private Path damaged(Path clip, byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged-" + clip.getFileName()), bytes);
  }

  /** How many frames lie whole before a byte; their packets do, as they come in their order. */
  private static int framesBefore(Path clip, long place) throws IOException {
    int frames = 0;
    try (MediaFile file = new MediaFile(clip)) {
      file.choose(0);
      for (AVPacket packet = file.next(); packet != null; packet = file.next()) {
        frames += packet.pos() + packet.size() + 400 < place ? 1 : 0;
      }
    }
    return frames;
  }

  private void beginsAs(Path clip, List<VideoFrame> frames, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(whole.get(clip).get(i), frames.get(i), clip + " frame " + i);
    }
  }

  @Test
  void framesBeforeACutAreKept() throws IOException {
    Random random = new Random(1);
    for (Path clip : whole.keySet()) {
      byte[] bytes = Files.readAllBytes(clip);
      for (int round = 0; round < ROUNDS; round++) {
        int end = bytes.length / 4 + random.nextInt(bytes.length * 3 / 5);
        Outcome outcome = read(damaged(clip, Arrays.copyOf(bytes, end)));
        assertFalse(outcome.told.isEmpty() && end % 188 != 0, clip + " cut at " + end);
        if (!clip.endsWith("index-last.mp4") && !clip.endsWith("clip.avi")) {
          beginsAs(clip, outcome.frames, framesBefore(clip, end));
        }
      }
    }
  }

  @Test
  void framesBeforeAHoleAreKept() throws IOException {
    Random random = new Random(2);
    for (Path clip : whole.keySet()) {
      byte[] bytes = Files.readAllBytes(clip);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] hole = bytes.clone();
        int from = bytes.length / 4 + random.nextInt(bytes.length / 3);
        int to = from + bytes.length / 8;
        if (round % 2 == 0) {
          Arrays.fill(hole, from, to, (byte) 0);
        } else {
          for (int i = from; i < to; i++) {
            hole[i] = (byte) random.nextInt();
          }
        }
        Outcome outcome = read(damaged(clip, hole));
        boolean same = outcome.frames.equals(whole.get(clip));
        assertFalse(outcome.told.isEmpty() && !same, clip + " hole at " + from);
        beginsAs(clip, outcome.frames, Math.min(framesBefore(clip, from), outcome.frames.size()));
      }
    }
  }

  @Test
  void flippedBitsAreTold() throws IOException {
    Random random = new Random(3);
    for (Path clip : whole.keySet()) {
      byte[] bytes = Files.readAllBytes(clip);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] flipped = bytes.clone();
        for (int i = 0; i < 200; i++) {
          int place = 700 + random.nextInt(bytes.length - 700);
          flipped[place] ^= (byte) (1 << random.nextInt(8));
        }
        Outcome outcome = read(damaged(clip, flipped));
        // Any bits are a picture to the coders of VP8 and VP9, though another one.
        assertFalse(outcome.told.isEmpty() && !clip.toString().contains("vp"), clip.toString());
      }
    }
  }

  @Test
  void foreignHeadersAreTold() throws IOException {
    Random random = new Random(4);
    List<Path> clips = List.copyOf(whole.keySet());
    for (Path clip : clips) {
      byte[] bytes = Files.readAllBytes(clip);
      for (Path other : clips) {
        byte[] header = Arrays.copyOf(Files.readAllBytes(other), 100 + random.nextInt(300));
        byte[] swapped = bytes.clone();
        System.arraycopy(header, 0, swapped, 0, header.length);
        Outcome outcome = read(damaged(clip, swapped));
        boolean same = outcome.frames.equals(whole.get(clip));
        boolean ofItsKind = extension(clip).equals(extension(other));
        assertFalse(
            outcome.told.isEmpty() && !same && !ofItsKind && outcome.frames.size() < FRAMES - 5,
            clip + " with the header of " + other + ": " + outcome.frames.size());
      }
    }
  }

  private static String extension(Path clip) {
    String name = clip.toString();
    return name.substring(name.lastIndexOf('.')).replace(".mkv", ".webm");
  }

  @Test
  void whatHoldsNoVideoIsRefusedWithAReason() throws IOException {
    Random random = new Random(5);
    byte[] noise = new byte[20_000];
    random.nextBytes(noise);
    Map<String, byte[]> files =
        Map.of(
            "empty.mp4",
            new byte[0],
            "zero.mp4",
            new byte[50_000],
            "noise.avi",
            noise,
            "text.mp4",
            "This is a text.\n".repeat(50).getBytes(),
            "playlist.m3u8",
            ("#EXTM3U\n#EXTINF:1,\n" + folder.resolve("clip.ts")).getBytes(),
            "list.ffconcat",
            ("ffconcat version 1.0\nfile clip.ts\n").getBytes());
    for (Map.Entry<String, byte[]> entry : files.entrySet()) {
      Path file = Files.write(folder.resolve(entry.getKey()), entry.getValue());
      String why =
          assertThrows(UnreadableVideoException.class, () -> VideoSource.open(file)).getMessage();
      assertTrue(why.startsWith(file.toString()), why);
      assertThrows(UnreadableVideoException.class, () -> AudioTrack.read(file, 16_000));
    }
    assertThrows(UnreadableVideoException.class, () -> VideoSource.open(folder));
    assertThrows(IOException.class, () -> VideoSource.open(folder.resolve("missing.mp4")));
  }
}
