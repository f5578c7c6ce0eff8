package org.affect4j.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.affect4j.analysis.CsvOutput;
import org.affect4j.analysis.DatasetAnalysis;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceNames;
import org.affect4j.table.FaceTable;
import org.affect4j.table.Provenance;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import tech.tablesaw.api.StringColumn;

/**
 * What a model said of the photos of a dataset: computed now, or read from a CSV that affect4j,
 * OpenFace or py-feat wrote. Immutable.
 *
 * <p>Predictions find their rows by name, see {@link FaceNames}; the name of a row is the one that
 * {@link DatasetAnalysis#inputNames} gives. Frames of videos, which affect4j and py-feat count from
 * 0 and OpenFace from 1, are numbered as the labels are ({@link AffectDataset#firstFrame()}); those
 * of a folder of pictures have the numbers of the pictures' names. A photo with several predicted
 * faces counts with the one of the highest detection score.
 */
public final class Predictions {
  private final FaceTable table;
  private final FaceNames names;
  private final Map<String, String> provenance;

  /** Surplus labels, where time steps have made frames of single pictures. */
  private final Optional<Set<Integer>> surplus;

  private Predictions(
      FaceTable table, Map<String, String> provenance, Optional<Set<Integer>> surplus) {
    this.table = table;
    this.surplus = surplus;
    this.names = FaceNames.of(table);
    this.provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /**
   * Reads rows of a dataset with an analyser, in memory.
   *
   * @param analyzer the model
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code input} and {@code row}
   * @param listener hears of every row done
   * @return one prediction per row, with the record of the model
   * @throws IOException if the run is interrupted
   */
  public static Predictions by(
      FaceAnalyzer analyzer, AffectDataset dataset, FaceTable rows, ProgressListener listener)
      throws IOException {
    return of(DatasetAnalysis.standard().run(analyzer, dataset, rows, listener), analyzer.models());
  }

  /**
   * Reads rows of a dataset with an analyser into a CSV file, or goes on with it. Its {@link
   * Provenance} keeps which model read which data.
   *
   * @param analyzer the model; used by all workers at once
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code input} and {@code row}
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
      FaceTable rows,
      CsvOutput csv,
      int workers,
      ProgressListener listener)
      throws IOException {
    Path file =
        csv.file()
            .orElseThrow(
                () -> new IllegalArgumentException("predictions are read back: name a file"));
    new DatasetAnalysis(false, workers).run(analyzer, dataset, rows, csv, listener);
    return of(FaceTable.read(file), Provenance.beside(file).orElseThrow().entries());
  }

  /**
   * Takes predictions that are there already.
   *
   * @param table has a column {@code input}; outputs that have no column are missing
   * @param provenance what made them, such as {@code model -> name}; stands in every report
   * @return the predictions
   * @throws IllegalArgumentException if there is no column {@code input}
   */
  public static Predictions of(FaceTable table, Map<String, String> provenance) {
    return new Predictions(table, provenance, Optional.empty());
  }

  /**
   * Reads predictions with {@link FaceTable#read}, which finds out who wrote them. Beside a CSV of
   * {@code affect4j evaluate} the record of the model is read too.
   *
   * @param csv a file by {@code affect4j analyze} or {@code evaluate}, OpenFace or py-feat, or a
   *     folder of those of one tool
   * @return the predictions
   * @throws IOException if a file cannot be read, or is by none of the three
   */
  public static Predictions read(Path csv) throws IOException {
    FaceTable table = FaceTable.read(csv);
    Map<String, String> provenance = new LinkedHashMap<>();
    Provenance.beside(csv).ifPresent(made -> provenance.putAll(made.entries()));
    provenance.put("predictions of", csv.toAbsolutePath().getFileName().toString());
    provenance.put("predictions by", table.name());
    provenance.put("predictions SHA-256", sha256(csv));
    return of(table, provenance);
  }

  private static String sha256(Path fileOrFolder) throws IOException {
    try (Stream<Path> files = Files.walk(fileOrFolder, 1)) {
      MessageDigest digest = DigestUtils.getSha256Digest();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        DigestUtils.updateDigest(digest, file);
      }
      return Hex.encodeHexString(digest.digest());
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
   * Returns what was predicted.
   *
   * @return one row per face, and one per photo without a face
   */
  public FaceTable table() {
    return table;
  }

  /**
   * Returns how many photos were predicted.
   *
   * @return photos, those without a face included
   */
  public int size() {
    return names.rows().size();
  }

  /**
   * Returns how many faces stand beside another of a higher score in the same photo, and are not
   * used.
   *
   * @return faces
   */
  public long spareFaces() {
    return names.several();
  }

  /**
   * Takes the steps along time that a measurement is repeated after. Faces of videos are tracks by
   * {@code face_id}; predictions of single pictures are one face a clip, and have the clip and the
   * frame of their label.
   *
   * @param dataset the dataset, whose labels tell which pictures are frames of a clip
   * @param steps what is done
   * @return other values, some of them in frames without a face before
   * @throws IllegalArgumentException if a face stands twice in a frame
   */
  public Predictions overTime(AffectDataset dataset, TimeSteps steps) {
    List<OptionalInt> matches = match(dataset);
    FaceTable placed = ClipFrames.placed(numberedAs(dataset), dataset, matches, steps.rate());
    Map<String, String> made = new LinkedHashMap<>(provenance);
    made.put("over time", steps.toString());
    return new Predictions(steps.apply(placed), made, Optional.of(surplus(dataset, matches)));
  }

  /** The table, its frames counted as the labels count them. */
  private FaceTable numberedAs(AffectDataset dataset) {
    return surplus.isPresent() || !table.has(FaceColumns.FRAME)
        ? table
        : ClipFrames.renumbered(table, dataset.firstFrame());
  }

  /** Rows of labels behind the last frame of a predicted video. */
  Set<Integer> surplus(AffectDataset dataset, List<OptionalInt> matches) {
    return surplus.orElseGet(() -> ClipFrames.surplus(dataset, table, matches));
  }

  /** The row that belongs to each row of a dataset; empty where there is none. */
  List<OptionalInt> match(AffectDataset dataset) {
    FaceTable rows = dataset.table();
    FaceTable numbered = numberedAs(dataset);
    return (numbered == table ? names : FaceNames.of(numbered))
        .find(
            rows.selectColumns(FaceColumns.SUBJECT::equals)
                .with(
                    StringColumn.create(
                        FaceColumns.INPUT, DatasetAnalysis.inputNames(dataset, rows))));
  }

  /** The predicted photos that are no row of the dataset, given what {@link #match} found. */
  List<String> strangers(List<OptionalInt> matches) {
    Set<Integer> known = new HashSet<>();
    matches.forEach(row -> row.ifPresent(known::add));
    return names.rows().entrySet().stream()
        .filter(entry -> !known.contains(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What became of a photo; a table of one's own that does not say it holds faces. */
  String status(int row) {
    return table.text(row, FaceColumns.STATUS).orElse(AnalyzedInput.Status.OK.label());
  }
}
