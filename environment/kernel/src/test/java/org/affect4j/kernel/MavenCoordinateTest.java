package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenCoordinateTest {
  @Test
  void shortAndLongFormsMeanTheSame() {
    assertEquals(new MavenCoordinate("g", "a", "1.0", "jar", ""), MavenCoordinate.parse("g:a:1.0"));
    assertEquals(
        new MavenCoordinate("g", "a", "1.0", "jar", "linux-x86_64"),
        MavenCoordinate.parse("g:a:1.0:linux-x86_64"));
    assertEquals(
        new MavenCoordinate("g", "a", "1.0", "pom", ""), MavenCoordinate.parse("g:a:pom:1.0"));
    assertEquals(
        new MavenCoordinate("g", "a", "1.0", "jar", "tests"),
        MavenCoordinate.parse("g:a:jar:tests:1.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "g:a", "g::1", "g:a:1:2:3", "g:a:<1>", "g:a:1:jar:x:y"})
  void everythingElseIsRefusedByName(String text) {
    Exception thrown =
        assertThrows(IllegalArgumentException.class, () -> MavenCoordinate.parse(text));
    assertTrue(thrown.getMessage().contains("'" + text + "'"));
  }
}
