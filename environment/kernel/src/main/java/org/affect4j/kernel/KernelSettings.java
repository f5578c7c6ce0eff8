package org.affect4j.kernel;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the environment says about the session.
 *
 * @param classPath globs from {@code IJAVA_CLASSPATH}, split at the platform's path separator
 * @param startupScriptPaths globs from {@code IJAVA_STARTUP_SCRIPTS_PATH}, run before the script
 * @param startupScript Java code from {@code IJAVA_STARTUP_SCRIPT}, empty if there is none
 * @param statementTimeout limit for each top-level statement of a cell, from {@code IJAVA_TIMEOUT};
 *     empty for no limit
 * @param compilerOptions javac options from {@code IJAVA_COMPILER_OPTS}
 */
record KernelSettings(
    List<String> classPath,
    List<String> startupScriptPaths,
    String startupScript,
    Optional<Duration> statementTimeout,
    List<String> compilerOptions) {

  private static final Pattern TIMEOUT = Pattern.compile("(-?\\d+)\\s*([A-Za-z]*)");

  static KernelSettings from(Map<String, String> environment) {
    return new KernelSettings(
        paths(environment.getOrDefault("IJAVA_CLASSPATH", "")),
        paths(environment.getOrDefault("IJAVA_STARTUP_SCRIPTS_PATH", "")),
        environment.getOrDefault("IJAVA_STARTUP_SCRIPT", ""),
        timeout(environment.get("IJAVA_TIMEOUT")),
        Cell.arguments(environment.getOrDefault("IJAVA_COMPILER_OPTS", "")));
  }

  private static List<String> paths(String value) {
    return Stream.of(value.split(Pattern.quote(File.pathSeparator)))
        .map(String::strip)
        .filter(path -> !path.isEmpty())
        .toList();
  }

  private static Optional<Duration> timeout(String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    Matcher matcher = TIMEOUT.matcher(value.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "IJAVA_TIMEOUT must be milliseconds, or a number and a unit, but is '" + value + "'");
    }
    String unit = matcher.group(2).toUpperCase(Locale.ROOT);
    TimeUnit timeUnit = unit.isEmpty() ? TimeUnit.MILLISECONDS : TimeUnit.valueOf(unit);
    long amount = Long.parseLong(matcher.group(1));
    return amount < 1
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(timeUnit.toMillis(amount)));
  }
}
