package org.affect4j.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Turns tables into HTML: escaped, numbers right aligned, with the same decimals in a column. */
final class TableHtml {
  private static final String CELL = "padding:2px 10px;white-space:pre-wrap;text-align:";

  private TableHtml() {}

  static String of(Table table, int rows) {
    int shown = Math.min(rows, table.rowCount());
    StringBuilder html = new StringBuilder("<table>");
    if (table.name() != null && !table.name().isBlank()) {
      html.append("<caption>").append(Html.escape(table.name())).append("</caption>");
    }
    html.append("<thead><tr>");
    for (Column<?> column : table.columns()) {
      cell(html, "th", numeric(column), column.name());
    }
    html.append("</tr></thead><tbody>");
    List<String> formats = table.columns().stream().map(c -> format(c, shown)).toList();
    for (int row = 0; row < shown; row++) {
      html.append("<tr>");
      for (int i = 0; i < table.columnCount(); i++) {
        Column<?> column = table.column(i);
        cell(html, "td", numeric(column), text(column, row, formats.get(i)));
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    if (shown < table.rowCount()) {
      html.append("<p>").append(more(table.rowCount() - shown)).append("</p>");
    }
    return html.toString();
  }

  static String more(int rows) {
    return String.format(Locale.ROOT, "… %,d more %s", rows, rows == 1 ? "row" : "rows");
  }

  private static void cell(StringBuilder html, String tag, boolean right, String text) {
    html.append('<')
        .append(tag)
        .append(" style=\"")
        .append(CELL)
        .append(right ? "right" : "left")
        .append("\">")
        .append(Html.escape(text))
        .append("</")
        .append(tag)
        .append('>');
  }

  private static boolean numeric(Column<?> column) {
    ColumnType type = column.type();
    return fractional(type)
        || type == ColumnType.INTEGER
        || type == ColumnType.LONG
        || type == ColumnType.SHORT;
  }

  private static boolean fractional(ColumnType type) {
    return type == ColumnType.DOUBLE || type == ColumnType.FLOAT;
  }

  private static String text(Column<?> column, int row, String format) {
    if (column.isMissing(row)) {
      return "";
    }
    if (fractional(column.type()) && column.get(row) instanceof Number number) {
      return number(format, number.doubleValue());
    }
    return String.valueOf(column.get(row));
  }

  private static String format(Column<?> column, int rows) {
    return fractional(column.type())
        ? format(
            IntStream.range(0, rows)
                .filter(row -> !column.isMissing(row))
                .mapToDouble(row -> ((Number) column.get(row)).doubleValue())
                .toArray())
        : "%s";
  }

  /** No decimals for whole numbers; else three, or more where the largest would not be seen. */
  static String format(double... values) {
    double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
    if (Arrays.stream(values).allMatch(v -> v == Math.rint(v))) {
      return "%.0f";
    }
    if (largest < 1e-6) {
      return "%.2e";
    }
    return "%." + Math.max(3, 2 - (int) Math.floor(Math.log10(largest))) + "f";
  }

  /** A number without the sign of a zero to which it is rounded. */
  static String number(String format, double value) {
    String text = String.format(Locale.ROOT, format, value);
    return text.startsWith("-") && text.chars().noneMatch(c -> c >= '1' && c <= '9')
        ? text.substring(1)
        : text;
  }
}
