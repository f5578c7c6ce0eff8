package org.affect4j.analysis;

import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file to which the rows of one input after another are appended, and which can be taken up
 * again after an interruption at any byte.
 */
final class ResumableCsv implements AutoCloseable {
  private final Path file;
  private final OutputStream out;
  private final Set<String> finished;
  private long written;

  private ResumableCsv(Path file, OutputStream out, Set<String> finished) {
    this.file = file;
    this.out = out;
    this.finished = finished;
    this.written = finished.size();
  }

  /**
   * Starts a file, or cuts an interrupted one back to its last finished input.
   *
   * @param file output; its folder must exist
   * @param columns header
   * @return the file, ready for more rows
   * @throws IOException if the file cannot be written, or holds something else
   */
  static ResumableCsv open(Path file, List<String> columns) throws IOException {
    byte[] header = line(columns).getBytes(StandardCharsets.UTF_8);
    Set<String> finished = Set.of();
    if (Files.isRegularFile(file) && Files.size(file) > 0) {
      finished = cutBack(file, header);
    }
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    ResumableCsv csv = new ResumableCsv(file, out, finished);
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      try {
        csv.write(header);
      } catch (IOException e) {
        out.close();
        throw e;
      }
    }
    return csv;
  }

  /** Inputs whose rows are all in the file. */
  Set<String> finished() {
    return Collections.unmodifiableSet(finished);
  }

  /** Appends all rows of one input in one write, so that an interruption rarely splits them. */
  void append(List<List<String>> rows) throws IOException {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(line(row)));
    write(text.toString().getBytes(StandardCharsets.UTF_8));
    written++;
  }

  private void write(byte[] bytes) throws IOException {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new IOException(
          "could not write to %s after %d inputs (%s); what was written stays: make space and run the same command again to go on"
              .formatted(file, written, e.getMessage()),
          e);
    }
  }

  static String line(List<String> cells) {
    CsvWriterSettings settings = new CsvWriterSettings();
    CsvFormat format = new CsvFormat();
    format.setLineSeparator("\n");
    settings.setFormat(format);
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setMaxColumns(Math.max(512, cells.size()));
    StringWriter text = new StringWriter();
    CsvWriter writer = new CsvWriter(text, settings);
    writer.writeRow(cells);
    writer.close();
    return text.toString();
  }

  private static Set<String> cutBack(Path file, byte[] header) throws IOException {
    Set<String> finished = new LinkedHashSet<>();
    String last = "";
    long cut = header.length;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      if (!Arrays.equals(in.readNBytes(header.length), header)) {
        throw new IOException(
            file
                + " exists and was not written by this command with the same options; name another output or remove it");
      }
      long position = header.length;
      for (byte[] line = nextLine(in); line.length > 0; line = nextLine(in)) {
        if (line[line.length - 1] == '\n') {
          String input = firstCell(new String(line, StandardCharsets.UTF_8));
          if (!input.equals(last)) {
            // The input before is complete, because another one follows it.
            finished.add(last);
            last = input;
            cut = position;
          }
        }
        position += line.length;
      }
    }
    finished.remove("");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(cut);
    }
    return finished;
  }

  /** One line with its end; line breaks within quotes do not end it; empty at the end. */
  private static byte[] nextLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean quoted = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      quoted ^= b == '"';
      if (b == '\n' && !quoted) {
        break;
      }
    }
    return line.toByteArray();
  }

  private static String firstCell(String line) {
    if (!line.startsWith("\"")) {
      return line.substring(0, line.indexOf(','));
    }
    StringBuilder cell = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '"') {
        cell.append(c);
      } else if (line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else {
        break;
      }
    }
    return cell.toString();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
