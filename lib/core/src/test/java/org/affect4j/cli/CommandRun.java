package org.affect4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What came of a command line.
 *
 * @param code exit code
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int code, String out, String err) {
  /**
   * Runs the command line of the library in this process.
   *
   * @param arguments such as {@code "analyze", "photo.jpg", "-o", "faces.csv"}
   * @return what came of it
   */
  public static CommandRun of(String... arguments) {
    CommandLine line = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new CommandRun(line.execute(arguments), out.toString(), err.toString());
  }
}
