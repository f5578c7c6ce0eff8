package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MavenMagicsTest {
  @TempDir Path folder;
  private final List<Path> added = new ArrayList<>();

  /** A command that keeps the project it was given, and answers like Maven. */
  private MavenMagics magics(String answer) throws IOException {
    Path command = folder.resolve("fake-mvn");
    Files.writeString(
        command,
        "#!/bin/sh\n"
            + "echo \"$@\" >>'"
            + folder
            + "/calls'\n"
            + "for word; do\n"
            + "  [ \"$last\" = -f ] && cp \"$word\" '"
            + folder
            + "/pom'\n"
            + "  last=$word\n"
            + "  case $word in -Dmdep.outputFile=*) out=${word#*=};; esac\n"
            + "done\n"
            + answer);
    assertTrue(command.toFile().setExecutable(true));
    return new MavenMagics(folder, command.toString(), added::addAll);
  }

  private String pom() throws IOException {
    return Files.readString(folder.resolve("pom"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void dependenciesAndRepositoriesReachMaven() throws Exception {
    MavenMagics magics = magics("printf /r/a.jar:/r/b.jar >\"$out\"\n");
    magics.mavenRepo(List.of("mine", "https://example.org/a?b&c"));
    magics.maven(List.of("g:a:1", "g:b:2:tests"));
    assertEquals(List.of(Path.of("/r/a.jar"), Path.of("/r/b.jar")), added);
    assertTrue(pom().contains("<url>https://example.org/a?b&amp;c</url>"), pom());
    assertTrue(pom().contains("<artifactId>a</artifactId><version>1</version>"), pom());
    assertTrue(pom().contains("<classifier>tests</classifier>"), pom());
    List<String> calls = Files.readAllLines(folder.resolve("calls"));
    assertEquals(1, calls.size(), "what is in the local repository needs no second call");
    assertTrue(calls.get(0).contains(" -o "), calls.get(0));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theNetworkIsAskedOnlyAfterTheLocalRepository() throws Exception {
    magics("case \"$*\" in *\" -o \"*) exit 1;; esac\nprintf /r/a.jar >\"$out\"\n")
        .maven(List.of("g:a:1"));
    assertEquals(List.of(Path.of("/r/a.jar")), added);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void bareDependenciesInACellMakeAProject() throws Exception {
    MavenMagics magics = magics(": >\"$out\"\n");
    magics.loadFromPOM(List.of(), "<dependency><groupId>g</groupId></dependency>");
    assertTrue(
        pom().contains("<dependencies><dependency><groupId>g</groupId></dependency>"), pom());
    magics.loadFromPOM(List.of("test"), "<project>mine</project>");
    assertEquals("<project>mine</project>", pom());
    assertTrue(Files.readString(folder.resolve("calls")).contains("-DincludeScope=test"));
    assertEquals(List.of(), added);
  }

  @Test
  void wrongWordsAreNamed() throws IOException {
    MavenMagics magics = magics("");
    assertThrows(NoSuchFileException.class, () -> magics.loadFromPOM(List.of("no.xml"), null));
    assertThrows(IllegalArgumentException.class, () -> magics.loadFromPOM(List.of("big"), "<a/>"));
    assertThrows(IllegalArgumentException.class, () -> magics.maven(List.of()));
    assertThrows(IllegalArgumentException.class, () -> magics.mavenRepo(List.of("id")));
    MavenMagics lost = new MavenMagics(folder, folder + "/no-mvn", added::addAll);
    Exception thrown = assertThrows(IOException.class, () -> lost.maven(List.of("g:a:1")));
    assertTrue(thrown.getMessage().contains("Maven must be on the path"), thrown.getMessage());
  }

  @Test
  void errorsAreTheLinesThatSayWhatWentWrong() {
    assertEquals(
        "Failed to execute goal x: Could not find artifact g:a:jar:1",
        MavenMagics.errors(
            "[ERROR] Failed to execute goal x: Could not find artifact g:a:jar:1 -> [Help 1]\n"
                + "[ERROR] \n"
                + "[ERROR] To see the full stack trace of the errors, use -e.\n"
                + "[ERROR] [Help 1] somewhere\n"));
    assertEquals("no such command", MavenMagics.errors("no such command\n"));
  }
}
