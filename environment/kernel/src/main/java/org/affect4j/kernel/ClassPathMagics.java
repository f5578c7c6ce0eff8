package org.affect4j.kernel;

import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Magics that add local files to the class path; public, because the library calls them. */
public final class ClassPathMagics {
  private final Path workingDirectory;
  private final Consumer<Collection<Path>> classPath;

  ClassPathMagics(Path workingDirectory, Consumer<Collection<Path>> classPath) {
    this.workingDirectory = workingDirectory;
    this.classPath = classPath;
  }

  /** {@code %jars GLOB...}: adds jar files. */
  @LineMagic
  public void jars(List<String> patterns) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String pattern : required("jars", "GLOB", patterns)) {
      List<Path> found = existing("jars", pattern);
      List<Path> files =
          found.stream()
              .filter(Files::isRegularFile)
              .filter(path -> path.toString().endsWith(".jar"))
              .toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException(
            "%jars: '"
                + pattern
                + "' matches no jar file, only "
                + found.get(0).getFileName()
                + "; folders of classes are added with %classpath");
      }
      jars.addAll(files);
    }
    classPath.accept(jars);
  }

  /** {@code %classpath PATH...}: adds folders of classes, or jar files. */
  @LineMagic
  public void classpath(List<String> patterns) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String pattern : required("classpath", "PATH", patterns)) {
      paths.addAll(existing("classpath", pattern));
    }
    classPath.accept(paths);
  }

  private List<Path> existing(String magic, String pattern) throws IOException {
    List<Path> found = Globs.expand(workingDirectory, pattern);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "%" + magic + ": nothing matches '" + pattern + "' in " + workingDirectory);
    }
    return found;
  }

  static List<String> required(String magic, String what, List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "%" + magic + " needs an argument: %" + magic + " " + what);
    }
    return arguments;
  }
}
