package org.affect4j.kernel;

import io.github.spencerpark.jupyter.kernel.magic.registry.CellMagic;
import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Magics that add artifacts and what they need from Maven repositories.
 *
 * <p>The work is done by the {@code mvn} command, so mirrors, proxies and credentials of the user's
 * settings hold here too. What lies in the local repository already is taken without the network.
 */
public final class MavenMagics {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";
  private static final Set<String> SCOPES =
      Set.of("compile", "runtime", "test", "provided", "system");
  private static final List<String> RUNTIME = List.of("runtime");
  private static final Pattern ERROR_LINE = Pattern.compile("(?m)^\\[ERROR][ \\t]+(\\S.*)$");
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern HELP_LINK = Pattern.compile("\\s*(->)?\\s*\\[Help \\d+].*");
  private static final List<String> ADVICE =
      List.of("To see the full", "Re-run Maven", "For more information", "After correcting");
  private static final String REPOSITORY = "<repository><id>%s</id><url>%s</url></repository>";
  private static final String PROJECT =
      "<project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId>"
          + "<artifactId>notebook</artifactId><version>1</version><packaging>pom</packaging>"
          + "%s%s</project>";
  private static final int MAX_ERROR_LINES = 6;

  private final Path workingDirectory;
  private final String command;
  private final Consumer<Collection<Path>> classPath;
  private final Map<String, String> repositories = new LinkedHashMap<>();

  /**
   * @param command the Maven command, looked up on the path
   */
  MavenMagics(Path workingDirectory, String command, Consumer<Collection<Path>> classPath) {
    this.workingDirectory = workingDirectory;
    this.command = command;
    this.classPath = classPath;
  }

  /** {@code %maven group:artifact:version[:classifier] ...}. */
  @LineMagic(aliases = {"addMavenDependency", "addMavenDependencies"})
  public void maven(List<String> coordinates) throws IOException, InterruptedException {
    List<MavenCoordinate> wanted =
        ClassPathMagics.required("maven", "group:artifact:version", coordinates).stream()
            .map(MavenCoordinate::parse)
            .toList();
    String dependencies =
        wanted.stream().map(MavenCoordinate::toXml).collect(Collectors.joining("\n"));
    resolve("%maven", project("<dependencies>" + dependencies + "</dependencies>"), RUNTIME);
  }

  /** {@code %mavenRepo ID URL}: asks this repository too from now on. */
  @LineMagic(aliases = "addMavenRepo")
  public void mavenRepo(List<String> arguments) {
    if (arguments.size() != 2) {
      throw new IllegalArgumentException("%mavenRepo needs two arguments: %mavenRepo ID URL");
    }
    repositories.put(arguments.get(0), arguments.get(1));
  }

  /** {@code %loadFromPOM FILE [SCOPE...]}, or {@code %%loadFromPOM} with the XML in the cell. */
  @LineMagic
  @CellMagic
  public void loadFromPOM(List<String> arguments, String body)
      throws IOException, InterruptedException {
    if (body == null) {
      ClassPathMagics.required("loadFromPOM", "FILE [SCOPE...]", arguments);
      Path file = workingDirectory.resolve(arguments.get(0));
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException("%loadFromPOM: there is no file " + file);
      }
      resolve("%loadFromPOM", file, scopes(arguments.subList(1, arguments.size())));
    } else {
      boolean whole = body.contains("<project");
      resolve("%%loadFromPOM", whole ? body : project(fragments(body)), scopes(arguments));
    }
  }

  private static List<String> scopes(List<String> arguments) {
    List<String> scopes =
        arguments.stream()
            .flatMap(argument -> Stream.of(argument.split(",")))
            .map(scope -> scope.strip().toLowerCase(Locale.ROOT))
            .filter(scope -> !scope.isEmpty())
            .toList();
    for (String scope : scopes) {
      if (!SCOPES.contains(scope)) {
        throw new IllegalArgumentException(
            "'" + scope + "' is not a scope; there are " + new java.util.TreeSet<>(SCOPES));
      }
    }
    return scopes.isEmpty() ? RUNTIME : scopes;
  }

  /** A cell may hold bare dependency elements; they are put into the element they belong to. */
  private static String fragments(String body) {
    boolean bare = body.contains("<dependency>") && !body.contains("<dependencies>");
    return bare ? "<dependencies>" + body + "</dependencies>" : body;
  }

  private String project(String content) {
    StringBuilder extra = new StringBuilder();
    if (!repositories.isEmpty() && !content.contains("<repositories>")) {
      extra.append("<repositories>");
      repositories.forEach(
          (id, url) -> extra.append(REPOSITORY.formatted(escape(id), escape(url))));
      extra.append("</repositories>");
    }
    return PROJECT.formatted(content, extra);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void resolve(String magic, String pom, List<String> scopes)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("notebook", ".xml");
    try {
      resolve(magic, Files.writeString(file, pom), scopes);
    } finally {
      Files.delete(file);
    }
  }

  private void resolve(String magic, Path pom, List<String> scopes)
      throws IOException, InterruptedException {
    Set<Path> paths = new LinkedHashSet<>();
    Path folder = Files.createTempDirectory("notebook-classpath");
    try {
      Path list = folder.resolve("classpath");
      for (String scope : scopes) {
        List<String> call =
            List.of(
                GOAL, "-f", pom.toString(), "-DincludeScope=" + scope, "-Dmdep.outputFile=" + list);
        Outcome outcome = mvn(folder, "-o", call);
        if (outcome.code() != 0) {
          outcome = mvn(folder, "-U", call);
        }
        if (outcome.code() != 0) {
          throw new IllegalArgumentException(magic + " failed:\n" + errors(outcome.output()));
        }
        for (String path : Files.readString(list).split(Pattern.quote(File.pathSeparator))) {
          if (!path.isBlank()) {
            paths.add(Path.of(path.strip()));
          }
        }
      }
    } finally {
      delete(folder);
    }
    classPath.accept(paths);
  }

  private record Outcome(int code, String output) {}

  private Outcome mvn(Path folder, String mode, List<String> call)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command, "-B", "-q", mode));
    words.addAll(call);
    Path log = folder.resolve("log");
    Process process;
    try {
      process =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new IOException("'" + command + "' cannot be started; Maven must be on the path", e);
    }
    try {
      process.getOutputStream().close();
      int code = process.waitFor();
      return new Outcome(code, Files.readString(log, StandardCharsets.UTF_8));
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor(1, TimeUnit.SECONDS);
      }
    }
  }

  /** The lines of Maven's output that say what went wrong, without its general advice. */
  static String errors(String output) {
    String errors =
        ERROR_LINE
            .matcher(COLOUR.matcher(output).replaceAll(""))
            .results()
            .map(result -> HELP_LINK.matcher(result.group(1)).replaceAll("").strip())
            .filter(line -> !line.isEmpty() && ADVICE.stream().noneMatch(line::startsWith))
            .distinct()
            .limit(MAX_ERROR_LINES)
            .collect(Collectors.joining("\n"));
    return errors.isEmpty() ? output.strip() : errors;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
