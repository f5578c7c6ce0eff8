package org.affect4j.analysis;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.affect4j.table.ColumnChoice;
import org.affect4j.table.Provenance;

/**
 * Where rows go.
 *
 * <p>A file is continued: rows that are there stay, inputs that have rows are not read again except
 * those that were unreadable or damaged, and a row that was torn by an interruption is written
 * anew. Beside it lies its {@link Provenance}. Only one run at a time writes to a file; {@code
 * faces.csv.lock} beside it, which an interrupted run leaves, tells the next one where it stopped.
 *
 * @param file the file; empty if the rows go to a stream
 * @param overwriting whether rows that are in the file are thrown away first
 * @param stream takes the rows if there is no file; each input in one write, never closed
 * @param columns which columns are written
 */
public record CsvOutput(
    Optional<Path> file, boolean overwriting, OutputStream stream, ColumnChoice columns) {
  /**
   * Returns a file that is made, or continued.
   *
   * @param csv the file; its folder must exist. What is no regular file, such as a pipe, is written
   *     as a stream
   * @return the output
   */
  public static CsvOutput continuing(Path csv) {
    return new CsvOutput(
        Optional.of(csv), false, OutputStream.nullOutputStream(), ColumnChoice.all());
  }

  /**
   * Returns a file that is made, or begun anew.
   *
   * @param csv the file; its folder must exist. If it is there, it must be a table by this library
   * @return the output
   */
  public static CsvOutput overwriting(Path csv) {
    return new CsvOutput(
        Optional.of(csv), true, OutputStream.nullOutputStream(), ColumnChoice.all());
  }

  /**
   * Returns a stream, such as standard output.
   *
   * @param stream takes the rows; never closed here
   * @return the output
   */
  public static CsvOutput stream(OutputStream stream) {
    return new CsvOutput(Optional.empty(), false, stream, ColumnChoice.all());
  }

  /**
   * Returns this output with some columns alone.
   *
   * @param chosen which
   * @return a copy
   */
  public CsvOutput with(ColumnChoice chosen) {
    return new CsvOutput(file, overwriting, stream, chosen);
  }
}
