package org.affect4j.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A CSV file to which the rows of one input after another are appended, and which can be taken up
 * again after an interruption at any byte, by the same inputs or others.
 *
 * <p>Before it is written to, the lock's file is told how long the table is and will be. A table
 * that is found with either length is whole; one in between is cut back. A table of which nothing
 * is known (an earlier version was killed, or files were copied) loses a torn last line, and its
 * last input is read again if it is asked for.
 */
public final class FaceCsv implements AutoCloseable {
  private static final int MOST_COLUMNS = 1 << 16;

  private final Path file;
  private final OutputLock lock;
  private final WholeWrites writes = new WholeWrites();
  private final List<String> notes = new ArrayList<>();
  private FileChannel channel;
  private Provenance provenance;
  private List<String> columns;
  private WrittenInputs written = WrittenInputs.none();

  private boolean empty;
  private boolean unknown;
  private long size;

  /**
   * An input that an earlier run could not read, or not to its end.
   *
   * @param input its name in the file
   * @param status its status in the file
   * @param start where its rows begin, in bytes
   * @param end where they end
   */
  public record Faulty(String input, String status, long start, long end) {}

  private FaceCsv(Path file, OutputLock lock, FileChannel channel) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
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
    // Through links, so that a file has one lock and one record whatever it is called.
    Path file = InputName.real(csv);
    OutputLock lock = OutputLock.of(file);
    FaceCsv opened;
    try {
      opened = new FaceCsv(file, lock, channel(file));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    try {
      opened.begin(overwriting, columns, settings);
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void begin(boolean overwriting, List<String> now, Map<String, String> settings)
      throws IOException {
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

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** The columns of the file; none if nothing is in it but perhaps a header, or a part of one. */
  private List<String> header(List<String> now) throws IOException {
    byte[] wanted = Csv.line(now).getBytes(StandardCharsets.UTF_8);
    byte[] there = new byte[(int) Math.min(channel.size(), wanted.length)];
    channel.read(ByteBuffer.wrap(there), 0);
    if (there.length < wanted.length && Arrays.equals(there, Arrays.copyOf(wanted, there.length))) {
      return List.of();
    }
    Csv.Scanner rows = scanner(MOST_COLUMNS);
    rows.next();
    List<String> header = rows.cells();
    boolean ours = !header.isEmpty() && header.get(0).equals(now.get(0));
    return ours && !rows.next() ? List.of() : header;
  }

  /** From the beginning; not closed, which would close the channel. */
  private Csv.Scanner scanner(int kept) throws IOException {
    InputStream in = Channels.newInputStream(channel.position(0));
    return new Csv.Scanner(new BufferedInputStream(in, 1 << 16), kept);
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
    boolean whole = provenance.isEnded();
    Optional<OutputLock.Intent> left = lock.left();
    if (left.isPresent()) {
      long before = left.get().before();
      long after = left.get().after();
      if (before < channel.size() && channel.size() < after) {
        channel.truncate(before);
      }
      whole = channel.size() == before || channel.size() == after;
    }
    Files.deleteIfExists(draft());
    if (!empty) {
      int status = columns.indexOf(FaceColumns.STATUS);
      written = WrittenInputs.scan(file, scanner(status + 1), status, whole, place, asked);
    }
    size = written.end();
    lock.intend(size, size);
    channel.truncate(size);
    if (unknown) {
      provenance = provenance.withUnrecorded(written.size());
      notes.add(
          "%s has no record of how it was made: its %d inputs are kept as they are"
              .formatted(file, written.size()));
    }
    provenance = provenance.continued();
    provenance.save(file);
    if (empty) {
      write(Csv.line(columns));
    }
  }

  /**
   * Appends all rows of one input.
   *
   * @param rows at least one, with a status
   * @throws IOException if they cannot be written; the file is as before
   */
  public void append(FaceTable rows) throws IOException {
    write(Csv.lines(rows, columns));
    written.count(status(rows), 1);
  }

  private static String status(FaceTable rows) {
    return rows.text(0, FaceColumns.STATUS).orElseThrow();
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    writes.run(
        () -> {
          long end = size + bytes.remaining();
          lock.intend(size, end);
          try {
            while (bytes.hasRemaining()) {
              channel.write(bytes, end - bytes.remaining());
            }
          } catch (IOException e) {
            undo(e);
            throw failure(file, e);
          }
          size = end;
        });
  }

  private void undo(IOException failure) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      // The next run does it, by the lock's file.
      failure.addSuppressed(e);
    }
  }

  static IOException failure(Path file, IOException cause) {
    return new IOException(
        "could not write to %s (%s); rows that were written stay: make space and run the same command again to go on"
            .formatted(file, cause.getMessage() == null ? cause : cause.getMessage()),
        cause);
  }

  /**
   * Puts rows in the place of those of inputs that were faulty before, in one step.
   *
   * @param better rows by what they replace, in the order of the file; those that say the same as
   *     before change nothing
   * @throws IOException if they cannot be written; the file is as before
   */
  public void replace(Map<Faulty, FaceTable> better) throws IOException {
    Path draft = draft();
    long length;
    try (FileChannel out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
      }
      long from = 0;
      for (Map.Entry<Faulty, FaceTable> entry : better.entrySet()) {
        copy(from, entry.getKey().start(), out);
        Channels.newOutputStream(out)
            .write(Csv.lines(entry.getValue(), columns).getBytes(StandardCharsets.UTF_8));
        from = entry.getKey().end();
      }
      copy(from, size, out);
      length = out.size();
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw failure(file, e);
    }
    writes.run(
        () -> {
          lock.intend(size, length);
          channel.close();
          Files.move(
              draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          channel = channel(file);
          size = length;
          lock.intend(size, size);
        });
    better.forEach(
        (before, rows) -> {
          written.count(before.status(), -1);
          written.count(status(rows), 1);
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
    ByteBuffer there = ByteBuffer.allocate((int) (place.end() - place.start()));
    channel.read(there, place.start());
    return Arrays.equals(there.array(), Csv.lines(rows, columns).getBytes(StandardCharsets.UTF_8));
  }

  private Path draft() {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private void copy(long from, long to, FileChannel out) throws IOException {
    for (long at = from; at < to; ) {
      at += channel.transferTo(at, to - at, out);
    }
  }

  /**
   * Notes that all inputs have their rows.
   *
   * @throws IOException if the record cannot be written
   */
  public void finish() throws IOException {
    provenance.ending(written.counts()).save(file);
    lock.settle();
  }

  @Override
  public void close() throws IOException {
    writes.close();
    try (lock) {
      channel.close();
    }
  }
}
