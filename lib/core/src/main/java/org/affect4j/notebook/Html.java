package org.affect4j.notebook;

import java.util.Objects;

/**
 * HTML that {@link Show} hands to the notebook as it is, unescaped. Never put text of unknown
 * origin in it without {@link #escape(String)}.
 *
 * @param markup a fragment of HTML
 */
public record Html(String markup) {
  /**
   * Checks that there is markup.
   *
   * @param markup a fragment of HTML
   */
  public Html {
    Objects.requireNonNull(markup, "markup");
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
}
