package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberedFramesTest {
  @TempDir Path folder;

  private void write(String name, int number) throws IOException {
    ImageIO.write(
        ClipWriter.picture(number, 100, 60).toBufferedImage(),
        "png",
        folder.resolve(name).toFile());
  }

  @Test
  void picturesAreSortedByNumber() throws IOException {
    write("img_10.png", 10);
    write("img_9.png", 9);
    write("img_2.png", 2);
    Files.writeString(folder.resolve("labels1.txt"), "1");
    write("cover.png", 77);
    try (VideoSource video = VideoSource.ofFrames(folder, VideoOptions.defaults())) {
      assertEquals(List.of("6 numbers are missing: 3 to 8"), video.info().remarks());
      List<VideoFrame> frames = video.stream().toList();
      assertEquals(List.of(2L, 9L, 10L), frames.stream().map(VideoFrame::number).toList());
      for (VideoFrame frame : frames) {
        assertEquals(frame.number(), ClipWriter.number(frame.image()));
        assertTrue(frame.seconds().isEmpty());
      }
      assertEquals("", video.damage());
    }
  }

  @Test
  void aPictureThatCannotBeDecodedKeepsItsFrame() throws IOException {
    Files.writeString(folder.resolve("0.png"), "no picture");
    write("1.png", 1);
    Files.writeString(folder.resolve("2.png"), "no picture");
    write("3.png", 3);
    VideoOptions timed = VideoOptions.defaults().withRate(10).withLongSide(50);
    try (VideoSource video = VideoSource.ofFrames(folder, timed)) {
      List<VideoFrame> frames = video.stream().toList();
      assertEquals(4, frames.size());
      assertTrue(frames.get(2).damage().contains("2.png"), frames.get(2).damage());
      assertEquals(.2, frames.get(2).seconds().orElseThrow(), 1e-9);
      assertEquals("FaceImage 50 x 30", frames.get(2).image().toString());
      assertEquals(100, frames.get(3).width());
      assertTrue(
          video.damage().startsWith("2 pictures are damaged, the first 0.png"), video.damage());
    }
  }

  @Test
  void whatIsNoClipIsRefused() throws IOException {
    assertThrows(
        UnreadableVideoException.class,
        () -> VideoSource.ofFrames(folder, VideoOptions.defaults()));
    write("1.png", 1);
    write("01.png", 1);
    String same =
        assertThrows(
                UnreadableVideoException.class,
                () -> VideoSource.ofFrames(folder, VideoOptions.defaults()))
            .getMessage();
    assertTrue(same.contains("same number"), same);
    assertThrows(
        UnreadableVideoException.class,
        () -> VideoSource.ofFrames(List.of(Path.of("cover.png")), VideoOptions.defaults()));
  }
}
