package org.affect4j.dataset;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.affect4j.dataset.LoadReport.Kind;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/**
 * What all loaders share while they read one dataset: finding and reading label files, the row that
 * is filled, counting what is odd, and the checksum over everything that was read. For one thread.
 */
final class Loading {
  private static final int LISTED = 12;

  private final String name;
  private final Path root;
  private final ImageStore images;
  private final LoadReport.Builder report = new LoadReport.Builder();
  private final Columns columns = new Columns();
  private final RowBuilder row = new RowBuilder(report);
  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> splitOfSubject = new HashMap<>();
  private final Map<Integer, PixelBox> boxes = new HashMap<>();
  private final Map<Integer, Landmarks> landmarks = new HashMap<>();
  private final MessageDigest digest;

  Loading(String name, Path root, ImageStore images) {
    this.name = name;
    this.root = root;
    this.images = images;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  // ---- files

  /** A file or folder that has to be there. */
  static Path require(Path path, String expectation) throws IOException {
    if (!Files.exists(path)) {
      throw new DatasetFormatException(
          "%s does not exist; expected %s. Found in %s: %s"
              .formatted(path, expectation, nearest(path), listing(nearest(path))));
    }
    return path;
  }

  /** The first of several names that exists. */
  static Path requireOne(Path folder, String expectation, String... names) throws IOException {
    for (String candidate : names) {
      if (Files.exists(folder.resolve(candidate))) {
        return folder.resolve(candidate);
      }
    }
    throw new DatasetFormatException(
        "%s holds none of %s; expected %s. Found: %s"
            .formatted(folder, Arrays.asList(names), expectation, listing(nearest(folder))));
  }

  private static Path nearest(Path path) {
    Path at = path.toAbsolutePath();
    while (at.getParent() != null && !Files.isDirectory(at)) {
      at = at.getParent();
    }
    return at;
  }

  private static List<String> listing(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(LISTED).toList();
    }
  }

  /** Files and folders below a folder that match a pattern such as "*.csv", sorted by name. */
  static List<Path> glob(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (var stream = Files.newDirectoryStream(folder, pattern)) {
      stream.forEach(found::add);
    }
    found.sort(null);
    return found;
  }

  /** As {@link #glob}, at least one. */
  static List<Path> globSome(Path folder, String pattern, String expectation) throws IOException {
    List<Path> found = glob(require(folder, expectation), pattern);
    if (found.isEmpty()) {
      throw new DatasetFormatException(
          "%s holds no %s; expected %s. Found: %s"
              .formatted(folder, pattern, expectation, listing(nearest(folder))));
    }
    return found;
  }

  static String stem(Path file) {
    String text = file.getFileName().toString();
    int dot = text.lastIndexOf('.');
    return dot < 0 ? text : text.substring(0, dot);
  }

  // ---- reading

  /** A file with named columns; separator and byte-order mark may differ, which is noted. */
  Rows csv(Path file) throws IOException {
    addToChecksum(file);
    char separator = separator(file);
    if (separator != ',') {
      note("separator '%s' instead of ','".formatted(separator == '\t' ? "tab" : separator), file);
    }
    return new Rows(file.toString(), delimited(file, separator));
  }

  /** A file of tab-separated values without names of columns. */
  Rows.Source tabs(Path file) throws IOException {
    addToChecksum(file);
    return delimited(file, '\t');
  }

