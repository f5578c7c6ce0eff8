package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.image.FaceImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoWriterTest {
  private static final int FRAMES = 60;
  private static final int RATE = 16_000;

  @TempDir Path folder;

  /** A tone of 500 Hz that begins after one second. */
  private static float[] tone() {
    float[] samples = new float[2 * RATE];
    for (int i = RATE; i < samples.length; i++) {
      samples[i] = (float) (.5 * Math.sin(2 * Math.PI * 500 * i / RATE));
    }
    return samples;
  }

  private static Path written(Path file, double rate) throws IOException {
    try (VideoWriter video = VideoWriter.create(file, 160, 120, rate)) {
      float[] tone = tone();
      video.sound(tone, RATE);
      for (int i = 0; i < FRAMES; i++) {
        video.add(ClipWriter.picture(i, 160, 120));
      }
    }
    return file;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "clip.mp4, 25, h264, aac",
    "clip.MP4, 29.97, h264, aac",
    "clip.webm, 25, vp8, opus",
    "clip.webm, 23.976, vp8, opus",
    "clip.webm, 12.5, vp8, opus",
  })
  void picturesAndSoundComeBack(String name, double rate, String codec, String sound)
      throws IOException {
    Path file = written(folder.resolve(name), rate);
    assertEquals(List.of(file), files(folder));
    double digits = name.endsWith("webm") ? .0006 : 1e-9;
    try (VideoSource video = VideoSource.open(file)) {
      assertEquals(codec, video.info().codec());
      assertEquals(2, video.info().streams().size());
      assertEquals(sound, video.info().streams().get(1).codec());
      assertEquals(rate, video.info().rate().orElseThrow(), .02);
      List<VideoFrame> frames = video.stream().toList();
      assertEquals("", video.damage());
      assertEquals(FRAMES, frames.size());
      for (int i = 0; i < FRAMES; i++) {
        FaceImage image = frames.get(i).image();
        assertEquals(i, ClipWriter.number(image));
        assertEquals(i / rate, frames.get(i).seconds().orElseThrow(), digits, "frame " + i);
        int far = 0;
        for (int x = 100; x < 160; x++) {
          int wanted = ClipWriter.picture(i, 160, 120).rgb(x, 60) >> 8 & 0xFF;
          far += Math.abs(wanted - (image.rgb(x, 60) >> 8 & 0xFF));
        }
        assertTrue(far / 60 < 16, "frame " + i + " differs by " + far / 60);
      }
    }
    AudioTrack track = AudioTrack.read(file, RATE);
    assertEquals(0, track.startSeconds(), .05);
    assertEquals(2 * RATE, track.length() + track.startSeconds() * RATE, RATE / 20.);
    int start = (int) Math.round(track.startSeconds() * RATE);
    assertEquals(0, loudness(track, RATE / 2 - start), .005);
    assertEquals(.5 / Math.sqrt(2), loudness(track, RATE * 3 / 2 - start), .02);
    assertEquals(0, loudness(track, RATE - RATE / 5 - start), .01);
  }

  /** Root mean square of a tenth of a second. */
  private static double loudness(AudioTrack track, int first) {
    double sum = 0;
    for (float sample : track.window(first, RATE / 10)) {
      sum += sample * sample;
    }
    return Math.sqrt(sum / (RATE / 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp4", "webm"})
  void theSameInputMakesTheSameBytesAlsoInPieces(String kind) throws IOException {
    Path one = written(folder.resolve("one." + kind), 25);
    Path other = folder.resolve("other." + kind);
    try (VideoWriter video = VideoWriter.create(other, 160, 120, 25)) {
      float[] tone = tone();
      video.sound(new float[0], RATE);
      int done = 0;
      for (int i = 0; i < FRAMES; i++) {
        int piece = Math.min(RATE / 25, tone.length - done);
        video.sound(Arrays.copyOfRange(tone, done, done + piece), RATE);
        done += piece;
        video.add(ClipWriter.picture(i, 160, 120));
      }
    }
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other));
  }

  @Test
  void timesMayBeUneven() throws IOException {
    Path file = folder.resolve("uneven.mp4");
    double[] times = {0, .033, .9, 3.4567};
    try (VideoWriter video = VideoWriter.create(file, 160, 120, 25)) {
      for (int i = 0; i < times.length; i++) {
        video.add(ClipWriter.picture(i, 160, 120), times[i]);
      }
      assertThrows(
          IllegalArgumentException.class, () -> video.add(ClipWriter.picture(4, 160, 120), 3));
    }
    try (VideoSource video = VideoSource.open(file)) {
      List<VideoFrame> frames = video.stream().toList();
      for (int i = 0; i < times.length; i++) {
        assertEquals(times[i], frames.get(i).seconds().orElseThrow(), 6e-5);
      }
    }
  }

  @Test
  void aHigherBitRateTakesMoreBytes() throws IOException {
    long[] sizes = new long[2];
    for (int i = 0; i < 2; i++) {
      Path file = folder.resolve("rate" + i + ".webm");
      try (VideoWriter video = VideoWriter.create(file, 160, 120, 25, i == 0 ? 60_000 : 600_000)) {
        for (int k = 0; k < FRAMES; k++) {
          video.add(ClipWriter.picture(k, 160, 120));
        }
      }
      sizes[i] = Files.size(file);
    }
    assertTrue(sizes[1] > 2 * sizes[0], sizes[0] + " and " + sizes[1] + " bytes");
  }

  @Test
  void whatCannotBeWrittenIsToldAtOnceAndLeavesNothing() throws IOException {
    Path file = folder.resolve("clip.mp4");
    assertThrows(
        IllegalArgumentException.class,
        () -> VideoWriter.create(folder.resolve("clip.avi"), 160, 120, 25));
    assertThrows(IllegalArgumentException.class, () -> VideoWriter.create(file, 161, 120, 25));
    assertThrows(IllegalArgumentException.class, () -> VideoWriter.create(file, 160, 120, 0));
    assertThrows(IllegalArgumentException.class, () -> VideoWriter.create(file, 160, 120, 25, 1));
    assertThrows(
        NoSuchFileException.class,
        () -> VideoWriter.create(folder.resolve("no/clip.mp4"), 160, 120, 25));
    assertEquals(List.of(), files(folder));

    VideoWriter empty = VideoWriter.create(file, 160, 120, 25);
    assertThrows(IllegalStateException.class, empty::close);
    assertEquals(List.of(), files(folder));

    Files.writeString(file, "older");
    try (VideoWriter video = VideoWriter.create(file, 160, 120, 25)) {
      video.add(ClipWriter.picture(0, 160, 120));
      assertThrows(IllegalArgumentException.class, () -> video.add(ClipWriter.picture(0, 80, 60)));
      assertThrows(IllegalStateException.class, () -> video.sound(tone(), RATE));
      video.abandon();
    }
    assertEquals("older", Files.readString(file));
    assertEquals(List.of(file), files(folder));
  }
}
