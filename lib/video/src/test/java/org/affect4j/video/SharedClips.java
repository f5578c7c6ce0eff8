package org.affect4j.video;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Clips in situations that users report, which lie beside the checkout, with what is expected of
 * each. Tests that need them are NOT RUN where they are absent.
 */
final class SharedClips {
  private SharedClips() {}

  static Path folder() {
    Path folder =
        Path.of(System.getProperty("affect4j.root")).resolve("../shared/cases/video").normalize();
    assumeTrue(Files.isDirectory(folder), () -> "NOT RUN: " + folder + " is not on this machine");
    return folder;
  }

  static Path clip(String name) {
    return folder().resolve(name);
  }

  /** What shall come of a clip: a row of {@code expected.tsv}. */
  record Expected(
      String file,
      int frames,
      String width,
      String height,
      int strip,
      String faces,
      int tracks,
      String remark) {
    boolean isReadable() {
      return frames > 0;
    }

    /** The size of a frame, such as {@code "320 x 240"}; one clip changes it after frame 24. */
    String size(long frame) {
      return sizeAt(width, frame) + " x " + sizeAt(height, frame);
    }

    private static String sizeAt(String text, long frame) {
      String[] parts = text.split("(?: to frame 24)?, then ");
      return parts[frame > 24 && parts.length > 1 ? 1 : 0];
    }

    @Override
    public String toString() {
      return file;
    }
  }

  /** Time and burnt-in number of a frame: a row of {@code frames.tsv}. */
  record Frame(long number, String seconds, String strip) {}

  static List<Expected> all() throws IOException {
    return rows("expected.tsv").stream()
        .map(
            row ->
                new Expected(
                    row[0].replace("/", ""),
                    Integer.parseInt(row[1]),
                    row[5],
                    row[6],
                    row[7].isEmpty() ? 0 : Integer.parseInt(row[7]),
                    row[9],
                    Integer.parseInt(row[10]),
                    row[11]))
        .toList();
  }

  static List<Frame> frames(String file) throws IOException {
    return rows("frames.tsv").stream()
        .filter(row -> row[0].replace("/", "").equals(file))
        .map(row -> new Frame(Long.parseLong(row[1]), row[2], row[3]))
        .toList();
  }

  private static List<String[]> rows(String table) throws IOException {
    return Files.readAllLines(clip(table)).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .toList();
  }
}
