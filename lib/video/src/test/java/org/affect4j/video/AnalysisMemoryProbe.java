package org.affect4j.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.image.FaceImage;
import org.affect4j.model.ModelPair;

/**
 * Reads the faces, with the head's pose, of a short clip many times, then those of a long one, and
 * prints the process's resident memory in KiB twenty times for each.
 */
final class AnalysisMemoryProbe {
  private static final int TIMES = 20;
  private static final int SHORT = 12;

  private AnalysisMemoryProbe() {}

  /** Takes a folder, the number of short files, that of the long one's frames, and a portrait. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int files = Integer.parseInt(arguments[1]);
    int frames = Integer.parseInt(arguments[2]);
    FaceImage portrait = FaceImage.read(Path.of(arguments[3]));
    Path brief = new BenchmarkClip(320, 240, .4, SHORT).write(folder, portrait);
    Path lasting = new BenchmarkClip(352, 240, .4, frames).write(folder, portrait);
    try (FaceAnalyzer analyzer =
        FaceAnalyzer.load(
            AnalyzerOptions.defaults()
                .withModels(ModelPair.INT8)
                .withHeadPose(true)
                .withThreads(1))) {
      for (int file = 1; file <= files; file++) {
        read(analyzer, brief, (done, total) -> {});
        if (file * TIMES % files < TIMES) {
          printResident();
        }
      }
      AtomicLong next = new AtomicLong(1);
      read(
          analyzer,
          lasting,
          (done, total) -> {
            if (done * TIMES >= next.get() * frames) {
              printResident();
              next.incrementAndGet();
            }
          });
    }
  }

  private static void read(FaceAnalyzer analyzer, Path file, ProgressListener listener)
      throws IOException {
    try (VideoSource source = VideoSource.open(file)) {
      VideoAnalysis.standard().run(analyzer, source, "clip", rows -> {}, listener);
    }
  }

  private static void printResident() {
    try {
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
      System.out.println(Long.parseLong(pages) * 4);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
