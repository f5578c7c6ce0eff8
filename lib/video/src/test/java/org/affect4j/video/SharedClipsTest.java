package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.affect4j.image.FaceImage;
import org.affect4j.video.SharedClips.Expected;
import org.affect4j.video.SharedClips.Frame;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clips that show what users of comparable tools ran into. */
class SharedClipsTest {
  private static final int BATCH = 32;

  private static VideoSource open(Expected clip) throws IOException {
    Path file = SharedClips.clip(clip.file());
    return clip.file().equals("numbered")
        ? VideoSource.ofFrames(file, VideoOptions.defaults())
        : VideoSource.open(file);
  }

  /** Read in batches: every picture must still be its own when the batch is full. */
  @Tag("slow")
  @Test
  void everyFrameHasItsNumberTimeSizeAndPicture() throws IOException {
    for (Expected clip : SharedClips.all()) {
      if (!clip.isReadable()) {
        continue;
      }
      List<Frame> wanted = SharedClips.frames(clip.file());
      List<VideoFrame> batch = new ArrayList<>();
      long count = 0;
      double before = Double.NEGATIVE_INFINITY;
      try (VideoSource video = open(clip)) {
        for (VideoFrame frame : video) {
          batch.add(frame);
          count++;
          if (clip.file().equals("numbered")) {
            continue;
          }
          double seconds = frame.seconds().orElseThrow();
          assertTrue(seconds > before, clip + " at " + seconds);
          before = seconds;
          if (batch.size() == BATCH) {
            check(clip, batch, wanted);
            batch.clear();
          }
        }
        boolean broken = clip.file().equals("cut-off.mp4");
        assertEquals(broken, !video.damage().isEmpty(), clip + ": " + video.damage());
      }
      assertEquals(clip.frames(), count, clip.file());
      if (!clip.file().equals("numbered")) {
        check(clip, batch, wanted);
      }
    }
  }

  private static void check(Expected clip, List<VideoFrame> frames, List<Frame> wanted) {
    for (VideoFrame frame : frames) {
      String which = clip + " frame " + frame.number();
      Frame truth = wanted.get((int) frame.number());
      double seconds = Double.parseDouble(truth.seconds());
      assertEquals(seconds, frame.seconds().orElseThrow(), 1.5e-6, which);
      assertEquals(clip.size(frame.number()), frame.width() + " x " + frame.height(), which);
      assertEquals(frame.width(), frame.image().width(), which);
      assertEquals(frame.height(), frame.image().height(), which);
      assertEquals("", frame.damage(), which);
      if (clip.strip() > 0) {
        assertEquals(truth.strip(), String.valueOf(strip(clip, frame.image())), which);
      }
    }
  }

  private static int strip(Expected clip, FaceImage image) {
    // The strip of the PAL clip was drawn on its 720 stored columns.
    double stretch = clip.file().equals("interlaced-pal.mpg") ? 768 / 720. : 1;
    int number = 0;
    for (int k = 1; k <= 8; k++) {
      int x = (int) ((k + .5) * clip.strip() * stretch);
      number = 2 * number + (image.rgb(x, clip.strip() / 2) >> 8 & 0xFF) / 128;
    }
    return number;
  }

  @Test
  void whatIsNoVideoSaysWhy() throws IOException {
    for (Expected clip : SharedClips.all()) {
      if (!clip.isReadable()) {
        String why = assertThrows(UnreadableVideoException.class, () -> open(clip)).getMessage();
        String wanted =
            switch (clip.file()) {
              case "no-index.mp4" -> "index";
              case "sound-only.mp4" -> "no pictures";
              case "empty.mp4" -> "empty";
              default -> "no video";
            };
        assertTrue(why.contains(wanted), why);
      }
    }
  }

  @Tag("slow")
  @Test
  void aPartGivesTheFramesThatReadingInOrderGives() throws IOException {
    for (Expected clip : SharedClips.all()) {
      if (!clip.isReadable() || clip.file().equals("numbered")) {
        continue;
      }
      List<VideoFrame> all = frames(clip, VideoOptions.defaults());
      assertEquals(
          all.stream().filter(frame -> frame.number() % 7 == 0).toList(),
          frames(clip, VideoOptions.defaults().withEvery(7)));
      for (int i = 3; i < all.size(); i += 31) {
        double from = all.get(i).seconds().orElseThrow() - (i % 2) * .011;
        double to = from + .3;
        List<VideoFrame> wanted =
            all.stream()
                .filter(frame -> frame.seconds().orElseThrow() >= from - 5e-7)
                .filter(frame -> frame.seconds().orElseThrow() < to - 5e-7)
                .toList();
        assertEquals(
            wanted, frames(clip, VideoOptions.defaults().withRange(from, to)), clip.file());
      }
    }
  }

  private static List<VideoFrame> frames(Expected clip, VideoOptions options) throws IOException {
    try (VideoSource video = VideoSource.open(SharedClips.clip(clip.file()), options)) {
      return video.stream().toList();
    }
  }

  private static List<VideoFrame> frames(String clip) throws IOException {
    try (VideoSource video = VideoSource.open(SharedClips.clip(clip))) {
      return video.stream().toList();
    }
  }

