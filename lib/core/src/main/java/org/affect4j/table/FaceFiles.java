package org.affect4j.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.affect4j.face.Expression;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.internal.Delimited;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;

/** Finds out by its header who wrote a CSV file of faces, and reads it. For one reading. */
final class FaceFiles {
  private static final Pattern UNIT = Pattern.compile("au[ _]?0*(\\d+)(_[rc])?");

  /** Numbers that no other program would take for a name, as it would {@code 007}. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)?(\\.\\d+)?([eE][-+]?\\d+)?");

  private static final int SHOWN = 200;

  /** Who wrote a file. */
  private enum Tool {
    AFFECT4J("affect4j"),
    OPENFACE("OpenFace"),
    PY_FEAT("py-feat");

    private final String label;

    Tool(String label) {
      this.label = label;
    }
  }

  private final FaceTableBuilder table;

  /** How many faces a photo or frame has up to here, where the tool does not number them. */
  private final Map<String, Integer> faces = new HashMap<>();

  private Path file;
  private Map<String, Integer> header;
  private String[] record;
  private long number;

  private FaceFiles(FaceTableBuilder table) {
    this.table = table;
  }

  static FaceTable read(Path fileOrFolder) throws IOException {
    List<Path> files = files(fileOrFolder);
    Tool tool = tool(files.get(0));
    for (Path file : files) {
      if (tool(file) != tool) {
        throw new IOException(
            "%s is a file of %s, but %s of %s; read files of two tools one after another"
                .formatted(file, tool(file).label, files.get(0), tool.label));
      }
    }
    List<String> known = FaceColumns.analysis(0);
    FaceFiles reading =
        new FaceFiles(
            new FaceTableBuilder(
                tool.label,
                tool == Tool.AFFECT4J
                    ? List.of()
                    : known.subList(0, known.indexOf(FaceColumns.SCORE) + 1)));
    for (Path file : files) {
      reading.readFile(file, tool);
    }
    FaceTable read = reading.table.build();
    return switch (tool) {
      case AFFECT4J -> typed(read);
      case OPENFACE -> read;
      case PY_FEAT -> withoutNumbersOfPhotos(read);
    };
  }

  /** What py-feat calls a frame is the number of a photo in its batch where there is one alone. */
  private static FaceTable withoutNumbersOfPhotos(FaceTable read) {
    Map<String, Set<Double>> frames = new HashMap<>();
    List<String> inputs = read.texts(FaceColumns.INPUT);
    double[] numbers = read.numbers(FaceColumns.FRAME);
    for (int row = 0; row < numbers.length; row++) {
      frames.computeIfAbsent(inputs.get(row), i -> new HashSet<>()).add(numbers[row]);
    }
    IntColumn ofVideos = IntColumn.create(FaceColumns.FRAME);
    for (int row = 0; row < numbers.length; row++) {
      if (Double.isNaN(numbers[row]) || frames.get(inputs.get(row)).size() == 1) {
        ofVideos.appendMissing();
      } else {
        ofVideos.append((int) numbers[row]);
      }
    }
    return read.with(ofVideos);
  }

