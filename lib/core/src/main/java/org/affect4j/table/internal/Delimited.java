package org.affect4j.table.internal;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Text files of values as programs write them: separated by commas, semicolons or tabs, with any
 * line end, quoted or not, with a byte-order mark or not.
 */
public final class Delimited {
  private Delimited() {}

  /**
   * Opens a file.
   *
   * @param file any text
   * @param separator between two values
   * @return its records, blank lines left out; to be closed
   * @throws IOException if it cannot be read
   */
  public static Stream<String[]> records(Path file, char separator) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(separator);
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(1 << 20);
    settings.setMaxColumns(1 << 16);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setLineSeparatorDetectionEnabled(true);
    // A second thread would cost more than it saves on rows as short as these.
    settings.setReadInputOnSeparateThread(false);
    CsvParser parser = new CsvParser(settings);
    return StreamSupport.stream(parser.iterate(reader(file)).spliterator(), false)
        .onClose(parser::stopParsing);
  }

  /**
   * Opens a file.
   *
   * @param file any text
   * @return its characters, in the encoding that its byte-order mark names, else UTF-8
   * @throws IOException if it cannot be read
   */
  public static Reader reader(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(4);
    Optional<Charset> marked = marked(in.readNBytes(3));
    in.reset();
    Charset charset = marked.orElse(StandardCharsets.UTF_8);
    in.skipNBytes(marked.map(c -> "\uFEFF".getBytes(c).length).orElse(0));
    return new InputStreamReader(in, charset);
  }

  /**
   * Looks for a byte-order mark.
   *
   * @param head a file's first three bytes
   * @return the encoding that a mark names
   */
  public static Optional<Charset> marked(byte[] head) {
    String start = HexFormat.of().withUpperCase().formatHex(head);
    return start.equals("EFBBBF")
        ? Optional.of(StandardCharsets.UTF_8)
        : start.startsWith("FFFE")
            ? Optional.of(StandardCharsets.UTF_16LE)
            : start.startsWith("FEFF") ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  /**
   * Looks which separator the header shows. The rows are not asked, as a parser that guesses would:
   * AffectNet keeps 136 numbers between semicolons in one of nine values.
   *
   * @param file any text
   * @return comma, semicolon or tab
   * @throws IOException if it cannot be read
   */
  public static char separator(Path file) throws IOException {
    try (BufferedReader in = new BufferedReader(reader(file))) {
      String line = in.readLine();
      // What stands in quotes separates nothing.
      String header = line == null ? "" : line.replaceAll("\"[^\"]*\"", "");
      char best = ',';
      for (char candidate : new char[] {';', '\t'}) {
        if (count(header, candidate) > count(header, best)) {
          best = candidate;
        }
      }
      return best;
    }
  }

  private static long count(String text, char c) {
    return text.chars().filter(x -> x == c).count();
  }
}
