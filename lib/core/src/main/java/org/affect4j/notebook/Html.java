package org.affect4j.notebook;

import java.util.Objects;
import org.affect4j.chart.Picture;
import tech.tablesaw.api.Table;

/**
 * HTML that {@link Show} hands to the notebook as it is, unescaped. Never put text of unknown
 * origin in it without {@link #escape(String)}.
 *
 * @param markup a fragment of HTML
 */
public record Html(String markup) implements HtmlContent {
  /**
   * Checks that there is markup.
   *
   * @param markup a fragment of HTML
   */
  public Html {
    Objects.requireNonNull(markup, "markup");
  }

  /**
   * Makes the HTML of a table: escaped, numbers right aligned, with the same decimals in a column.
   *
   * @param table the table
   * @param rows how many rows at most, 1 or more; a line says how many more there are
   * @return a {@code <table>}
   * @throws IllegalArgumentException if {@code rows} is below 1
   */
  public static Html of(Table table, int rows) {
    return new Html(TableHtml.of(table, rows));
  }

  /**
   * Makes the HTML of a picture, which is part of the page and needs no file beside it.
   *
   * @param picture the picture
   * @return an {@code <img>} with the picture as PNG and its description as text alternative
   */
  public static Html of(Picture picture) {
    return new Html(Show.image(picture));
  }

  /**
   * Makes text safe to place in HTML, as content or as a quoted attribute.
   *
   * @param text any text
   * @return the text with {@code & < > " '} replaced by entities
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String html() {
    return markup;
  }

  /** Returns the markup. */
  @Override
  public String toString() {
    return markup;
  }
}
