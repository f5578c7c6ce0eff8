package org.affect4j.notebook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One content in several MIME types; a notebook shows the richest that it can.
 *
 * @param data content by MIME type, binary content in Base64; always with {@code text/plain}
 * @param alt what a PNG shows, in words, for those who do not see it
 */
record Bundle(Map<String, String> data, Optional<String> alt) {
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
    return new Bundle(Map.of(PLAIN, text), Optional.empty());
  }

  static Bundle html(String markup, String text) {
    return new Bundle(Map.of(HTML, markup, PLAIN, text), Optional.empty());
  }

  String text() {
    return data.get(PLAIN);
  }
}
