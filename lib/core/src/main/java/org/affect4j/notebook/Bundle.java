package org.affect4j.notebook;

import java.util.Map;

/**
 * One content in several MIME types; a notebook shows the richest that it can.
 *
 * @param data content by MIME type, binary content in Base64; always with {@code text/plain}
 * @param metadata of a PNG, in the words of Jupyter: {@code width} and {@code height} in pixels of
 *     the page, {@code alt} for those who do not see it; empty if there is no PNG
 */
record Bundle(Map<String, String> data, Map<String, Object> metadata) {
  static final String PLAIN = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";

  Bundle {
    data = Map.copyOf(data);
    metadata = Map.copyOf(metadata);
    if (!data.containsKey(PLAIN)) {
      throw new IllegalArgumentException("a bundle needs " + PLAIN + ", got " + data.keySet());
    }
  }

  static Bundle plain(String text) {
    return new Bundle(Map.of(PLAIN, text), Map.of());
  }

  static Bundle html(String markup, String text) {
    return new Bundle(Map.of(HTML, markup, PLAIN, text), Map.of());
  }

  String text() {
    return data.get(PLAIN);
  }
}