  private static List<Path> files(Path fileOrFolder) throws IOException {
    if (!Files.exists(fileOrFolder)) {
      throw new NoSuchFileException(fileOrFolder.toString(), null, "there is no such file");
    }
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> all = Files.list(fileOrFolder)) {
      List<Path> files =
          all.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".csv"))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      if (files.isEmpty()) {
        throw new NoSuchFileException(
            fileOrFolder.toString(),
            null,
            "the folder has no file *.csv; expected a tool's output");
      }
      return files;
    }
  }

  private static Tool tool(Path file) throws IOException {
    try (Stream<String[]> records = Delimited.records(file, Delimited.separator(file))) {
      String[] first = records.findFirst().orElse(new String[0]);
      Map<String, Integer> header = header(file, first);
      if (header.containsKey("facescore")) {
        return Tool.PY_FEAT;
      }
      if (header.containsKey("confidence")
          && (header.containsKey("success") || header.containsKey("face"))) {
        return Tool.OPENFACE;
      }
      if (header.containsKey(FaceColumns.INPUT)) {
        return Tool.AFFECT4J;
      }
      String found = String.join(",", first);
      throw new IOException(
          ("%s is no table of faces: expected a CSV file by affect4j (input, frame, …), OpenFace (of"
                  + " a video: frame, …, confidence, success, …, AU01_r, …; of a photo: face,"
                  + " confidence, …) or py-feat (…, FaceScore, …, AU01, …), found the columns %s")
              .formatted(file, found.length() > SHOWN ? found.substring(0, SHOWN) + "…" : found));
    }
  }

  private static Map<String, Integer> header(Path file, String[] first) throws IOException {
    if (first.length == 0) {
      throw new IOException(file + " is empty; expected a line with the names of its columns");
    }
    Map<String, Integer> header = new LinkedHashMap<>();
    for (int i = 0; i < first.length; i++) {
      if (header.put(first[i].strip().toLowerCase(Locale.ROOT), i) != null) {
        throw new IOException(file + " has two columns '" + first[i].strip() + "'; expected one");
      }
    }
    return header;
  }

  private void readFile(Path csv, Tool tool) throws IOException {
    file = csv;
    number = 1;
    try (Stream<String[]> source = Delimited.records(csv, Delimited.separator(csv))) {
      Iterator<String[]> records = source.iterator();
      String[] names = records.next();
      header = header(csv, names);
      if (tool == Tool.OPENFACE && header.keySet().stream().noneMatch(h -> unit(h).matches())) {
        throw new IOException(
            file + " has no columns such as AU01_c or AU01_r; run OpenFace with -aus");
      }
      if (tool == Tool.AFFECT4J) {
        table.columns(Stream.of(names).map(String::strip).toList());
      }
      while (records.hasNext()) {
        record = records.next();
        number++;
        if (record.length != names.length) {
          throw problem("%d values, expected %d as in the first line", record.length, names.length);
        }
        try {
          switch (tool) {
            case AFFECT4J -> own(names);
            case OPENFACE -> openFace();
            case PY_FEAT -> pyFeat();
          }
        } catch (IllegalArgumentException e) {
          throw problem("%s", e.getMessage());
        }
        table.add();
      }
    }
  }

  private IOException problem(String format, Object... values) {
    return new IOException("%s, record %d: ".formatted(file, number) + format.formatted(values));
  }

  private static Matcher unit(String column) {
    return UNIT.matcher(column);
  }

  private void own(String[] names) {
    for (int i = 0; i < names.length; i++) {
      String name = names[i].strip();
      boolean text =
          FaceColumns.find(name).map(c -> c.type().equals(ColumnType.STRING)).orElse(true);
      if (text) {
        table.set(name, record[i]);
      } else {
        table.set(name, number(name.toLowerCase(Locale.ROOT)));
      }
    }
  }

  private void openFace() {
    boolean lost = has("success") && number("success") != 1;
    table.set(FaceColumns.INPUT, stem());
    copy("frame", FaceColumns.FRAME);
    copy("timestamp", FaceColumns.TIMESTAMP);
    copy("confidence", FaceColumns.SCORE);
    if (lost) {
      noFace("OpenFace lost the face (success is not 1)");
      return;
    }
    String id = has("face_id") ? "face_id" : "face";
    table.set(FaceColumns.STATUS, Status.OK.label());
    table.set(FaceColumns.FACE, has(id) ? number(id) : 0);
    units();
  }

  private void pyFeat() {
    String input = has("input") ? record[header.get("input")] : stem();
    table.set(FaceColumns.INPUT, input);
    copy("frame", FaceColumns.FRAME);
    copy("facescore", FaceColumns.SCORE);
    double[] box =
        Stream.of("facerectx", "facerecty", "facerectwidth", "facerectheight")
            .mapToDouble(this::number)
            .toArray();
    if (!(box[2] > 0 && box[3] > 0)) {
      noFace("py-feat found no face");
      return;
    }
    table.set(FaceColumns.STATUS, Status.OK.label());
    String frame = has("frame") ? record[header.get("frame")] : "";
    table.set(FaceColumns.FACE, faces.merge(input + "#" + frame, 1, Integer::sum) - 1);
    for (int i = 0; i < box.length; i++) {
      table.set(FaceColumns.BOX.get(i).name(), box[i]);
    }
    units();
    if (Expression.ALL.stream().allMatch(e -> has(e.label()))) {
      Expression.ALL.forEach(e -> copy(e.label(), e.column()));
      Expression.ALL.stream()
          .filter(e -> number(e.label()) >= 0)
          .max(Comparator.comparingDouble(e -> number(e.label())))
          .ifPresent(e -> table.set(FaceColumns.EXPRESSION, e.label()));
    }
  }

  private void noFace(String reason) {
    table.set(FaceColumns.STATUS, Status.NO_FACE.label());
    table.set(FaceColumns.REASON, reason);
  }

  /** All units, those that affect4j does not know under names of the same form. */
  private void units() {
    for (String column : header.keySet()) {
      Matcher unit = unit(column);
      if (unit.matches()) {
        String name = "au%02d".formatted(Integer.parseInt(unit.group(1)));
        copy(column, "_r".equals(unit.group(2)) ? name + "_intensity" : name);
      }
    }
  }

  private boolean has(String column) {
    return header.containsKey(column);
  }

  private void copy(String from, String to) {
    if (has(from)) {
      table.set(to, number(from));
    }
  }

  private double number(String column) {
    if (!has(column)) {
      throw new IllegalArgumentException("there is no column '%s'".formatted(column));
    }
    String text = record[header.get(column)].strip();
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' in column '%s' is no number".formatted(text, column), e);
    }
  }

  private String stem() {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** Makes numbers of the columns of the user's own that hold nothing else. */
  private static FaceTable typed(FaceTable read) {
    FaceTable typed = read;
    for (String column : read.columns()) {
      List<String> texts = FaceColumns.find(column).isPresent() ? List.of() : read.texts(column);
      if (texts.stream().anyMatch(t -> !t.isEmpty())
          && texts.stream().allMatch(t -> t.isEmpty() || isNumber(t))) {
        typed =
            typed.with(
                DoubleColumn.create(
                    column,
                    texts.stream()
                        .mapToDouble(t -> t.isEmpty() ? Double.NaN : Double.parseDouble(t))));
      }
    }
    return typed;
  }

  private static boolean isNumber(String text) {
    return text.chars().anyMatch(Character::isDigit) && NUMBER.matcher(text).matches();
  }
}
