package org.affect4j.table;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.affect4j.table.AnalyzedInput.Status;

/**
 * A CSV file to which the rows of one input after another are appended, and which can be taken up
 * again after an interruption at any byte, by the same inputs or others.
 *
 * <p>Before it is written to, the lock's file is told how long the table is and will be. A table
 * that is found with either length is whole; one in between is cut back. A table of which nothing
 * is known (an earlier version was killed, or files were copied) loses a torn last line, and its
 * last input is read again if it is asked for.
 */
public final class FaceCsv implements FaceOutput {
  private static final int MOST_COLUMNS = 1 << 16;

  private final GrowingFile bytes;
  private final Path file;
  private final List<String> notes = new ArrayList<>();
  private Map<String, String> settings = Map.of();
  private Provenance provenance;
  private List<String> columns;
  private WrittenInputs written = WrittenInputs.none();

  private boolean empty;
  private boolean unknown;
  private Optional<Status> begun = Optional.empty();

  /**
   * An input that an earlier run could not read, or not to its end.
   *
   * @param input its name in the file
   * @param status its status in the file
   * @param start where its rows begin, in bytes
   * @param end where they end
   */
  public record Faulty(String input, String status, long start, long end) {}

  private FaceCsv(GrowingFile bytes) {
    this.bytes = bytes;
    file = bytes.path();
  }