  private Rows.Source delimited(Path file, char separator) throws IOException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(separator);
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(1 << 20);
    settings.setMaxColumns(4096);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setLineSeparatorDetectionEnabled(true);
    // A second thread would cost more than it saves on rows as short as these.
    settings.setReadInputOnSeparateThread(false);
    CsvParser parser = new CsvParser(settings);
    parser.beginParsing(reader(file));
    return new Rows.Source() {
      @Override
      public String[] next() {
        String[] record = parser.parseNext();
        return record == null ? new String[0] : record;
      }

      @Override
      public void close() {
        parser.stopParsing();
      }
    };
  }

  /** The first sheet of a workbook, with named columns. */
  Rows xlsx(Path file) throws IOException {
    addToChecksum(file);
    ReadableWorkbook workbook;
    try {
      workbook = new ReadableWorkbook(file.toFile());
    } catch (RuntimeException | IOException e) {
      throw new DatasetFormatException(
          file + " is no xlsx workbook; save it as xlsx or give the CSV", e);
    }
    Stream<Row> stream = workbook.getFirstSheet().openStream();
    Iterator<Row> rows = stream.iterator();
    int[] width = {0};
    return new Rows(
        file.toString(),
        new Rows.Source() {
          @Override
          public String[] next() {
            while (rows.hasNext()) {
              Row row = rows.next();
              width[0] = width[0] == 0 ? row.getCellCount() : width[0];
              String[] record = new String[width[0]];
              for (int i = 0; i < record.length; i++) {
                record[i] = i < row.getCellCount() ? row.getCellText(i) : "";
              }
              if (Arrays.stream(record).anyMatch(cell -> !cell.isBlank())) {
                return record;
              }
            }
            return new String[0];
          }

          @Override
          public void close() throws IOException {
            stream.close();
            workbook.close();
          }
        });
  }

  /** All lines that are not blank. */
  List<String> lines(Path file) throws IOException {
    addToChecksum(file);
    try (BufferedReader in = new BufferedReader(reader(file))) {
      return in.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
  }

  /** The words of all lines that are not blank, of which each must have a number of words. */
  List<String[]> words(Path file, int least, int most, String expectation) throws IOException {
    List<String[]> all = new ArrayList<>();
    for (String line : lines(file)) {
      String[] words = line.split("[\\s,]+");
      if (words.length < least || words.length > most) {
        throw new DatasetFormatException(
            "%s, line '%s' has %d words, expected %s"
                .formatted(file, line, words.length, expectation));
      }
      all.add(words);
    }
    return all;
  }

  private Reader reader(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(4);
    byte[] head = in.readNBytes(3);
    in.reset();
    Charset charset = StandardCharsets.UTF_8;
    int skip = 0;
    if (head.length == 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB) {
      skip = 3;
    } else if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
      skip = 2;
      charset = StandardCharsets.UTF_16LE;
    } else if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
      skip = 2;
      charset = StandardCharsets.UTF_16BE;
    }
    in.skipNBytes(skip);
    return new InputStreamReader(in, charset);
  }

  private char separator(Path file) throws IOException {
    try (BufferedReader in = new BufferedReader(reader(file))) {
      String line = in.readLine();
      String header = line == null ? "" : line;
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

  /** Adds a label file to the checksum: its path below the root and its bytes. */
  void addToChecksum(Path file) throws IOException {
    require(file, "a label file");
    Path below = file.startsWith(root) ? root.relativize(file) : file.getFileName();
    addToChecksum(below.toString());
    byte[] buffer = new byte[1 << 16];
    byte[] head = new byte[3];
    boolean first = true;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        if (first && n >= 3) {
          System.arraycopy(buffer, 0, head, 0, 3);
        }
        first = false;
      }
    }
    if (head[0] == (byte) 0xEF && head[1] == (byte) 0xBB || (head[0] & head[1] & 0xFE) == 0xFE) {
      note("byte-order mark at the beginning", file);
    }
  }

  /** Adds a name that is a label to the checksum. */
  void addToChecksum(String text) {
    digest.update(text.replace('\\', '/').getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  // ---- rows

  /** Begins a row. */
  RowBuilder start(String image) {
    return row.start(image);
  }

  /** Adds the row that was begun, unless its name was there before or its photo is missing. */
  void add() throws IOException {
    if (!keys.add(row.key)) {
      skip("name occurs again; the first one was kept", row.key);
      return;
    }
    if (images.isAvailable() && !images.contains(row.image)) {
      skip("photo is missing", row.image);
      return;
    }
    int number = columns.size();
    row.box.ifPresent(box -> boxes.put(number, box));
    row.landmarks.ifPresent(points -> landmarks.put(number, points));
    if (!row.split.isEmpty() && !row.subject.isEmpty()) {
      String before = splitOfSubject.putIfAbsent(row.subject, row.split);
      if (before != null && !before.equals(row.split)) {
        report.add(
            Kind.NOTED,
            "row of a subject who is also in another official split",
            "%s (%s, %s)".formatted(row.subject, before, row.split));
      }
    }
    columns.append(row);
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
   * Makes the dataset.
   *
   * @param crops whether every photo is one face crop, which can be taken whole where no landmarks
   *     are found
   */
  AffectDataset finish(boolean crops) throws DatasetFormatException {
    if (columns.size() == 0) {
      throw new DatasetFormatException(
          "no sample of %s could be read from %s: %s".formatted(name, root, report.build(name, 0)));
    }
    if (!images.isAvailable()) {
      note("photos were not found: labels only", root.toString());
    }
    return new LoadedDataset(
        name,
        root,
        columns.toTable(name),
        report.build(name, columns.size()),
        HexFormat.of().formatHex(digest.digest()),
        images,
        crops,
        boxes,
        landmarks);
  }
}
