package org.affect4j.notebook;

import java.util.Locale;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Turns tables into HTML: escaped, numbers to three decimals and right aligned. */
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
    for (int row = 0; row < shown; row++) {
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        cell(html, "td", numeric(column), text(column, row));
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

  private static String text(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    if (fractional(column.type()) && column.get(row) instanceof Number number) {
      return number(number.doubleValue());
    }
    return String.valueOf(column.get(row));
  }

  /** Three decimals; for numbers that these would turn into 0, three significant digits. */
  static String number(double value) {
    boolean tiny = value != 0 && Math.abs(value) < .0005;
    return String.format(Locale.ROOT, tiny ? "%.2e" : "%.3f", value);
  }
}
