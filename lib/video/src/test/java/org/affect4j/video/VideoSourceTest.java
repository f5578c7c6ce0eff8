package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a user holds a video. */
class VideoSourceTest {
  @TempDir static Path folder;

  private static Path clip;

  @BeforeAll
  static void writeClip() {
    clip =
        ClipWriter.clip(
            folder.resolve("clip.mp4"), "libopenh264", 30, Map.of("movflags", "faststart"));
  }

  @Test
  void framesComeOnceAndStayValid() throws IOException {
    VideoFrame first;
    try (VideoSource video = VideoSource.open(clip)) {
      Iterator<VideoFrame> frames = video.iterator();
      assertThrows(IllegalStateException.class, video::iterator);
      assertThrows(IllegalStateException.class, video::stream);
      first = frames.next();
      int count = 1;
      while (frames.hasNext()) {
        frames.next();
        count++;
      }
      assertEquals(30, count);
      assertFalse(frames.hasNext());
      assertThrows(NoSuchElementException.class, frames::next);
    }
    assertEquals(0, ClipWriter.number(first.image()));
  }

  /** Not by the virtual machine's end. */
  @Test
  void aClosedVideoSaysSo() throws IOException {
    VideoSource video = VideoSource.open(clip);
    Iterator<VideoFrame> frames = video.iterator();
    frames.next();
    video.close();
    video.close();
    assertThrows(IllegalStateException.class, frames::hasNext);
    assertEquals("", video.damage());
    assertEquals(160, video.info().width());
  }

  @Test
  void rangesAndPartsKeepNumbersAndTimes() throws IOException {
    VideoOptions options = VideoOptions.defaults().withRange(.5, .81).withEvery(4);
    try (VideoSource video = VideoSource.open(clip, options)) {
      List<VideoFrame> frames = video.stream().toList();
      assertEquals(List.of(16L, 20L), frames.stream().map(VideoFrame::number).toList());
      assertEquals(.64, frames.get(0).seconds().orElseThrow(), 1e-9);
      assertEquals(20, ClipWriter.number(frames.get(1).image()));
    }
  }

  @Test
  void aRangeBehindTheEndIsEmpty() throws IOException {
    VideoOptions behind = VideoOptions.defaults().withRange(100, 200);
    try (VideoSource video = VideoSource.open(clip, behind)) {
      assertEquals(0, video.stream().count());
      assertEquals("", video.damage());
    }
  }

  @Test
  void headersAreTold() throws IOException {
    Path dated =
        ClipWriter.clip(
            folder.resolve("dated.mov"),
            "mpeg4",
            25,
            Map.of(),
            writer -> {},
            "2026-03-01T10:20:30Z");
    try (VideoSource video = VideoSource.open(dated)) {
      VideoInfo info = video.info();
      assertEquals(Optional.of(Instant.parse("2026-03-01T10:20:30Z")), info.created());
      assertEquals(25, info.frames().orElseThrow());
      assertEquals(25, info.rate().orElseThrow(), 1e-9);
      assertEquals(1, info.durationSeconds().orElseThrow(), 1e-3);
      assertEquals("[video mpeg4 160 x 120]", info.streams().toString());
      assertEquals(List.of(), info.remarks());
    }
  }

  /** This FFmpeg has no encoder for it. */
  @Test
  void highEfficiencyVideoOfTenBitsIsRead() throws IOException {
    Path file = folder.resolve("hevc.mp4");
    try (InputStream in = getClass().getResourceAsStream("hevc-ten-bit.mp4")) {
      Files.copy(in, file);
    }
    try (VideoSource video = VideoSource.open(file)) {
      assertEquals("hevc", video.info().codec());
      List<VideoFrame> frames = video.stream().toList();
      assertEquals(4, frames.size());
      int white = frames.get(0).image().rgb(6, 6);
      assertTrue((white & 0xFF) > 225, Integer.toHexString(white));
    }
  }

  @Test
  void anyNameIsOpened() throws IOException {
    for (String name : List.of("a b.mp4", "%03d.mp4", "http:x.mp4", "-.mp4", "Füße 脸.mp4")) {
      Path file;
      try {
        file = folder.resolve(name);
      } catch (InvalidPathException notOnThisSystem) {
        continue;
      }
      Files.copy(clip, file);
      try (VideoSource video = VideoSource.open(file)) {
        assertEquals(30, video.stream().count(), name);
      }
    }
  }

  /** A name in Latin-1, which is no UTF-8. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatIsNoTextIsOpened() throws IOException {
    Path file = Path.of(URI.create(folder.toUri() + "caf%E9.mp4"));
    Files.copy(clip, file);
    try (VideoSource video = VideoSource.open(file)) {
      assertEquals(30, video.stream().count());
    }
  }

  @Test
  void optionsAreChecked() {
    VideoOptions options = VideoOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> options.withEvery(0));
    assertThrows(IllegalArgumentException.class, () -> options.withRange(2, 2));
    assertThrows(IllegalArgumentException.class, () -> options.withRange(Double.NaN, 2));
    assertThrows(IllegalArgumentException.class, () -> options.withLongSide(8));
    assertThrows(IllegalArgumentException.class, () -> options.withRate(0));
  }

  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void nativeMemoryStaysFlatOverManyFiles() throws IOException, InterruptedException {
    byte[] bytes = Files.readAllBytes(clip);
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
    Path fields = ClipWriter.interlaced(folder.resolve("fields.mpg"), 12);
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Xms64m",
                "-Xmn3m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName(),
                clip.toString(),
                cut.toString(),
                text.toString(),
                fields.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (BufferedReader out = probe.inputReader()) {
      lines = out.lines().toList();
    }
    assertEquals(0, probe.waitFor(), lines.toString());
    long grown = Long.parseLong(lines.get(lines.size() - 1)) - Long.parseLong(lines.get(1));
    // A decoder that is not closed costs a megabyte or more, a frame 30 kB: 100 MB and more here.
    assertTrue(grown < 40_000, "KiB after each 120 files: " + lines);
  }
}
