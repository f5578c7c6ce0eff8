package org.affect4j.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.affect4j.analysis.CsvOutput;
import org.affect4j.analysis.DatasetAnalysis;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.ToolOutput;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Expression;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a model said of the photos of a dataset: computed now, or read from a CSV that affect4j,
 * OpenFace or py-feat wrote. Immutable.
 *
 * <p>Predictions find their rows by name. Tried in turn are: the name that {@link
 * DatasetAnalysis#inputNames} gives; the end of a path, so that {@code photos/angry/1.jpg} of a
 * folder's analysis is the dataset's {@code angry/1.jpg}; {@code subject} and {@code frame}, for
 * videos; and the bare name of the file without its ending, unless two photos share it. A photo
 * with several predicted faces counts with the one of the highest detection score.
 */
public final class Predictions {
  private static final String AMBIGUOUS = "";

  private final Map<String, String> provenance;
  private final Map<String, Reading> byName = new LinkedHashMap<>();
  private final Map<String, String> byEnding = new HashMap<>();
  private final long spareFaces;

  private Predictions(Map<String, String> provenance, List<Reading> readings) {
    this.provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    long spare = 0;
    for (Reading reading : readings) {
      Reading before = byName.get(reading.name());
      spare += before == null ? 0 : 1;
      if (before == null || reading.score() > before.score()) {
        byName.put(reading.name(), reading);
      }
    }
    this.spareFaces = spare;
    for (String name : byName.keySet()) {
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        String ending = name.substring(slash + 1);
        byEnding.merge(ending, name, (one, other) -> AMBIGUOUS);
      }
      String stem = stem(name);
      if (!byName.containsKey(stem)) {
        byEnding.merge(stem, name, (one, other) -> AMBIGUOUS);
      }
    }
  }

  /**
   * One prediction.
   *
   * @param name name of the photo, with slashes
   * @param status as in {@link AnalyzedInput.Status#label()}
   * @param score detector's score, 0 where there is none
   * @param expression index of the expression, -1 for none
   * @param probabilities of the expressions, NaN for none
   * @param units probabilities, NaN for none
   * @param valence -1 to 1, NaN for none
   * @param arousal -1 to 1, NaN for none
   */
  record Reading(
      String name,
      String status,
      double score,
      int expression,
      double[] probabilities,
      double[] units,
      double valence,
      double arousal) {}

  /**
   * Reads rows of a dataset with an analyser, in memory.
   *
   * @param analyzer the model
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code image} and {@code row}
   * @param listener hears of every row done
   * @return one prediction per row, with the record of the model
   * @throws IOException if the run is interrupted
   */
  public static Predictions by(
      FaceAnalyzer analyzer, AffectDataset dataset, Table rows, ProgressListener listener)
      throws IOException {
    return of(
        DatasetAnalysis.standard().run(analyzer, dataset, rows, listener).table(),
        analyzer.models());
  }

  /**
   * Reads rows of a dataset with an analyser into a CSV file, or goes on with it. Its {@link
   * Provenance} keeps which model read which data.
   *
   * @param analyzer the model; used by all workers at once
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code image} and {@code row}
   * @param csv output, a file whose folder exists
   * @param workers faces read at the same time, 1 or more
   * @param listener hears of every row done
   * @return the predictions in the file
   * @throws IOException if the output cannot be written, is being written by another run, or holds
   *     predictions of another model or other data
   * @throws IllegalArgumentException if the output is no file
   */
  public static Predictions by(
      FaceAnalyzer analyzer,
      AffectDataset dataset,
      Table rows,
      CsvOutput csv,
      int workers,
      ProgressListener listener)
      throws IOException {
    Path file =
        csv.file()
            .orElseThrow(
                () -> new IllegalArgumentException("predictions are read back: name a file"));
    new DatasetAnalysis(false, workers).run(analyzer, dataset, rows, csv, listener);
    return of(FaceTable.read(file).table(), Provenance.beside(file).orElseThrow().entries());
  }

  /**
   * Takes predictions that are there already.
   *
   * @param table as {@link FaceTable#table} gives it
   * @param provenance what made them, such as {@code model -> name}; stands in every report
   * @return the predictions
   */
  public static Predictions of(Table table, Map<String, String> provenance) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < table.rowCount(); i++) {
      readings.add(
          new Reading(
              slashes(table.stringColumn("input").get(i)),
              table.stringColumn("status").get(i),
              table.doubleColumn("score").isMissing(i) ? 0 : table.doubleColumn("score").get(i),
              expression(table.stringColumn("expression").get(i)),
              values(table, i, Expression.ALL.stream().map(Expression::column)),
              values(table, i, ActionUnit.ALL.stream().map(ActionUnit::column)),
              table.doubleColumn("valence").getDouble(i),
              table.doubleColumn("arousal").getDouble(i)));
    }
    return new Predictions(provenance, readings);
  }

  /**
   * Takes what another tool measured.
   *
   * @param tool from {@link ToolOutput}
   * @return the predictions; frames in which the tool lost the face have none
   */
  public static Predictions ofTool(AffectDataset tool) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("predictions of", tool.name());
    provenance.put("predictions SHA-256", tool.checksum());
    Table table = tool.table();
    StringColumn image = table.stringColumn("image");
    IntColumn frame = table.intColumn("frame");
    Map<String, Integer> frames = new HashMap<>();
    for (int i = 0; i < table.rowCount(); i++) {
      if (!frame.isMissing(i)) {
        frames.merge(image.get(i), frame.getInt(i), (one, other) -> one.equals(other) ? one : -1);
      }
    }
    DoubleColumn confidence = table.doubleColumn("confidence");
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < table.rowCount(); i++) {
      boolean video = frames.getOrDefault(image.get(i), 0) < 0;
      double[] units = values(table, i, ActionUnit.ALL.stream().map(ActionUnit::column));
      int expression = expression(table.stringColumn("expression").get(i));
      boolean lost = expression < 0 && Arrays.stream(units).allMatch(Double::isNaN);
      readings.add(
          new Reading(
              slashes(image.get(i)) + (video ? "#" + frame.getInt(i) : ""),
              (lost ? AnalyzedInput.Status.NO_FACE : AnalyzedInput.Status.OK).label(),
              confidence.isMissing(i) ? 0 : confidence.getDouble(i),
              expression,
              values(table, i, Expression.ALL.stream().map(Expression::column)),
              units,
              Double.NaN,
              Double.NaN));
    }
    return new Predictions(provenance, readings);
  }

  /**
   * Reads a CSV and finds out by its header who wrote it. Beside a CSV of {@code affect4j evaluate}
   * the record of the model is read too.
   *
   * @param csv from {@code affect4j analyze} or {@code evaluate}, OpenFace or py-feat
   * @return the predictions
   * @throws IOException if the file cannot be read, or is by none of the three
   */
  public static Predictions read(Path csv) throws IOException {
    String header;
    try (Stream<String> lines = Files.lines(csv)) {
      header = lines.findFirst().orElse("").toLowerCase(Locale.ROOT);
    }
    if (header.contains("facescore")) {
      return ofTool(ToolOutput.pyFeat(csv));
    }
    if (header.contains("success") && header.contains("au01_")) {
      return ofTool(ToolOutput.openFace(csv));
    }
    if (!header.startsWith("input,")) {
      throw new IOException(
          csv
              + " is no table of predictions: expected one by affect4j (input, frame, …), OpenFace"
              + " (…, success, …, AU01_c, …) or py-feat (…, FaceScore, …, AU01, …)");
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    Provenance.beside(csv).ifPresent(made -> provenance.putAll(made.entries()));
    provenance.put("predictions of", csv.getFileName().toString());
    provenance.put("predictions SHA-256", sha256(csv));
    return of(FaceTable.read(csv).table(), provenance);
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Returns what made the predictions.
   *
   * @return name and value of each entry, unmodifiable
   */
  public Map<String, String> provenance() {
    return provenance;
  }

  /**
   * Returns how many photos were predicted.
   *
   * @return photos, those without a face included
   */
  public int size() {
    return byName.size();
  }

  /**
   * Returns how many faces stand beside another of a higher score in the same photo, and are not
   * used.
   *
   * @return faces
   */
  public long spareFaces() {
    return spareFaces;
  }

  /** The predicted photos that are no row of the dataset, whatever its split. */
  List<String> strangers(AffectDataset dataset) {
    Set<String> known = new HashSet<>();
    match(dataset, dataset.table()).forEach(r -> r.ifPresent(reading -> known.add(reading.name())));
    return byName.keySet().stream().filter(name -> !known.contains(name)).toList();
  }

  /** The prediction of each row, empty where none was found. */
  List<Optional<Reading>> match(AffectDataset dataset, Table rows) {
    Table all = dataset.table();
    Map<String, Integer> stems = new HashMap<>();
    for (String image : all.stringColumn("image")) {
      stems.merge(fileStem(slashes(image)), 1, Integer::sum);
    }
    List<String> names = DatasetAnalysis.inputNames(dataset, rows);
    StringColumn subject = rows.stringColumn("subject");
    IntColumn frame = rows.intColumn("frame");
    List<Optional<Reading>> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = slashes(names.get(i));
      List<String> candidates = new ArrayList<>(List.of(name, stem(name)));
      if (!frame.isMissing(i) && !subject.isMissing(i)) {
        candidates.add(1, subject.get(i) + "#" + frame.getInt(i));
      }
      if (stems.getOrDefault(fileStem(name), 0) == 1) {
        candidates.add(fileStem(name));
      }
      found.add(candidates.stream().flatMap(c -> find(c).stream()).findFirst());
    }
    return found;
  }

  private Optional<Reading> find(String name) {
    Reading exact = byName.get(name);
    String ending = byEnding.getOrDefault(name, AMBIGUOUS);
    return Optional.ofNullable(exact == null ? byName.get(ending) : exact);
  }

  private static double[] values(Table table, int row, Stream<String> columns) {
    return columns
        .mapToDouble(
            name ->
                table.containsColumn(name) ? table.doubleColumn(name).getDouble(row) : Double.NaN)
        .toArray();
  }

  private static int expression(String label) {
    return Expression.ALL.stream()
        .filter(e -> e.label().equals(label))
        .findFirst()
        .map(Expression::ordinal)
        .orElse(-1);
  }

  private static String slashes(String path) {
    return path.replace('\\', '/');
  }

  private static String fileStem(String path) {
    return stem(path.substring(path.lastIndexOf('/') + 1));
  }

  private static String stem(String path) {
    int dot = path.lastIndexOf('.');
    return dot <= path.lastIndexOf('/') + 1 ? path : path.substring(0, dot);
  }
}
