package org.affect4j.training.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "affect4j-train",
    description = "Makes the networks that affect4j runs.",
    mixinStandardHelpOptions = true,
    version = "affect4j 0.1.0",
    subcommands = {
      BehaviourCommand.class,
      DetectorCommand.class,
      NetworksCommand.class,
      ExportCommand.class,
      QuantiseCommand.class,
      ThroughputCommand.class
    })
public final class Main {
  /** Made by picocli. */
  Main() {}

  /**
   * Runs the command line and ends the process.
   *
   * @param arguments the user's arguments
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, ready to run; failures become one line on standard error and exit code 1. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          PrintWriter err = command.getErr();
          err.println("affect4j-train: " + message(failure));
          err.flush();
          return 1;
        });
    return line;
  }

  private static String message(Exception failure) {
    if (failure instanceof FileSystemException file) {
      return file.getFile()
          + ": "
          + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason());
    }
    if (failure instanceof UncheckedIOException io) {
      return message(io.getCause());
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
