package org.affect4j.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.affect4j.kernel.ErrorFormat.Place;

/** What the environment asks for before the first cell; its mistakes are logged, and no more. */
final class Startup {
  static final List<String> SCRIPT_ENDINGS = List.of(".jsh", ".jshell", ".java", ".ijava");
  private static final String SCRIPTS = "IJAVA_STARTUP_SCRIPTS_PATH";

  private Startup() {}

  /** Returns the shell, with its class path set and the scripts run in order. */
  static JavaShell run(JavaShell shell, KernelSettings settings, Path base) {
    List<Path> classPath = found("IJAVA_CLASSPATH", base, settings.classPath());
    if (!classPath.isEmpty()) {
      shell.addToClassPath(classPath);
    }
    for (Path path : found(SCRIPTS, base, settings.startupScriptPaths())) {
      if (Files.isDirectory(path)) {
        found(SCRIPTS, base, List.of(path + "/")).stream()
            .filter(file -> SCRIPT_ENDINGS.stream().anyMatch(file.toString()::endsWith))
            .forEach(script -> evaluate(shell, script));
      } else {
        evaluate(shell, path);
      }
    }
    evaluate(shell, "IJAVA_STARTUP_SCRIPT", settings.startupScript());
    return shell;
  }

  private static List<Path> found(String variable, Path base, List<String> globs) {
    List<Path> all = new ArrayList<>();
    for (String glob : globs) {
      try {
        List<Path> paths = Globs.expand(base, glob);
        if (paths.isEmpty()) {
          KernelServer.log(variable + ": nothing matches '" + glob + "'", null);
        }
        all.addAll(paths);
      } catch (IOException e) {
        KernelServer.log(variable + ": '" + glob + "' cannot be read", e);
      }
    }
    return all;
  }

  private static void evaluate(JavaShell shell, Path script) {
    try {
      evaluate(shell, script.getFileName().toString(), Files.readString(script));
    } catch (IOException e) {
      KernelServer.log(script.getFileName() + " cannot be read", e);
    }
  }

  private static void evaluate(JavaShell shell, String name, String source) {
    try {
      for (Cell.Part part : Cell.parse(source, shell::isFinished).parts()) {
        if (part instanceof Cell.Code code) {
          shell.evaluate(code.source(), new Place(name, code.line()));
        } else {
          KernelServer.log(name + ": magics are not run at start-up", null);
        }
      }
    } catch (CellFailure e) {
      e.trace().forEach(line -> KernelServer.log(line, null));
    }
  }
}
