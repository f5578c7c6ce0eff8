package org.affect4j.kernel;

import java.util.List;

/** A cell that did not end well, in the words that the front end shows. */
final class CellFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient List<String> trace;

  /**
   * @param name the kind of error, for example {@code ArithmeticException}
   * @param message one line
   * @param trace the lines to show, with the place in the cell
   */
  CellFailure(String name, String message, List<String> trace) {
    super(message);
    this.name = name;
    this.trace = List.copyOf(trace);
  }

  String name() {
    return name;
  }

  List<String> trace() {
    return trace;
  }
}
