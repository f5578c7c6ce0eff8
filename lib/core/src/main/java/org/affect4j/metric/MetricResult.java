package org.affect4j.metric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** A measured figure or set of figures: prints as text, renders as a table, saves as CSV. */
public interface MetricResult {
  /**
   * Returns the figures as a table.
   *
   * @return a new table that the caller may change; figures that are not defined are missing
   */
  Table table();

  /**
   * Returns the figures as lines of text with aligned columns.
   *
   * @return text for a terminal
   */
  @Override
  String toString();

  /**
   * Writes {@link #table()} as comma-separated values at full precision, replacing the file.
   *
   * @param file where to write; its folder must exist
   * @throws IOException if the file cannot be written
   */
  default void saveCsv(Path file) throws IOException {
    try {
      table().write().csv(file.toFile());
    } catch (RuntimeException e) {
      throw new IOException("cannot write " + file + ": is its folder there and writable?", e);
    }
  }

  /**
   * Prints a table as results print themselves: under a heading, numbers with three decimals.
   *
   * @param heading first line
   * @param table what to print; its name and formats are changed
   * @return lines of text with aligned columns
   */
  static String text(String heading, Table table) {
    for (int i = 0; i < table.columnCount(); i++) {
      if (table.column(i) instanceof DoubleColumn column) {
        column.setPrintFormatter(NumberColumnFormatter.fixedWithGrouping(3));
      }
    }
    // The table prints its own name on a line of its own first.
    table.setName(heading);
    return table.printAll().stripTrailing();
  }

  /**
   * Makes a column of numbers, one of each row.
   *
   * @param <T> what a row is
   * @param name of the column
   * @param rows in order
   * @param number of a row; NaN is missing
   * @return a new column
   */
  static <T> DoubleColumn numbers(String name, List<T> rows, ToDoubleFunction<T> number) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(number).toArray());
  }

  /**
   * Makes a column of texts, one of each row.
   *
   * @param <T> what a row is
   * @param name of the column
   * @param rows in order
   * @param text of a row; empty is missing
   * @return a new column
   */
  static <T> StringColumn texts(String name, List<T> rows, Function<T, String> text) {
    return StringColumn.create(name, rows.stream().map(text).toList());
  }
}
