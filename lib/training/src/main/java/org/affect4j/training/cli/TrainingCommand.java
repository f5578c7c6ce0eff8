package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common: help, an answer, and what is said beside it. */
@Command(mixinStandardHelpOptions = true, showDefaultValues = true)
abstract class TrainingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Does what was asked for. */
  abstract void run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    run();
    out().flush();
    return 0;
  }

  /** Where to answer. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Answers with numbers written as everywhere. */
  final void print(String format, Object... values) {
    out().printf(Locale.ROOT, format, values);
  }

  /** Where to say what is not part of the answer. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Says a line that is not part of the answer. */
  final void say(String line) {
    err().println(line);
    err().flush();
  }

  /** What was typed, as it is written down beside what came of it. */
  final String typed() {
    return "affect4j-train " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  /** Wrong usage. */
  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
