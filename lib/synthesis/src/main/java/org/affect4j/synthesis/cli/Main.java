package org.affect4j.synthesis.cli;

import org.affect4j.cli.CommandLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Draws faces with exact truth. */
@Command(
    name = "affect4j-synth",
    mixinStandardHelpOptions = true,
    description = "Draws faces with exact truth: action units, expressions, landmarks.",
    subcommands = {
      ImportCommand.class,
      AuSetCommand.class,
      PortraitsCommand.class,
      GroupsCommand.class,
      CompoundCommand.class,
      ClipsCommand.class,
      GalleryCommand.class,
      SheetsCommand.class,
      AuditCommand.class,
      BenchmarkCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Used by the command line. */
  public Main() {}

  /**
   * Runs the command line and ends the process: 0 success, 1 failure, 2 wrong usage.
   *
   * @param args arguments
   */
  public static void main(String[] args) {
    System.exit(CommandLines.execute(CommandLines.of(new Main()), args));
  }

  /**
   * Runs the command line.
   *
   * @param args arguments
   * @return 0 success, 1 failure, 2 wrong usage
   */
  public static int run(String... args) {
    return CommandLines.of(new Main()).execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
