package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens the files that are named again and again and prints the process's resident memory in KiB
 * after each round: run with a small heap, which would hide a leak while it fills.
 */
final class MemoryProbe {
  private static final int ROUNDS = 5;
  private static final int OPENED = 15;

  private MemoryProbe() {}

  public static void main(String[] files) throws IOException {
    VideoOptions later = VideoOptions.defaults().withRange(.4, 2);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < OPENED; i++) {
        for (String file : files) {
          try (VideoSource all = VideoSource.open(Path.of(file));
              VideoSource range = VideoSource.open(Path.of(file), later)) {
            all.stream().forEach(frame -> {});
            range.iterator().next();
          } catch (UnreadableVideoException expected) {
            // Files that are no videos must leave nothing behind, either.
          }
        }
      }
      String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
      System.out.println(Long.parseLong(pages) * 4);
    }
  }
}
