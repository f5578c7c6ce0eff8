package org.affect4j.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.affect4j.table.AnalyzedInput.Status;

/**
 * A folder of parts to which the rows of one input after another are added, and which can be taken
 * up again after an interruption. A part is written under a temporary name and renamed when it is
 * whole: each video is one, and photos share some. Its {@link Provenance} lies beside the folder.
 */
public final class FaceParts implements FaceOutput {
  private static final int ROWS = 5_000;
  private static final String WRITING = ".writing";

  private final Path folder;
  private final PartFormat format;
  private final List<String> columns;
  private final Map<String, String> settings;
  private final OutputLock lock;
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Set<String> done = new HashSet<>();
  private Provenance provenance;
  private int next;
  private Optional<PartFormat.Part> part = Optional.empty();
  private int rowsInPart;
  private boolean begun;
  private Optional<Status> status = Optional.empty();

  private FaceParts(
      Path folder,
      PartFormat format,
      List<String> columns,
      Map<String, String> settings,
      OutputLock lock) {
    this.folder = folder;
    this.format = format;
    this.columns = List.copyOf(columns);
    this.settings = settings;
    this.lock = lock;
  }

  /**
   * Takes a folder for one run.
   *
   * @param output the folder; made if it is not there, but its own folder must be
   * @param format of the parts
   * @param overwriting whether parts that are there are thrown away
   * @param columns "input" first, and a "status"
   * @param settings models and options that change a row
   * @return the folder
   * @throws IOException if another run has it, it cannot be written, or it holds rows of another
   *     kind
   */
  public static FaceParts open(
      Path output,
      PartFormat format,
      boolean overwriting,
      List<String> columns,
      Map<String, String> settings)
      throws IOException {
    Path folder = InputName.real(output);
    OutputLock lock = OutputLock.of(folder);
    FaceParts opened = new FaceParts(folder, format, columns, settings, lock);
    try {
      opened.check(overwriting);
      return opened;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void check(boolean overwriting) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(
          folder + " is a file; parts are written into a folder of that name: name another output");
    }
    Files.createDirectories(folder);
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.filter(f -> f.toString().endsWith(WRITING)).toList()) {
        Files.delete(file);
      }
    }
    List<Path> parts = parts(folder);
    if (overwriting) {
      for (Path old : parts) {
        Files.delete(old);
      }
      parts = List.of();
    }
    Optional<Provenance> before = parts.isEmpty() ? Optional.empty() : Provenance.beside(folder);
    if (before.isPresent()) {
      before.get().require(settings, folder);
    }
    if (!parts.isEmpty() && !format.columns(parts.get(0)).equals(columns)) {
      throw new IOException(
          "%s exists and has other columns than this run writes; name another folder, or replace it (--overwrite)"
              .formatted(folder));
    }
    provenance = before.orElseGet(() -> Provenance.starting(folder, settings)).continued(settings);
  }

  /** The whole parts of a folder, in the order in which they were written. */
  private static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(PartFormat.PARQUET)).sorted().toList();
    }
  }

  /**
   * Reads all parts.
   *
   * @param output a folder of parts, or one of them
   * @param format of the parts
   * @return their rows in the order in which they were written
   * @throws IOException if there is none, or one cannot be read
   */
  static FaceTable read(Path output, PartFormat format) throws IOException {
    List<Path> parts = Files.isDirectory(output) ? parts(output) : List.of(output);
    if (parts.isEmpty()) {
      throw new NoSuchFileException(output.toString(), null, "the folder has no whole part");
    }
    List<FaceTable> tables = new ArrayList<>();
    for (Path part : parts) {
      tables.add(format.read(part, column -> true));
    }
    return tables.get(0).append(tables.stream().skip(1).toArray(FaceTable[]::new));
  }

  /**
   * Returns what relative names of inputs start from.
   *
   * @return a folder
   */
  public Path base() {
    return provenance.base(folder);
  }

  /**
   * Finds out which inputs have their rows.
   *
   * @param place tells of a name where its input lies
   * @param asked places of the inputs of this run
   * @return places of those that are done, among them those that could not be read
   * @throws IOException if a part cannot be read
   */
  public Set<String> takeUp(UnaryOperator<String> place, Set<String> asked) throws IOException {
    provenance.save(folder);
    for (Path whole : parts(folder)) {
      String number = whole.getFileName().toString().replaceAll("\\D", "");
      next = Math.max(next, number.isEmpty() ? 0 : Integer.parseInt(number) + 1);
      FaceTable rows =
          format.read(whole, c -> c.equals(FaceColumns.INPUT) || c.equals(FaceColumns.STATUS));
      Map<String, Status> inputs = new LinkedHashMap<>();
      for (int row = 0; row < rows.size(); row++) {
        inputs.merge(
            rows.text(row, FaceColumns.INPUT).orElse(""),
            Status.of(rows.text(row, FaceColumns.STATUS).orElseThrow()),
            Status::and);
      }
      inputs.values().forEach(this::count);
      inputs.keySet().stream().map(place).filter(asked::contains).forEach(done::add);
    }
    return Set.copyOf(done);
  }

  private void count(Status of) {
    counts.merge(of.label(), 1, Integer::sum);
  }

  private Path file() {
    return folder.resolve("part-%05d%s".formatted(next, PartFormat.PARQUET));
  }

  private Path writing() {
    return folder.resolve(file().getFileName() + WRITING);
  }

  private void write(FaceTable rows) throws IOException {
    if (part.isEmpty()) {
      part = Optional.of(format.create(writing(), columns));
    }
    part.get().add(rows);
    rowsInPart += rows.size();
  }

  /** Ends the part, which is there from now on. */
  private void finishPart() throws IOException {
    if (part.isPresent()) {
      part.get().close();
      Files.move(writing(), file(), StandardCopyOption.ATOMIC_MOVE);
      part = Optional.empty();
      rowsInPart = 0;
      next++;
    }
  }

  @Override
  public void append(FaceTable rows) throws IOException {
    write(rows);
    count(FaceCsv.status(rows));
    if (rowsInPart >= ROWS) {
      finishPart();
    }
  }

  @Override
  public void begin(String input, Map<String, String> facts) throws IOException {
    finishPart();
    if (!facts.equals(provenance.videos().get(input))) {
      provenance = provenance.with(input, facts);
      provenance.save(folder);
    }
    begun = true;
    status = Optional.empty();
  }

  @Override
  public void add(FaceTable rows) throws IOException {
    write(rows);
    Status now = FaceCsv.status(rows);
    status = Optional.of(status.map(now::and).orElse(now));
  }

  @Override
  public void end() throws IOException {
    finishPart();
    begun = false;
    count(status.orElseThrow());
  }

  @Override
  public Map<String, Map<String, String>> facts() {
    return new HashMap<>(provenance.videos());
  }

  /**
   * Notes that all inputs have their rows.
   *
   * @throws IOException if the last part or the record cannot be written
   */
  public void finish() throws IOException {
    finishPart();
    provenance.ending(counts).save(folder);
  }

  /** Keeps the photos that were read; a video that has not ended is read again. */
  @Override
  public void close() throws IOException {
    try (lock) {
      if (begun && part.isPresent()) {
        part.get().close();
        Files.deleteIfExists(writing());
      } else {
        finishPart();
      }
    }
  }
}
