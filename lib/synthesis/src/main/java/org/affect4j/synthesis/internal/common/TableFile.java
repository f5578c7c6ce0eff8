package org.affect4j.synthesis.internal.common;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the readable tables among the library's resources: fields between tabs, # for comments. */
public final class TableFile {
  private TableFile() {}

  /**
   * Reads a table.
   *
   * @param owner class of the package that the resource lies in
   * @param resource name of the file
   * @param fields how many fields every row has
   * @return rows without comments and blank lines
   */
  public static List<String[]> rows(Class<?> owner, String resource, int fields) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the library is incomplete: it lacks " + resource);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> fields(resource, line, fields))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] fields(String resource, String line, int expected) {
    String[] f = line.split("\t");
    if (f.length != expected) {
      throw new IllegalStateException(
          "%s: expected %d fields in '%s', got %d".formatted(resource, expected, line, f.length));
    }
    return f;
  }
}
