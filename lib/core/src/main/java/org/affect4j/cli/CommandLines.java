package org.affect4j.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;

/** What the command lines of all modules have in common. */
public final class CommandLines {
  private CommandLines() {}

  /**
   * Makes a command line whose failures become one line on standard error and exit code 1.
   *
   * @param command the annotated command, with its sub-commands
   * @return the command line, ready to run
   */
  public static CommandLine of(Object command) {
    CommandLine line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          PrintWriter err = failed.getErr();
          err.println(line.getCommandName() + ": " + message(failure));
          err.flush();
          return 1;
        });
    return line;
  }

  private static String message(Exception failure) {
    if (failure instanceof UncheckedIOException io) {
      return message(io.getCause());
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (failure instanceof FileSystemException file) {
      return file.getFile()
          + ": "
          + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
