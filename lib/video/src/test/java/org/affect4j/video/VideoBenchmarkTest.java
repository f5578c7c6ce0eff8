package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.Bundled;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.VideoBenchmark;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoBenchmarkTest {
  private static final AnalyzerOptions OPTIONS =
      AnalyzerOptions.defaults().withModels(ModelPair.INT8).withThreads(1);
  private static final BenchmarkClip CLIP = new BenchmarkClip(480, 360, .8, 32);

  @TempDir Path folder;

  private static FaceImage portrait() throws IOException {
    return FaceImage.read(Bundled.path("data/portraits/000.jpg"));
  }

  @Tag("slow")
  @Test
  void everyPartHasATime() throws IOException {
    StringWriter said = new StringWriter();
    new FfmpegVideoBenchmark(List.of(CLIP)).run(portrait(), OPTIONS, 0, new PrintWriter(said));
    for (String part :
        List.of("decode", "convert", "the detector's share", "behaviour", "sum", "file to rows")) {
      assertTrue(said.toString().contains("| 480 x 360, 0.8 Mbit/s | " + part), said::toString);
    }
    assertTrue(said.toString().contains("| share reached | |"), said::toString);
  }

  @Test
  void theClipTakesItsBits() throws IOException {
    Path file = CLIP.write(folder, portrait());
    double seconds = (double) CLIP.frames() / BenchmarkClip.RATE;
    assertEquals(CLIP.megabits(), Files.size(file) * 8 / 1e6 / seconds, .3 * CLIP.megabits());
    try (VideoSource video = VideoSource.open(file)) {
      assertEquals(CLIP.frames(), video.stream().count());
    }
  }

  @Test
  void theCommandFindsIt() {
    assertTrue(VideoBenchmark.installed().orElseThrow() instanceof FfmpegVideoBenchmark);
  }
}
