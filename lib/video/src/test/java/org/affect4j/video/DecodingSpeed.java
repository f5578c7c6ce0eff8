package org.affect4j.video;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.affect4j.image.FaceImage;

/**
 * Measures how many frames a second of processor are decoded: without arguments of two clips that
 * it makes, 640 x 480 at 1.2 Mbit/s and 1080p at 5 Mbit/s, otherwise of the files that are named.
 */
final class DecodingSpeed {
  private static final int ROUNDS = 3;

  private DecodingSpeed() {}

  public static void main(String[] files) throws IOException {
    if (files.length > 0) {
      for (String file : files) {
        measure(Path.of(file));
      }
      return;
    }
    Path folder = Files.createTempDirectory("affect4j-speed");
    measure(made(folder.resolve("640x480.mp4"), 640, 480, 1_200_000, 300));
    measure(made(folder.resolve("1080p.mp4"), 1920, 1080, 5_000_000, 100));
  }

  private static Path made(Path file, int width, int height, int bits, int frames) {
    FaceImage[] pictures = new FaceImage[16];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = ClipWriter.picture(3 * i, width, height);
    }
    try (ClipWriter writer =
        new ClipWriter(
            file,
            "libopenh264",
            codec -> {
              codec.width(width);
              codec.height(height);
              codec.bit_rate(bits);
              codec.gop_size(50);
            },
            Map.of())) {
      for (int i = 0; i < frames; i++) {
        writer.add(pictures[i % pictures.length], i);
      }
    }
    return file;
  }

  private static void measure(Path file) throws IOException {
    VideoOptions all = VideoOptions.defaults();
    report(file, "decoded only", all.withEvery(Integer.MAX_VALUE));
    report(file, "pictures", all);
    report(file, "640 wide", all.withLongSide(640));
  }

  private static void report(Path file, String what, VideoOptions options) throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double best = 0;
    long frames;
    try (VideoSource video = VideoSource.open(file)) {
      frames = video.info().frames().orElse(1);
    }
    for (int round = 0; round < ROUNDS; round++) {
      long before = system.getProcessCpuTime();
      try (VideoSource video = VideoSource.open(file, options)) {
        video.stream().forEach(frame -> {});
      }
      best = Math.max(best, frames / ((system.getProcessCpuTime() - before) / 1e9));
    }
    System.out.printf(
        "%s (%d frames, %.1f Mbit/s), %s: %.0f frames a second of processor%n",
        file.getFileName(), frames, Files.size(file) * 8 / 1e6 / frames * 25, what, best);
  }
}
