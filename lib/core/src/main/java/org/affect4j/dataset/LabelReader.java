package org.affect4j.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.dataset.LoadReport.Kind;
import org.affect4j.dataset.internal.ClipEnds;
import org.affect4j.image.PictureFormat;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.internal.Delimited;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/**
 * What all loaders share while they read one dataset: reading label files, the row that is filled,
 * counting what is odd, and the checksum over everything that was read. For one thread.
 */
final class LabelReader {
  private final String name;
  private final Path root;
  private final ImageStore images;
  private final LoadReport.Builder report = new LoadReport.Builder();
  private final FaceTableBuilder table;
  private final LabelRow row = new LabelRow(report);
  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> splitOfSubject = new HashMap<>();
  private final Set<String> listed = new HashSet<>();
  private final Set<Path> read = new HashSet<>();
  private final MessageDigest digest;
  private final ClipEnds clips = new ClipEnds();
  private final List<String> withoutPhoto = new ArrayList<>();
  private OptionalInt firstFrame = OptionalInt.empty();

  LabelReader(String name, Path root, ImageStore images) {
    this.name = name;
    this.root = root;
    this.images = images;
    this.table = new FaceTableBuilder(name, FaceColumns.DATASET);
    this.digest = DigestUtils.getSha256Digest();
  }

  /** Says what number the label files give to the first frame of a clip. */
  LabelReader framesFrom(int first) {
    firstFrame = OptionalInt.of(first);
    return this;
  }

  /** A file with named columns; separator and byte-order mark may differ, which is noted. */
  Rows csv(Path file) throws IOException {
    addToChecksum(file);
    char separator = Delimited.separator(file);
    if (separator != ',') {
      note("separator '%s' instead of ','".formatted(separator == '\t' ? "tab" : separator), file);
    }
    return new Rows(file.toString(), Delimited.records(file, separator));
  }

  /** Begins the row that is made of a record. */
  interface RowFiller {
    void fill(Rows rows) throws IOException;
  }

  /**
   * Adds a row for each record of a file with named columns, or of the first sheet of a workbook.
   *
   * @param filler begins the row
   * @param columns have to be there, be there records or not
   */
  void read(Path file, RowFiller filler, String... columns) throws IOException {
    try (Rows rows = file.toString().endsWith(".xlsx") ? xlsx(file) : csv(file)) {
      for (String column : columns) {
        rows.column(column);
      }
      while (rows.next()) {
        filler.fill(rows);
        add();
      }
    }
  }

  /** A file of tab-separated values without names of columns. */
  Stream<String[]> tabs(Path file) throws IOException {
    addToChecksum(file);
    return Delimited.records(file, '\t');
  }

