package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.affect4j.image.FaceImage;

/**
 * A picture of each person of a video, in a folder beside the rows: {@code rows.tracks/} beside
 * {@code rows.csv}.
 */
final class KeyPictures {
  /** Name of the fact that says how a video's pictures are called. */
  static final String FACT = "pictures";

  private static final String ENDING = ".tracks";

  private final Path folder;
  private final String stem;

  private KeyPictures(Path folder, String stem) {
    this.folder = folder;
    this.stem = stem;
  }

  /**
   * Names the pictures of a video, and removes those of an earlier, interrupted run.
   *
   * @param csv the file of the rows
   * @param input name of the video in it
   * @param facts facts of all videos of the file, among them how their pictures are called
   */
  static KeyPictures of(Path csv, String input, Map<String, Map<String, String>> facts)
      throws IOException {
    String name = csv.getFileName().toString();
    Path folder = csv.resolveSibling(withoutExtension(name) + ENDING);
    KeyPictures pictures =
        new KeyPictures(folder, facts.getOrDefault(input, Map.of()).getOrDefault(FACT, ""));
    return pictures.stem.isEmpty()
        ? new KeyPictures(folder, free(input, facts)).cleared()
        : pictures.cleared();
  }

  /** Whether a folder is one of these, by its name. */
  static boolean isFolder(Path folder) {
    return folder.getFileName().toString().endsWith(ENDING);
  }

  /** Videos of several folders may have the same name. */
  private static String free(String input, Map<String, Map<String, String>> facts) {
    Set<String> taken =
        facts.values().stream().map(f -> f.getOrDefault(FACT, "")).collect(Collectors.toSet());
    String file = input.substring(input.replace('\\', '/').lastIndexOf('/') + 1);
    String name = withoutExtension(file);
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private KeyPictures cleared() throws IOException {
    if (Files.isDirectory(folder)) {
      String start = stem + "-face";
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(
              folder,
              file -> {
                String name = file.getFileName().toString();
                return name.startsWith(start) && name.substring(start.length()).matches("\\d+.jpg");
              })) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
    return this;
  }

  String stem() {
    return stem;
  }

  /** Writes the picture of a person, or a better one in its place. */
  void write(int face, FaceImage picture) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("%s-face%d.jpg".formatted(stem, face));
    ImageIO.write(picture.toBufferedImage(), "jpg", file.toFile());
  }
}
