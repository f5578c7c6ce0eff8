package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files of a dataset, and says what was expected where they are not. */
final class LabelPlaces {
  private static final int LISTED = 12;

  /** How far below the root a dataset may begin: archives add a folder, or two. */
  private static final int LEVELS = 2;

  private LabelPlaces() {}

  /** A file or folder that has to be there. */
  static Path require(Path path, String expectation) throws IOException {
    if (!Files.exists(path)) {
      throw new DatasetFormatException(
          "%s does not exist; expected %s. Found in %s: %s"
              .formatted(path, expectation, nearest(path), listing(nearest(path))));
    }
    return path;
  }

  /** The first of several names that exists. */
  static Path requireOne(Path folder, String expectation, String... names) throws IOException {
    for (String candidate : names) {
      if (Files.exists(folder.resolve(candidate))) {
        return folder.resolve(candidate);
      }
    }
    throw new DatasetFormatException(
        "%s holds none of %s; expected %s. Found: %s"
            .formatted(folder, Arrays.asList(names), expectation, listing(nearest(folder))));
  }

  private static Path nearest(Path path) {
    Path at = path.toAbsolutePath();
    while (at.getParent() != null && !Files.isDirectory(at)) {
      at = at.getParent();
    }
    return at;
  }

  private static List<String> listing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(LISTED).toList();
    }
  }

  /** Files and folders below a folder that match a pattern such as "*.csv", sorted by name. */
  static List<Path> glob(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (var stream = Files.newDirectoryStream(folder, pattern)) {
      stream.forEach(found::add);
    }
    found.sort(null);
    return found;
  }

  /** As {@link #glob}, at least one. */
  static List<Path> globSome(Path folder, String pattern, String expectation) throws IOException {
    List<Path> found = glob(require(folder, expectation), pattern);
    if (found.isEmpty()) {
      throw new DatasetFormatException(
          "%s holds no %s; expected %s. Found: %s"
              .formatted(folder, pattern, expectation, listing(nearest(folder))));
    }
    return found;
  }

  /** A folder, and those one and two levels below it that can be read, hidden ones left out. */
  static List<Path> near(Path root) throws IOException {
    List<Path> folders = new ArrayList<>();
    List<Path> level = List.of(root);
    for (int depth = 0; depth <= LEVELS; depth++) {
      List<Path> below = new ArrayList<>();
      for (Path folder : level) {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
          continue;
        }
        folders.add(folder);
        if (depth < LEVELS) {
          try (var stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
            stream.forEach(below::add);
          }
        }
      }
      below.removeIf(folder -> folder.getFileName().toString().startsWith("."));
      below.sort(null);
      level = below;
    }
    return folders;
  }

  /**
   * The folder that holds the first of some files or folders that is anywhere: the root, or the
   * only one near it.
   */
  static Optional<Path> home(Path root, String... markers) throws IOException {
    List<Path> folders = near(root);
    for (String marker : markers) {
      List<Path> found =
          folders.stream().filter(folder -> Files.exists(folder.resolve(marker))).toList();
      if (!found.isEmpty()) {
        return found.contains(root)
            ? Optional.of(root)
            : only(found, "folders that hold " + marker);
      }
    }
    return Optional.empty();
  }

  /** The only one of several places, or none. */
  static Optional<Path> only(List<Path> found, String what) throws DatasetFormatException {
    if (found.size() > 1) {
      throw new DatasetFormatException(
          "there are %d %s, expected one: %s. Give one of them as the root"
              .formatted(found.size(), what, found.subList(0, Math.min(LISTED, found.size()))));
    }
    return found.stream().findFirst();
  }

  /** The names of the columns of a list, in lower case; empty if it is none. */
  static List<String> header(Path file) throws IOException {
    try (Rows rows = Rows.of(file)) {
      return rows.header().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    } catch (DatasetFormatException e) {
      return List.of();
    }
  }

  static String stem(Path file) {
    String text = file.getFileName().toString();
    int dot = text.lastIndexOf('.');
    return dot < 0 ? text : text.substring(0, dot);
  }
}
