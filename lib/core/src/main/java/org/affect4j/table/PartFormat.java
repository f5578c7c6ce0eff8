package org.affect4j.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * A kind of file that is written whole, and cannot grow as a CSV does: rows are a folder of such
 * parts. The library itself has none: the module {@code affect4j-parquet} brings Parquet, which is
 * found on the class path.
 */
public interface PartFormat {
  /** The extension of outputs that are folders of parts. */
  String PARQUET = ".parquet";

  /**
   * Finds the format of an output by its name.
   *
   * @param output where rows go to, or come from
   * @return its format; empty for all that are no parts
   * @throws IOException if the name is that of parts, and the module is not there
   */
  static Optional<PartFormat> of(Path output) throws IOException {
    if (!output.toString().endsWith(PARQUET)) {
      return Optional.empty();
    }
    Optional<PartFormat> found =
        ServiceLoader.load(PartFormat.class, PartFormat.class.getClassLoader()).findFirst();
    if (found.isEmpty()) {
      throw new IOException(
          output
              + " is Parquet, which the module affect4j-parquet reads and writes: add"
              + " org.affect4j:affect4j-parquet to the class path");
    }
    return found;
  }

  /** A part being written. */
  interface Part extends AutoCloseable {
    /**
     * Adds rows.
     *
     * @param rows have the columns of the part, or some of them
     * @throws IOException if they cannot be written
     */
    void add(FaceTable rows) throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * Begins a part.
   *
   * @param file does not exist yet
   * @param columns its columns, of the types of {@link FaceColumns}; others are texts
   * @return the part, readable once it is closed
   * @throws IOException if it cannot be written
   */
  Part create(Path file, List<String> columns) throws IOException;

  /**
   * Names the columns of a part.
   *
   * @param file a part
   * @return names in order
   * @throws IOException if it cannot be read
   */
  List<String> columns(Path file) throws IOException;

  /**
   * Reads a part.
   *
   * @param file a part
   * @param wanted tells which columns are read
   * @return its rows
   * @throws IOException if it cannot be read
   */
  FaceTable read(Path file, Predicate<String> wanted) throws IOException;
}
