package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.affect4j.chart.Picture;
import org.affect4j.chart.SeriesStrip;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotatedVideoTest {
  static final int FRAMES = 50;

  @TempDir Path folder;

  /** A grey clip whose sound begins with it; from frame 25 on a face moves to the right. */
  static Path clip(Path file, int width, int height) throws IOException {
    try (VideoWriter video = VideoWriter.create(file, width, height, 25)) {
      float[] tone = new float[2 * 16_000];
      for (int i = 0; i < tone.length; i++) {
        tone[i] = (float) (.4 * Math.sin(i / 5.));
      }
      video.sound(tone, 16_000);
      for (int i = 0; i < FRAMES; i++) {
        video.add(FaceImage.plain(width, height, 90 + i));
      }
    }
    return file;
  }

  static FaceTable rows(int side) {
    FaceTableBuilder rows = new FaceTableBuilder("faces", FaceColumns.analysis(0));
    for (int frame = 0; frame < FRAMES; frame++) {
      boolean there = frame >= 25;
      rows.set(FaceColumns.INPUT, "clip").set(FaceColumns.FRAME, frame);
      rows.set(FaceColumns.TIMESTAMP, frame / 25.);
      rows.set(FaceColumns.STATUS, there ? "ok" : "no_face");
      if (there) {
        rows.set(FaceColumns.FACE, 1).set(FaceColumns.EXPRESSION, "surprise");
        rows.set("box_x", side / 8. + frame).set("box_y", side / 4.);
        rows.set("box_width", side / 2.).set("box_height", side / 2.);
        rows.set("p_surprise", .75).set("au26", .9).set("au01", .2).set("au12", .1);
        rows.set(FaceColumns.VALENCE, .1).set(FaceColumns.AROUSAL, .8);
      }
      rows.add();
    }
    return rows.build();
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "320, 240, out.mp4, 320, 344",
    "320, 240, out.webm, 320, 344",
    "160, 120, out.mp4, 320, 344",
    "1200, 900, out.mp4, 900, 780",
    "90, 300, out.mp4, 320, 404",
  })
  void framesKeepTheirTimesAndSoundAndGetAPlot(
      int width, int height, String name, int newWidth, int newHeight) throws IOException {
    Path clip = clip(folder.resolve("clip.mp4"), width, height);
    Path out = folder.resolve(name);
    assertEquals("", AnnotatedVideo.write(clip, rows(Math.min(width, height)), out));
    try (VideoSource video = VideoSource.open(out)) {
      List<VideoFrame> frames = video.stream().toList();
      assertEquals(FRAMES, frames.size());
      for (int i = 0; i < FRAMES; i++) {
        assertEquals(i / 25., frames.get(i).seconds().orElseThrow(), .001);
      }
      assertEquals(newWidth + " x " + newHeight, size(frames.get(0).image()));
      // A box with a dark edge is drawn where there are rows.
      int quiet = variety(frames.get(10).image());
      int loud = variety(frames.get(40).image());
      assertTrue(loud > quiet + 200, quiet + " and " + loud);
      // The line of the moment has moved.
      assertTrue(line(frames.get(5).image()) < line(frames.get(45).image()));
    }
    AudioTrack sound = AudioTrack.read(out, 16_000);
    assertEquals(2, sound.length() / 16_000., .1);
  }

  private static String size(FaceImage image) {
    return image.width() + " x " + image.height();
  }

  /** How many pixels of the photo differ from their left neighbour. */
  private static int variety(FaceImage image) {
    int count = 0;
    for (int y = 0; y < image.height() - SeriesStrip.HEIGHT; y++) {
      for (int x = 1; x < image.width(); x++) {
        int step = (image.rgb(x, y) >> 8 & 0xFF) - (image.rgb(x - 1, y) >> 8 & 0xFF);
        count += Math.abs(step) > 30 ? 1 : 0;
      }
    }
    return count;
  }

  /** The darkest column at the top of the plot. */
  private static int line(FaceImage image) {
    int y = image.height() - SeriesStrip.HEIGHT + 30;
    int best = 110;
    for (int x = 110; x < image.width() - 14; x++) {
      best = (image.rgb(x, y) & 0xFF) < (image.rgb(best, y) & 0xFF) ? x : best;
    }
    return best;
  }

  @Test
  void whatCannotBeWrittenIsToldAndLeavesNothing() throws IOException {
    Path clip = clip(folder.resolve("clip.mp4"), 160, 120);
    FaceTable rows = rows(120);
    assertThrows(
        IllegalArgumentException.class,
        () -> AnnotatedVideo.write(clip, rows, folder.resolve("out.avi")));
    assertThrows(IllegalArgumentException.class, () -> AnnotatedVideo.write(clip, rows, clip));
    FaceTable two = rows.append(rows.renamed(name -> "other"));
    Path out = folder.resolve("out.mp4");
    assertThrows(IllegalArgumentException.class, () -> AnnotatedVideo.write(clip, two, out));
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
    assertThrows(UnreadableVideoException.class, () -> AnnotatedVideo.write(text, rows, out));
    assertFalse(Files.exists(out));
  }

  @Test
  void aBrokenClipIsAnnotatedUntilThere() throws IOException {
    Path clip = clip(folder.resolve("clip.mp4"), 320, 240);
    byte[] bytes = Files.readAllBytes(clip);
    Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, bytes.length * 3 / 4));
    Path out = folder.resolve("out.mp4");
    assertFalse(AnnotatedVideo.write(cut, rows(240), out).isEmpty());
    try (VideoSource video = VideoSource.open(out)) {
      long frames = video.stream().count();
      assertTrue(frames > 10 && frames < FRAMES, frames + " frames");
    }
  }

  @Test
  void filmStripsReadThePeaks() throws IOException {
    Path clip = clip(folder.resolve("clip.mp4"), 160, 120);
    Picture strip = FilmStrip.of(clip, rows(120), 1, "au26");
    assertTrue(
        strip.description().contains("AU26 Jaw drop: pictures at 1 s: 0.90"), strip.description());
    assertThrows(IllegalArgumentException.class, () -> FilmStrip.of(clip, rows(120), 0, "au26"));
  }

  @Tag("slow")
  @Test
  void foldersOfPicturesAreClipsToo() throws IOException {
    Path frames = Files.createDirectory(folder.resolve("frames"));
    for (int i = 20; i < 40; i++) {
      ImageIO.write(
          FaceImage.plain(160, 120, 90 + i).toBufferedImage(),
          "png",
          frames.resolve("f%03d.png".formatted(i)).toFile());
    }
    Path out = folder.resolve("out.webm");
    assertEquals("", AnnotatedVideo.write(frames, rows(120), out));
    try (VideoSource video = VideoSource.open(out)) {
      List<VideoFrame> written = video.stream().toList();
      assertEquals(20, written.size());
      assertEquals(19 / 25., written.get(19).seconds().orElseThrow(), .001);
      assertEquals(1, video.info().streams().size());
    }
    Path page = VideoPlayer.of(frames, rows(120)).save(folder.resolve("page.html"));
    assertTrue(Files.readString(page).contains("\"times\":[0,0.04,"));
    assertTrue(FilmStrip.of(frames, rows(120), 1, "au26").width() > 0);
  }
}
