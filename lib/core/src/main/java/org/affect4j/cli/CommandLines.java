package org.affect4j.cli;

import java.io.File;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** What the command lines of all modules have in common. */
public final class CommandLines {
  private static final Pattern DIRECTIONS =
      Pattern.compile("[\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");

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
    // A photo may be called @home.jpg.
    line.setExpandAtFiles(false);
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          PrintWriter err = failed.getErr();
          err.println(line.getCommandName() + ": " + shown(message(failure)));
          err.flush();
          return 1;
        });
    IParameterExceptionHandler usual = line.getParameterExceptionHandler();
    line.setParameterExceptionHandler(
        (wrong, arguments) ->
            usual.handleParseException(
                new ParameterException(wrong.getCommandLine(), shown(wrong.getMessage()), wrong),
                arguments));
    return line;
  }

  /**
   * Runs a command line, unless file names would be harmed: where the locale's characters are not
   * UTF-8, Java reads names as question marks.
   *
   * @param line from {@link #of}
   * @param arguments the user's arguments
   * @return the exit code
   */
  public static int execute(CommandLine line, String... arguments) {
    String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!charset.equalsIgnoreCase("UTF-8") && File.separatorChar == '/') {
      PrintWriter err = line.getErr();
      err.printf(
          "%s: the locale's characters are %s, in which file names cannot be read: set"
              + " LC_ALL=C.UTF-8 and run it again%n",
          line.getCommandName(), charset);
      err.flush();
      return 1;
    }
    return line.execute(arguments);
  }

  /**
   * Makes text safe to show on a terminal, which obeys control characters in file names.
   *
   * @param text any text
   * @return one line in which control characters, and those that turn the direction of writing, are
   *     shown as {@code \\u001b}
   */
  public static String shown(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)
                  || DIRECTIONS.matcher(Character.toString(c)).matches()) {
                safe.append("\\u%04x".formatted(c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
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
