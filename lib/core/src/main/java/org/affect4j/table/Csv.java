package org.affect4j.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;

/**
 * The form of all tables written here: RFC 4180 in UTF-8 with line feeds, where every cell comes
 * back as it was, whatever is in it.
 */
final class Csv {
  private Csv() {}

  /** One row with its end. */
  static String line(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  /** Rows with their ends, rounded as {@link FaceColumn#format} says. */
  static String lines(FaceTable rows, List<String> columns) {
    List<IntFunction<String>> cells = columns.stream().map(c -> cells(rows, c)).toList();
    return IntStream.range(0, rows.size())
        .mapToObj(row -> line(cells.stream().map(c -> c.apply(row)).toList()))
        .collect(Collectors.joining());
  }

  /** The cells of a column by their rows. */
  private static IntFunction<String> cells(FaceTable rows, String column) {
    Optional<FaceColumn> known =
        rows.columns.get(column) instanceof DoubleColumn
            ? FaceColumns.written(column)
            : FaceColumns.find(column).filter(c -> c.type().equals(ColumnType.DOUBLE));
    if (known.isEmpty()) {
      return row -> rows.text(row, column).orElse("");
    }
    return row -> {
      OptionalDouble number = rows.number(row, column);
      return number.isPresent() ? known.get().format(number.getAsDouble()) : "";
    };
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
