package org.affect4j.kernel;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds files by patterns, in an order that does not depend on the file system. */
final class Globs {
  private Globs() {}

  /**
   * Expands a pattern.
   *
   * <p>{@code *} and {@code ?} match within a name, {@code **} matches any number of folders, and a
   * pattern that ends in a slash means everything in that folder.
   *
   * @param base where a relative pattern starts
   * @return existing paths, sorted; empty if nothing matches
   */
  static List<Path> expand(Path base, String pattern) throws IOException {
    String wanted = pattern.endsWith("/") ? pattern + "*" : pattern;
    List<String> names = new ArrayList<>(List.of(wanted.split("/+")));
    Path start = base;
    if (wanted.startsWith("/")) {
      start = base.getRoot();
      names.remove(0);
    } else if (names.get(0).matches("[A-Za-z]:")) {
      start = Path.of(names.remove(0) + "/");
    }
    List<Path> found = List.of(start);
    for (String name : names) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        step(folder, name, next);
      }
      found = next;
    }
    return found.stream().map(Path::normalize).distinct().sorted().toList();
  }

  private static void step(Path folder, String name, List<Path> into) throws IOException {
    if (name.equals("**")) {
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.filter(Files::isDirectory).forEach(into::add);
      }
    } else if (name.contains("*") || name.contains("?")) {
      if (!Files.isDirectory(folder)) {
        return;
      }
      // Only the two wildcards are special; brackets and braces are ordinary in file names.
      String escaped = name.replaceAll("([\\\\\\[\\]{}])", "\\\\$1");
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + escaped);
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(entry -> matcher.matches(entry.getFileName()))
            .filter(
                entry -> !entry.getFileName().toString().startsWith(".") || name.startsWith("."))
            .forEach(into::add);
      }
    } else if (Files.exists(folder.resolve(name))) {
      into.add(folder.resolve(name));
    }
  }
}