  /**
   * Takes a file for one run, without changing it yet.
   *
   * @param csv the file; its folder must exist
   * @param overwriting whether to begin anew
   * @param columns header; "input" first, and a "status"
   * @param settings models and options that change a row
   * @return the file; {@link #takeUp} comes next
   * @throws IOException if another run has the file, it cannot be written, or it holds rows of
   *     another kind
   */
  public static FaceCsv open(
      Path csv, boolean overwriting, List<String> columns, Map<String, String> settings)
      throws IOException {
    FaceCsv opened = new FaceCsv(GrowingFile.open(csv));
    try {
      opened.check(overwriting, columns, settings);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void check(boolean overwriting, List<String> now, Map<String, String> made)
      throws IOException {
    settings = made;
    List<String> header = header(now);
    if (overwriting && !header.isEmpty()) {
      if (!header.get(0).equals(now.get(0))) {
        throw new IOException(
            file
                + " is no table by affect4j, and is not replaced; name another file, or remove it");
      }
      header = List.of();
    }
    if (header.isEmpty()) {
      columns = now;
      provenance = Provenance.starting(file, settings);
    } else {
      columns = header;
      Optional<Provenance> before = Provenance.beside(file);
      if (before.isPresent()) {
        before.get().require(settings, file);
      }
      unknown = before.isEmpty();
      provenance = before.orElseGet(() -> Provenance.starting(file, settings));
    }
    if (!columns.equals(now) && !isEarlier(columns, now)) {
      throw new IOException(
          "%s exists and has other columns than this run writes; name another file, or replace it (--overwrite)"
              .formatted(file));
    }
    empty = header.isEmpty();
    if (!columns.equals(now)) {
      notes.add(file + " is of an earlier version and continued with its own columns");
    }
  }

  /** Whether a file of an earlier version has these columns where there are others now. */
  private static boolean isEarlier(List<String> header, List<String> columns) {
    List<String> before = new ArrayList<>(columns);
    return before.remove(FaceColumns.ROLL) && before.equals(header);
  }

  /** The columns of the file; none if nothing is in it but perhaps a header, or a part of one. */
  private List<String> header(List<String> now) throws IOException {
    byte[] wanted = Csv.line(now).getBytes(StandardCharsets.UTF_8);
    byte[] there = bytes.bytes(0, wanted.length);
    if (there.length < wanted.length && Arrays.equals(there, Arrays.copyOf(wanted, there.length))) {
      return List.of();
    }
    Csv.Scanner rows = new Csv.Scanner(bytes.bytes(), MOST_COLUMNS);
    rows.next();
    List<String> header = rows.cells();
    boolean ours = !header.isEmpty() && header.get(0).equals(now.get(0));
    return ours && !rows.next() ? List.of() : header;
  }

  /**
   * Returns what relative names in the file start from.
   *
   * @return a folder
   */
  public Path base() {
    return provenance.base(file);
  }

  /**
   * Returns what the user should know.
   *
   * @return sentences, unmodifiable
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * Returns the inputs of this run whose rows are all in the file, the faulty ones not.
   *
   * @return their places, unmodifiable
   */
  public Set<String> done() {
    return Collections.unmodifiableSet(written.done());
  }

  /**
   * Returns the inputs of this run that an earlier one could not read, or not to their end.
   *
   * @return their rows by their places, unmodifiable
   */
  public Map<String, Faulty> faulty() {
    return Collections.unmodifiableMap(written.faulty());
  }

  /**
   * Finds out what is there, cuts off what is torn, and makes the file ready for more rows.
   *
   * @param place tells of a name where its input lies
   * @param asked places of the inputs of this run
   * @throws IOException if the file cannot be read or written, or another program has changed it
   */
  public void takeUp(UnaryOperator<String> place, Set<String> asked) throws IOException {
    boolean whole = bytes.mend().orElse(provenance.isEnded());
    if (!empty) {
      int status = columns.indexOf(FaceColumns.STATUS);
      Csv.Scanner rows = new Csv.Scanner(bytes.bytes(), status + 1);
      written = WrittenInputs.scan(file, rows, status, whole, place, asked);
    }
    bytes.cut(written.end());
    if (unknown) {
      provenance = provenance.withUnrecorded(written.size());
      notes.add(
          "%s has no record of how it was made: its %d inputs are kept as they are"
              .formatted(file, written.size()));
    }
    provenance = provenance.continued(settings);
    provenance.save(file);
    if (empty) {
      write(Csv.line(columns));
    }
  }

  /** The file is as before if it fails. */
  @Override
  public void append(FaceTable rows) throws IOException {
    write(Csv.lines(rows, columns));
    written.count(status(rows).label(), 1);
  }

  /** What became of the input whose rows these are. */
  static Status status(FaceTable rows) {
    return Status.together(rows.texts(FaceColumns.STATUS));
  }

  private void write(String text) throws IOException {
    bytes.append(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void begin(String input, Map<String, String> facts) throws IOException {
    note(input, facts);
    bytes.begin();
    begun = Optional.empty();
  }

  /**
   * Notes what is known of an input besides its rows.
   *
   * @param input its name
   * @param facts such as when it was recorded
   * @throws IOException if that cannot be written
   */
  public void note(String input, Map<String, String> facts) throws IOException {
    if (!facts.equals(provenance.videos().get(input))) {
      provenance = provenance.with(input, facts);
      provenance.save(file);
    }
  }

  @Override
  public void add(FaceTable rows) throws IOException {
    write(Csv.lines(rows, columns));
    Status status = status(rows);
    begun = Optional.of(begun.map(status::and).orElse(status));
  }

  @Override
  public void end() throws IOException {
    bytes.end();
    written.count(begun.orElseThrow().label(), 1);
  }

  @Override
  public Map<String, Map<String, String>> facts() {
    return provenance.videos();
  }

  /**
   * Puts rows in the place of those of inputs that were faulty before, in one step.
   *
   * @param better rows by what they replace, in the order of the file; those that say the same as
   *     before change nothing
   * @throws IOException if they cannot be written; the file is as before
   */
  public void replace(Map<Faulty, FaceTable> better) throws IOException {
    bytes.replace(
        out -> {
          long from = 0;
          for (Map.Entry<Faulty, FaceTable> entry : better.entrySet()) {
            bytes.copy(from, entry.getKey().start(), out);
            Channels.newOutputStream(out)
                .write(Csv.lines(entry.getValue(), columns).getBytes(StandardCharsets.UTF_8));
            from = entry.getKey().end();
          }
          bytes.copy(from, bytes.size(), out);
        });
    better.forEach(
        (before, rows) -> {
          written.count(before.status(), -1);
          written.count(status(rows).label(), 1);
        });
  }

  /**
   * Tells whether rows say what stands in the file already.
   *
   * @param place rows in the file
   * @param rows rows that were made now
   * @return true if they are the same
   * @throws IOException if the file cannot be read
   */
  public boolean holds(Faulty place, FaceTable rows) throws IOException {
    byte[] there = bytes.bytes(place.start(), place.end());
    return Arrays.equals(there, Csv.lines(rows, columns).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Notes that all inputs have their rows.
   *
   * @throws IOException if the record cannot be written
   */
  public void finish() throws IOException {
    provenance.ending(written.counts()).save(file);
    bytes.settle();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
