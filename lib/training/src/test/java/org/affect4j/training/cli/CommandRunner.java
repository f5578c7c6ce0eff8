package org.affect4j.training.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.affect4j.Bundled;
import org.affect4j.cli.CommandRun;
import org.affect4j.table.FaceTable;
import picocli.CommandLine;

/** Runs commands as the command line does, and keeps what they say. */
abstract class CommandRunner {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  final int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  /** The rows of a portrait that 'affect4j analyze' reads with networks that were trained here. */
  static FaceTable analyzed(Path folder, String... options) throws IOException {
    Path csv = Files.createTempFile(folder, "rows", ".csv");
    Files.delete(csv);
    String portrait = Bundled.path("data/portraits/012.jpg").toString();
    CommandRun run =
        CommandRun.of(with(new String[] {"analyze", portrait, "-o", csv.toString()}, options));
    assertEquals(0, run.code(), run.err());
    return FaceTable.read(csv);
  }

  /** Arguments and more of them. */
  static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
