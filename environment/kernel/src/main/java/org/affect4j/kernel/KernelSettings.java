package org.affect4j.kernel;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern OPTION = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  KernelSettings {
    classPath = List.copyOf(classPath);
    startupScriptPaths = List.copyOf(startupScriptPaths);
    compilerOptions = List.copyOf(compilerOptions);
  }

  static KernelSettings from(Map<String, String> environment) {
    return new KernelSettings(
        paths(environment.get("IJAVA_CLASSPATH")),
        paths(environment.get("IJAVA_STARTUP_SCRIPTS_PATH")),
        environment.getOrDefault("IJAVA_STARTUP_SCRIPT", ""),
        timeout(environment.get("IJAVA_TIMEOUT")),
        options(environment.get("IJAVA_COMPILER_OPTS")));
  }

  private static List<String> paths(String value) {
    if (value == null || value.isBlank()) {
      return List.of();
    }
    List<String> paths = new ArrayList<>();
    for (String path : value.split(Pattern.quote(File.pathSeparator))) {
      if (!path.isBlank()) {
        paths.add(path.strip());
      }
    }
    return paths;
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

  private static List<String> options(String value) {
    List<String> options = new ArrayList<>();
    Matcher matcher = OPTION.matcher(value == null ? "" : value);
    while (matcher.find()) {
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          options.add(matcher.group(group));
        }
      }
    }
    return options;
  }
}
