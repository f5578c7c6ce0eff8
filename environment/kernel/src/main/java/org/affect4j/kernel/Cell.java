package org.affect4j.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell cut into code and magics.
 *
 * @param parts in the order in which they run
 */
record Cell(List<Part> parts) {
  private static final Pattern CELL_MAGIC = Pattern.compile("\\s*%%(\\w\\S*)[ \\t]*(.*)");
  private static final Pattern LINE_MAGIC = Pattern.compile("%(\\w\\S*)[ \\t]*(.*)");
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']\\S*)");

  Cell {
    parts = List.copyOf(parts);
  }

  /** A piece of a cell. */
  sealed interface Part permits Code, LineMagic, CellMagic {
    /** The line of the cell on which the piece begins, counted from 1. */
    int line();
  }

  /** Java code, one statement or many. */
  record Code(String source, int line) implements Part {}

  /** A line such as {@code %jars lib/*.jar}. */
  record LineMagic(String name, List<String> arguments, int line) implements Part {}

  /** A cell whose first line is, for example, {@code %%loadFromPOM}. */
  record CellMagic(String name, List<String> arguments, String body, int line) implements Part {}

  /**
   * Cuts a cell.
   *
   * @param complete says whether code could end here; a line that begins with a percent sign amid
   *     an unfinished statement, or inside a text block, is code
   */
  static Cell parse(String source, Predicate<String> complete) {
    String text = source.replace("\r\n", "\n");
    int headEnd = text.indexOf('\n', text.length() - text.stripLeading().length());
    String head = headEnd < 0 ? text : text.substring(0, headEnd);
    Matcher cellMagic = CELL_MAGIC.matcher(head);
    if (cellMagic.matches()) {
      int line = 1 + (int) head.chars().filter(c -> c == '\n').count();
      String body = headEnd < 0 ? "" : text.substring(headEnd + 1);
      return new Cell(
          List.of(new CellMagic(cellMagic.group(1), arguments(cellMagic.group(2)), body, line)));
    }

    List<Part> parts = new ArrayList<>();
    StringBuilder code = new StringBuilder();
    int codeLine = 1;
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      Matcher magic = LINE_MAGIC.matcher(line);
      if (magic.matches() && (code.toString().isBlank() || complete.test(code.toString()))) {
        addCode(parts, code, codeLine);
        codeLine = number + 1;
        parts.add(new LineMagic(magic.group(1), arguments(magic.group(2)), number));
      } else {
        code.append(line).append('\n');
      }
    }
    addCode(parts, code, codeLine);
    return new Cell(parts);
  }

  private static void addCode(List<Part> parts, StringBuilder code, int line) {
    if (!code.toString().isBlank()) {
      parts.add(new Code(code.toString(), line));
    }
    code.setLength(0);
  }

  /** Splits at spaces; quotes keep spaces together. */
  static List<String> arguments(String text) {
    List<String> arguments = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(text);
    while (matcher.find()) {
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          arguments.add(matcher.group(group));
        }
      }
    }
    return List.copyOf(arguments);
  }
}
