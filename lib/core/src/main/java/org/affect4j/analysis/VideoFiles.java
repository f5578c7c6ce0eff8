package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.affect4j.image.FaceImage;

/**
 * What is written of a video besides its rows: a picture of each person, in {@code rows.tracks/}
 * beside {@code rows.csv}, and the video with what was read drawn on it.
 *
 * @param stem what the names of the files begin with; no other video of the same rows has it
 * @param folder where pictures go; empty for none
 */
record VideoFiles(String stem, Optional<Path> folder) {
  /** Name of the fact that tells the stem. */
  static final String FACT = "files";

  private static final String TRACKS = ".tracks";
  private static final String ANNOTATED = ".annotated.mp4";

  /**
   * Names the files of a video, and removes pictures that an interrupted run has left.
   *
   * @param input name of the video in the rows
   * @param facts facts of all videos of the same rows, among them how their files are called
   * @param csv beside which pictures are written; empty for none
   */
  static VideoFiles of(String input, Map<String, Map<String, String>> facts, Optional<Path> csv)
      throws IOException {
    String before = facts.getOrDefault(input, Map.of()).getOrDefault(FACT, "");
    VideoFiles files =
        new VideoFiles(
            before.isEmpty() ? free(input, facts) : before,
            csv.map(f -> f.resolveSibling(withoutExtension(name(f.toString())) + TRACKS)));
    files.clear();
    return files;
  }

  /** Whether a file or folder is one that is written of videos, by its name. */
  static boolean areAt(Path place) {
    String name = name(place.toString());
    return name.endsWith(TRACKS) || name.endsWith(ANNOTATED);
  }

  /** Videos of several folders may have the same name. */
  private static String free(String input, Map<String, Map<String, String>> facts) {
    Set<String> taken =
        facts.values().stream().map(f -> f.getOrDefault(FACT, "")).collect(Collectors.toSet());
    String name = withoutExtension(name(input));
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private static String name(String path) {
    return path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private void clear() throws IOException {
    if (folder.filter(Files::isDirectory).isPresent()) {
      String start = stem + "-face";
      DirectoryStream.Filter<Path> filter =
          file -> {
            String name = file.getFileName().toString();
            return name.startsWith(start) && name.substring(start.length()).matches("\\d+\\.jpg");
          };
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), filter)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }

  /** Writes the picture of a person, or a better one in its place. */
  void write(int face, FaceImage picture) throws IOException {
    if (folder.isPresent()) {
      Files.createDirectories(folder.get());
      Path file = folder.get().resolve("%s-face%d.jpg".formatted(stem, face));
      ImageIO.write(picture.toBufferedImage(), "jpg", file.toFile());
    }
  }

  /** Where the video with what was read in it goes. */
  Path annotated(Path folder) throws IOException {
    return Files.createDirectories(folder).resolve(stem + ANNOTATED);
  }
}
