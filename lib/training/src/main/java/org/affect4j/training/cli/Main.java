package org.affect4j.training.cli;

import org.affect4j.cli.CommandLines;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "affect4j-train",
    description = "Makes the networks that affect4j runs.",
    mixinStandardHelpOptions = true,
    version = "affect4j 0.2.0",
    subcommands = {
      BehaviourCommand.class,
      IdentityCommand.class,
      AblationCommand.class,
      DetectorCommand.class,
      LandmarksCommand.class,
      LandmarksReportCommand.class,
      SequenceCommand.class,
      SequenceReportCommand.class,
      SoundReportCommand.class,
      AnnotateCommand.class,
      DetectorReportCommand.class,
      NetworksCommand.class,
      ExportCommand.class,
      CalibrateCommand.class,
      BehaviourReportCommand.class,
      TuneCommand.class,
      HeadsCommand.class,
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
    System.exit(CommandLines.execute(commandLine(), arguments));
  }

  /** The command line, ready to run. */
  static CommandLine commandLine() {
    return CommandLines.of(new Main());
  }
}
