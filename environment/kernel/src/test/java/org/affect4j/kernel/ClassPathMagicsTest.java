package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathMagicsTest {
  @TempDir Path folder;
  private final List<Path> added = new ArrayList<>();

  private ClassPathMagics magics() {
    return new ClassPathMagics(folder, added::addAll);
  }

  @Test
  void jarsTakesJarFilesOnly() throws IOException {
    Path jar = Files.createFile(folder.resolve("a.jar"));
    Files.createFile(folder.resolve("a.txt"));
    magics().jars(List.of("*"));
    assertEquals(List.of(jar), added);
  }

  @Test
  void aPatternThatMatchesNothingAddsNothingAndNamesItself() throws IOException {
    Files.createFile(folder.resolve("a.jar"));
    Exception thrown =
        assertThrows(
            IllegalArgumentException.class, () -> magics().jars(List.of("a.jar", "b/*.jar")));
    assertTrue(thrown.getMessage().contains("'b/*.jar'"), thrown.getMessage());
    assertEquals(List.of(), added);
  }

  @Test
  void jarsPointsToClasspathForFolders() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> magics().jars(List.of("classes")));
    assertTrue(thrown.getMessage().contains("%classpath"), thrown.getMessage());
    magics().classpath(List.of("classes"));
    assertEquals(List.of(classes), added);
  }

  @Test
  void anArgumentIsNeeded() {
    assertThrows(IllegalArgumentException.class, () -> magics().jars(List.of()));
    assertThrows(IllegalArgumentException.class, () -> magics().classpath(List.of()));
  }
}