  @Test
  void coloursOfFullRangeAndHighDefinitionAreTheirs() throws IOException {
    int[] wanted = {0xFFFFFF, 0x000000, 0xC8785A, 0x3C8C46};
    for (VideoFrame frame : frames("full-range-709.mp4")) {
      for (int patch = 0; patch < wanted.length; patch++) {
        int rgb = frame.image().rgb(40 * patch + 20, 220);
        for (int shift = 0; shift <= 16; shift += 8) {
          assertEquals(wanted[patch] >> shift & 0xFF, rgb >> shift & 0xFF, 6, "patch " + patch);
        }
      }
    }
  }

  @Test
  void framesOfAnAnimationAreComposed() throws IOException {
    List<VideoFrame> frames = frames("delays.gif");
    for (VideoFrame frame : frames) {
      int x = (int) (8 * (frame.number() + 1)) + 4;
      int rgb = frame.image().rgb(x, 154);
      assertTrue((rgb >> 16) > 200 && (rgb >> 8 & 0xFF) < 60, "red at " + x);
      // The face around the square is there in each, not only in the first.
      assertEquals(frames.get(0).image().rgb(80, 60), frame.image().rgb(80, 60));
    }
  }

  @Test
  void whatIsTransparentIsWhite() throws IOException {
    for (VideoFrame frame : frames("alpha.mov")) {
      assertEquals(0xFFFFFF, frame.image().rgb(2, 2));
      assertTrue(frame.image().rgb(80, 80) != 0xFFFFFF);
    }
  }

  /** A comb is a row that differs from both neighbours while these are alike. */
  @Test
  void interlacedFramesHaveNoComb() throws IOException {
    for (VideoFrame frame : frames("interlaced-pal.mpg")) {
      long combs = 0;
      for (int y = 100; y < 500; y++) {
        for (int x = 100; x < 668; x++) {
          int above = frame.image().rgb(x, y - 1) >> 8 & 0xFF;
          int here = frame.image().rgb(x, y) >> 8 & 0xFF;
          int below = frame.image().rgb(x, y + 1) >> 8 & 0xFF;
          combs += Math.abs(above - below) < 10 && Math.abs(here - above) > 25 ? 1 : 0;
        }
      }
      assertTrue(combs < 100, "frame %d has %d".formatted(frame.number(), combs));
    }
  }

  @Test
  void theFilmIsReadAndOthersAreNamed() throws IOException {
    try (VideoSource covered = VideoSource.open(SharedClips.clip("cover-first.mp4"))) {
      assertEquals(1, covered.info().stream());
      assertTrue(covered.info().remarks().get(0).contains("cover"));
    }
    Path two = SharedClips.clip("two-streams.mkv");
    try (VideoSource standard = VideoSource.open(two)) {
      assertEquals(0, standard.info().stream());
      assertTrue(standard.info().remarks().get(0).contains("stream 1"));
    }
    try (VideoSource chosen = VideoSource.open(two, VideoOptions.defaults().withStream(1))) {
      assertEquals(OptionalInt.of(480), chosen.stream().mapToInt(VideoFrame::width).max());
    }
    assertThrows(
        UnreadableVideoException.class,
        () -> VideoSource.open(two, VideoOptions.defaults().withStream(2)));
  }

  @Test
  void clocksBeginWhereTheFileSays() throws IOException {
    try (VideoSource later = VideoSource.open(SharedClips.clip("start-later.ts"))) {
      assertEquals(1.466733, later.info().startSeconds().orElseThrow(), 1e-6);
    }
    try (VideoSource browser = VideoSource.open(SharedClips.clip("browser.webm"))) {
      assertEquals(-.007, browser.info().startSeconds().orElseThrow(), 1e-9);
      assertTrue(browser.info().frames().isEmpty());
    }
  }

  @Test
  void numberedPicturesKeepTheirNumbers() throws IOException {
    Path folder = SharedClips.clip("numbered");
    long[] numbers =
        LongStream.rangeClosed(1, 20).filter(n -> n != 14 && (n < 6 || n > 8)).toArray();
    VideoOptions timed = VideoOptions.defaults().withRate(25);
    try (VideoSource video = VideoSource.ofFrames(folder, timed)) {
      assertEquals(List.of("4 numbers are missing: 6 to 8, 14"), video.info().remarks());
      List<VideoFrame> frames = video.stream().toList();
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(numbers[i], frames.get(i).number());
        assertEquals(numbers[i] / 25., frames.get(i).seconds().orElseThrow(), 1e-9);
      }
    }
  }

  @Test
  void soundIsMixedToOneChannel() throws IOException {
    AudioTrack sound = AudioTrack.read(SharedClips.clip("audio-longer.mp4"), 44_100);
    float[] second = sound.window((int) Math.round((.5 - sound.startSeconds()) * 44_100), 44_100);
    int waves = 0;
    for (int i = 1; i < second.length; i++) {
      waves += second[i - 1] < 0 && second[i] >= 0 ? 1 : 0;
    }
    assertEquals(440, waves, 2);
    assertThrows(
        UnreadableVideoException.class,
        () -> AudioTrack.read(SharedClips.clip("vfr-still.mp4"), 44_100));
  }
}
