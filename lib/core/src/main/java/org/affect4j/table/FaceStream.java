package org.affect4j.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows that go to a stream, such as standard output, and cannot be taken up again. */
public final class FaceStream implements FaceOutput {
  private final WholeWrites writes = new WholeWrites();
  private final OutputStream out;
  private final Path where;
  private final List<String> columns;
  private final Map<String, Map<String, String>> facts = new HashMap<>();

  /**
   * Writes the header.
   *
   * @param out takes the header, then the rows of each input in one write, of a video in some;
   *     never closed
   * @param where names it in messages
   * @param columns header
   * @throws IOException if the header cannot be written
   */
  public FaceStream(OutputStream out, Path where, List<String> columns) throws IOException {
    this.out = out;
    this.where = where;
    this.columns = List.copyOf(columns);
    write(Csv.line(columns));
  }

  @Override
  public void append(FaceTable rows) throws IOException {
    add(rows);
  }

  @Override
  public void begin(String input, Map<String, String> more) {
    facts.put(input, more);
  }

  @Override
  public void add(FaceTable rows) throws IOException {
    write(Csv.lines(rows, columns));
  }

  @Override
  public void end() {
    // Nothing is taken up again.
  }

  @Override
  public Map<String, Map<String, String>> facts() {
    return Collections.unmodifiableMap(facts);
  }

  private void write(String text) throws IOException {
    writes.run(
        () -> {
          try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
          } catch (IOException e) {
            throw GrowingFile.failure(where, e);
          }
        });
  }

  @Override
  public void close() {
    writes.close();
  }
}
