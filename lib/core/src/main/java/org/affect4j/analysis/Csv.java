package org.affect4j.analysis;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The form of all tables written here: RFC 4180 in UTF-8 with line feeds, where every cell comes
 * back as it was, whatever is in it.
 */
final class Csv {
  private static final int LONGEST_CELL = 1 << 16;

  private Csv() {}

  /** One row with its end. */
  static String line(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    boolean plain =
        cell.isEmpty()
            || cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                // Readers trim blanks, and take a line that begins with # for a comment.
                && cell.charAt(0) > ' '
                && cell.charAt(cell.length() - 1) > ' '
                && cell.charAt(0) != '#';
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** The names of the columns of a file; none if it is empty. */
  static List<String> header(Path file) throws IOException {
    String line = firstLine(file).stripTrailing();
    return line.isEmpty() ? List.of() : List.of(line.split(",", -1));
  }

  /** With its end, which is of two characters where another program has saved the file. */
  private static String firstLine(Path file) throws IOException {
    StringBuilder line = new StringBuilder();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      int c = in.read();
      for (; c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return c < 0 ? line.toString() : line.append('\n').toString();
    }
  }

  /** Reads a file; an empty cell is a missing value. */
  static Table table(Path file, String name, Function<String, ColumnType> type) throws IOException {
    String end = firstLine(file).endsWith("\r\n") ? "\r\n" : "\n";
    try (BufferedReader in = Files.newBufferedReader(file)) {
      return table(CsvReadOptions.builder(in).lineEnding(end), header(file), name, type);
    }
  }

  /** Makes the table that a file of these rows would give. */
  static Table table(
      List<String> columns,
      List<List<String>> rows,
      String name,
      Function<String, ColumnType> type) {
    StringBuilder text = new StringBuilder(line(columns));
    rows.forEach(row -> text.append(line(row)));
    return table(
        CsvReadOptions.builder(new StringReader(text.toString())).lineEnding("\n"),
        columns,
        name,
        type);
  }

  /** The options name the line end: guessed, carriage returns within a cell would be lost. */
  private static Table table(
      CsvReadOptions.Builder options,
      List<String> columns,
      String name,
      Function<String, ColumnType> type) {
    return Table.read()
        .usingOptions(
            options
                .tableName(name)
                .columnTypes(columns.stream().map(type).toArray(ColumnType[]::new))
                .missingValueIndicator("")
                .maxNumberOfColumns(columns.size() + 1)
                .maxCharsPerColumn(LONGEST_CELL));
  }

  /** Reads the rows of a file one by one, with their places in the file. */
  static final class Scanner {
    private final InputStream in;
    private final int kept;
    private final List<String> cells = new ArrayList<>();
    private final ByteArrayOutputStream cell = new ByteArrayOutputStream();
    private long position;
    private long start;
    private boolean whole;

    /**
     * Begins at the beginning.
     *
     * @param in the file, buffered
     * @param kept how many cells of a row are kept, from the left
     */
    Scanner(InputStream in, int kept) {
      this.in = in;
      this.kept = kept;
    }

    /** Goes to the next row, which may be torn; false at the end of the file. */
    boolean next() throws IOException {
      cells.clear();
      cell.reset();
      start = position;
      whole = false;
      boolean opened = false;
      boolean quoted = false;
      boolean first = true;
      int before = -1;
      for (int b = in.read(); b >= 0; b = in.read()) {
        position++;
        if (b == '"' && (first || opened && (quoted || before == '"'))) {
          // A second quote in a row stands for one, and goes on with the cell.
          if (!quoted && !first) {
            cell.write(b);
          }
          opened = true;
          quoted = !quoted;
        } else if (!quoted && (b == ',' || b == '\n')) {
          endCell(b == '\n' && before == '\r');
          first = true;
          opened = false;
          before = b;
          if (b == '\n') {
            whole = true;
            return true;
          }
          continue;
        } else {
          cell.write(b);
        }
        first = false;
        before = b;
      }
      return position > start;
    }

    private void endCell(boolean carriageReturn) {
      if (cells.size() < kept) {
        String text = cell.toString(StandardCharsets.UTF_8);
        cells.add(carriageReturn ? text.substring(0, text.length() - 1) : text);
      }
      cell.reset();
    }

    /** Where the row begins, in bytes. */
    long start() {
      return start;
    }

    /** Where the row ends, in bytes. */
    long end() {
      return position;
    }

    /** Whether the row has its line end. */
    boolean whole() {
      return whole;
    }

    /** The cells that are kept; of a torn row those that have their end. */
    List<String> cells() {
      return List.copyOf(cells);
    }
  }
}
