package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobsTest {
  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("lib/deep"));
    Files.createDirectories(folder.resolve("work"));
    for (String name :
        List.of(
            "lib/b.jar",
            "lib/a.jar",
            "lib/x[1].jar",
            "lib/c.txt",
            "lib/.hidden.jar",
            "lib/deep/d.jar")) {
      Files.createFile(folder.resolve(name));
    }
  }

  private List<String> expand(Path base, String pattern) throws IOException {
    return Globs.expand(base, pattern).stream()
        .map(path -> folder.relativize(path).toString())
        .toList();
  }

  @Test
  void wildcardsAreSortedAndSkipHiddenFiles() throws IOException {
    assertEquals(List.of("lib/a.jar", "lib/b.jar", "lib/x[1].jar"), expand(folder, "lib/*.jar"));
    assertEquals(List.of("lib/a.jar", "lib/b.jar"), expand(folder, "lib/?.jar"));
  }

  @Test
  void relativePatternMayClimb() throws IOException {
    assertEquals(List.of("lib/a.jar"), expand(folder.resolve("work"), "../lib/a.jar"));
    assertEquals(List.of("lib/a.jar", "lib/b.jar"), expand(folder.resolve("work"), "../l*/?.jar"));
  }

  @Test
  void absolutePatternIgnoresTheBase() throws IOException {
    assertEquals(List.of("lib/c.txt"), expand(Path.of("/"), folder + "/lib/*.txt"));
  }

  @Test
  void bracketsAreOrdinaryCharacters() throws IOException {
    assertEquals(List.of("lib/x[1].jar"), expand(folder, "lib/x[1].*"));
  }

  @Test
  void twoStarsMeanAnyDepth() throws IOException {
    assertEquals(
        List.of("lib/a.jar", "lib/b.jar", "lib/deep/d.jar", "lib/x[1].jar"),
        expand(folder, "lib/**/*.jar"));
  }

  @Test
  void slashAtTheEndMeansTheContents() throws IOException {
    assertEquals(List.of("lib/deep/d.jar"), expand(folder, "lib/deep/"));
  }

  @Test
  void nothingFoundIsEmptyAlsoInMissingFolder() throws IOException {
    assertEquals(List.of(), expand(folder, "lib/*.zip"));
    assertEquals(List.of(), expand(folder, "nowhere/*.jar"));
    assertEquals(List.of(), expand(folder, "lib/none.jar"));
  }
}
