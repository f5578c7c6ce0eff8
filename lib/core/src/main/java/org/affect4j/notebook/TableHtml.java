package org.affect4j.notebook;

import java.util.Arrays;
import java.util.Locale;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/** Turns tables into HTML and text: numbers right aligned, with the same decimals in a column. */
final class TableHtml {
  private static final String CELL = "padding:2px 10px;white-space:pre-wrap;text-align:";

  private TableHtml() {}

  /** Escaped markup, which scrolls where the page is narrower. */
  static String of(Table table, int rows) {
    Table shown = first(table, rows);
    StringBuilder html = new StringBuilder("<div style=\"max-width:100%;overflow-x:auto\"><table>");
    if (table.name() != null && !table.name().isBlank()) {
      html.append("<caption>").append(Html.escape(table.name())).append("</caption>");
    }
    html.append("<thead><tr>");
    for (Column<?> column : shown.columns()) {
      cell(html, "th", column, column.name());
    }
    html.append("</tr></thead><tbody>");
    for (int row = 0; row < shown.rowCount(); row++) {
      html.append("<tr>");
      for (Column<?> column : shown.columns()) {
        cell(html, "td", column, column.isMissing(row) ? "" : column.getString(row));
      }
      html.append("</tr>");
    }
    html.append("</tbody></table></div>");
    String more = more(table, rows);
    return more.isEmpty() ? html.toString() : html + "<p>" + more + "</p>";
  }

  static String text(Table table, int rows) {
    return (first(table, rows).print() + "\n" + more(table, rows)).stripTrailing();
  }

  private static Table first(Table table, int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("a table is shown with 1 or more rows, got " + rows);
    }
    Table first = table.first(rows);
    for (Column<?> column : first.columns()) {
      ColumnType type = column.type();
      if (type == ColumnType.DOUBLE || type == ColumnType.FLOAT) {
        NumericColumn<?> numbers = (NumericColumn<?>) column;
        double[] values =
            Arrays.stream(numbers.asDoubleArray()).filter(v -> !Double.isNaN(v)).toArray();
        numbers.setPrintFormatter(new Alike(format(values)));
      }
    }
    return first;
  }

  private static String more(Table table, int rows) {
    int left = table.rowCount() - rows;
    return left <= 0
        ? ""
        : String.format(Locale.ROOT, "… %,d more %s", left, left == 1 ? "row" : "rows");
  }

  private static void cell(StringBuilder html, String tag, Column<?> column, String text) {
    String align = column instanceof NumericColumn<?> ? "right" : "left";
    html.append("<%s style=\"%s%s\">%s</%1$s>".formatted(tag, CELL, align, Html.escape(text)));
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

  /** Writes all numbers of a column alike. */
  private static final class Alike extends NumberColumnFormatter {
    private final String format;

    Alike(String format) {
      this.format = format;
    }

    @Override
    public String format(double value) {
      return Double.isNaN(value) ? "" : number(format, value);
    }

    @Override
    public String format(float value) {
      return format((double) value);
    }
  }
}
