package org.affect4j.notebook;

/**
 * Something that a notebook shows as HTML: implement it to have {@link Show}, and the value that
 * ends a cell, show an object of your own.
 */
public interface HtmlContent {
  /**
   * Returns the content as a part of a page. Text of unknown origin in it has to be escaped, see
   * {@link Html#escape(String)}.
   *
   * @return HTML; {@code toString()} is its alternative in words
   */
  String html();
}