  private Rows xlsx(Path file) throws IOException {
    addToChecksum(file);
    List<Row> cells;
    try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile())) {
      cells = workbook.getFirstSheet().read();
    } catch (RuntimeException | IOException e) {
      throw new DatasetFormatException(
          file + " is no xlsx workbook; save it as xlsx or give the CSV", e);
    }
    int width = cells.isEmpty() ? 0 : cells.get(0).getCellCount();
    return new Rows(
        file.toString(),
        cells.stream()
            .map(
                row ->
                    IntStream.range(0, width)
                        .mapToObj(i -> i < row.getCellCount() ? row.getCellText(i) : "")
                        .toArray(String[]::new))
            .filter(record -> Arrays.stream(record).anyMatch(cell -> !cell.isBlank())));
  }

  /** All lines that are not blank. */
  List<String> lines(Path file) throws IOException {
    addToChecksum(file);
    try (BufferedReader in = new BufferedReader(Delimited.reader(file))) {
      return in.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }

  /** The words of all lines that are not blank, of which each must have a number of words. */
  List<String[]> words(Path file, int count, String expectation) throws IOException {
    List<String[]> all = new ArrayList<>();
    for (String line : lines(file)) {
      String[] words = line.split("[\\s,]+");
      if (words.length != count) {
        throw new DatasetFormatException(
            "%s, line '%s' has %d words, expected %s"
                .formatted(file, line, words.length, expectation));
      }
      all.add(words);
    }
    return all;
  }

  /** Adds a label file to the checksum: its path below the root and its bytes. */
  void addToChecksum(Path file) throws IOException {
    LabelPlaces.require(file, "a label file");
    read.add(absolute(file));
    Path below = file.startsWith(root) ? root.relativize(file) : file.getFileName();
    addToChecksum(below.toString());
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      if (Delimited.marked(in.readNBytes(3)).isPresent()) {
        note("byte-order mark at the beginning", file);
      }
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Adds a name that is a label to the checksum. */
  void addToChecksum(String text) {
    digest.update(text.replace('\\', '/').getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Begins a row. */
  LabelRow start(String image) {
    return row.start(image);
  }

  /** Adds the row that was begun, unless its name was there before or its photo is missing. */
  void add() throws IOException {
    String image = row.text(FaceColumns.INPUT);
    if (!keys.add(row.key())) {
      skip("name occurs again; the first one was kept", row.key());
      return;
    }
    if (images.isAvailable()) {
      boolean there = images.contains(image);
      row.frame().ifPresent(frame -> clips.add(ClipEnds.clip(image), frame, image, there));
      if (!there) {
        withoutPhoto.add(image);
        return;
      }
    }
    String split = row.text(FaceColumns.SPLIT);
    String subject = row.text(FaceColumns.SUBJECT);
    if (!split.isEmpty() && !subject.isEmpty()) {
      String before = splitOfSubject.putIfAbsent(subject, split);
      if (before != null && !before.equals(split)) {
        note(
            "row of a subject who is also in another official split",
            "%s (%s, %s)".formatted(subject, before, split));
      }
    }
    listed.add(image);
    row.addTo(table);
  }

  void skip(String reason, String example) {
    report.add(Kind.SKIPPED, reason, example);
  }

  void note(String reason, Path file) {
    note(reason, file.getFileName().toString());
  }

  void note(String reason, String example) {
    report.add(Kind.NOTED, reason, example);
  }

  /**
   * Counts the pictures of the first folder that exists that no row names: photos without a label.
   */
  void noteUnlisted(Path... folders) throws IOException {
    noteUnlisted(List.of(folders), UnaryOperator.identity());
  }

  /** As above, of pictures that rows may also name as the function does. */
  void noteUnlisted(List<Path> folders, UnaryOperator<String> nameOfFile) throws IOException {
    Optional<Path> folder = folders.stream().filter(Files::isDirectory).findFirst();
    if (folder.isPresent()) {
      noteUnlisted(PhotoTree.of(folder.get()), nameOfFile);
    }
  }

  private void noteUnlisted(PhotoTree photos, UnaryOperator<String> nameOfFile) {
    for (String picture : photos.pictures().keySet()) {
      if (!listed.contains(picture) && !listed.contains(nameOfFile.apply(picture))) {
        note("photo has no label: it is in no list", picture);
      }
    }
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** Counts the pictures that no row names, and the other files. */
  void noteRest(PhotoTree photos) {
    noteUnlisted(photos, UnaryOperator.identity());
    noteOthers(photos);
  }

  /** Counts the files that are no pictures and were not read either, by their ending. */
  void noteOthers(PhotoTree photos) {
    for (String file : photos.others()) {
      if (!read.contains(absolute(root.resolve(file)))) {
        String extension = PictureFormat.extension(file);
        note(
            "file is no picture: not looked at (%s)"
                .formatted(extension.isEmpty() ? "no ending" : "." + extension),
            file);
      }
    }
  }

  /**
   * Makes the dataset.
   *
   * @param crops whether every photo is one face crop, which can be taken whole where no landmarks
   *     are found
   */
  AffectDataset finish(boolean crops) throws DatasetFormatException {
    skipWithoutPhoto(crops);
    if (table.size() == 0) {
      throw new DatasetFormatException(
          "no sample of %s could be read from %s: %s".formatted(name, root, report.build(name, 0)));
    }
    if (!images.isAvailable()) {
      note("photos were not found: labels only", root.toString());
    }
    FaceTable rows = table.build();
    List<String> names = rows.texts(FaceColumns.INPUT);
    return new LoadedDataset(
        name,
        root,
        rows,
        report.build(name, rows.size()),
        Hex.encodeHexString(digest.digest()),
        crops,
        firstFrame,
        row -> images.read(names.get(row)));
  }

  /** Crops end with the last face that was found; only whole frames tell where their clip ends. */
  private void skipWithoutPhoto(boolean crops) throws DatasetFormatException {
    try {
      Set<String> surplus = crops ? Set.of() : new HashSet<>(clips.surplus());
      for (String image : withoutPhoto) {
        skip(
            surplus.contains(image)
                ? "photo is missing behind the last frame of its clip: surplus label cut"
                : "photo is missing",
            image);
      }
    } catch (IllegalArgumentException e) {
      throw new DatasetFormatException("%s, %s: %s".formatted(name, root, e.getMessage()), e);
    }
  }
}
