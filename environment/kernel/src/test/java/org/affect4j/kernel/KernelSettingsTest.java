package org.affect4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KernelSettingsTest {
  @Test
  void nothingSetMeansNothingSpecial() {
    assertEquals(
        new KernelSettings(List.of(), List.of(), "", Optional.empty(), List.of()),
        KernelSettings.from(Map.of()));
  }

  @Test
  void pathsAreSplitAtThePlatformsSeparator() {
    KernelSettings settings =
        KernelSettings.from(
            Map.of(
                "IJAVA_CLASSPATH", "a/*.jar" + File.pathSeparator + " b",
                "IJAVA_STARTUP_SCRIPTS_PATH", "s/*.jsh" + File.pathSeparator));
    assertEquals(List.of("a/*.jar", "b"), settings.classPath());
    assertEquals(List.of("s/*.jsh"), settings.startupScriptPaths());
  }

  @Test
  void timeoutIsMillisecondsUnlessAUnitIsNamed() {
    assertEquals(Optional.of(Duration.ofMillis(250)), timeout("250"));
    assertEquals(Optional.of(Duration.ofSeconds(3)), timeout("3 seconds"));
    assertEquals(Optional.empty(), timeout("-1"));
    assertEquals(Optional.empty(), timeout("0"));
    assertThrows(IllegalArgumentException.class, () -> timeout("soon"));
  }

  private static Optional<Duration> timeout(String value) {
    return KernelSettings.from(Map.of("IJAVA_TIMEOUT", value)).statementTimeout();
  }

  @Test
  void compilerOptionsKeepQuotedSpaces() {
    assertEquals(
        List.of("-deprecation", "-Akey=a", "two words"),
        KernelSettings.from(Map.of("IJAVA_COMPILER_OPTS", "-deprecation  -Akey=a \"two words\""))
            .compilerOptions());
  }
}
