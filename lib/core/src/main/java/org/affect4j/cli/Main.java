package org.affect4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage; ended by a signal:
 * 128 and its number, so 130 for Ctrl-C, 143 for SIGTERM, and 141 where nobody reads standard
 * output any more.
 */
@Command(
    name = "affect4j",
    description = "Facial behaviour analysis: faces, expressions, action units, valence-arousal.",
    mixinStandardHelpOptions = true,
    version = "affect4j 0.2.0",
    subcommands = {
      AnalyzeCommand.class,
      EvaluateCommand.class,
      FewShotCommand.class,
      BenchmarkCommand.class,
      ModelsCommand.class
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
    System.exit(CommandLines.execute(commandLine(), arguments));
  }

  /** The command line, ready to run. */
  static CommandLine commandLine() {
    return CommandLines.of(new Main());
  }
}
