package org.affect4j.notebook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One content in several MIME types; a notebook shows the richest that it can.
 *
 * @param data content by MIME type, binary content in Base64; always with {@code text/plain}
 */
record Bundle(Map<String, String> data) {
  static final String PLAIN = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";

  Bundle {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    if (!data.containsKey(PLAIN)) {
      throw new IllegalArgumentException("a bundle needs " + PLAIN + ", got " + data.keySet());
    }
  }

  static Bundle plain(String text) {
    return new Bundle(Map.of(PLAIN, text));
  }

  static Bundle html(String markup, String text) {
    return new Bundle(Map.of(HTML, markup, PLAIN, text));
  }

  String text() {
    return data.get(PLAIN);
  }
}
