package org.affect4j.analysis;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFace;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/**
 * Analyses the faces of a dataset: exactly one result per row of its table, in the same columns,
 * order and with the same resumption as {@link FolderAnalysis}.
 *
 * <p>A dataset of face crops is read with {@link FaceAnalyzer#analyzeCrop}. Any other face is cut
 * out by the dataset's own landmarks where it gives some, else by those that the detector finds
 * inside the dataset's box or in the whole photo, else by the box alone ({@link
 * AffectDataset#face}).
 *
 * @param embeddings whether the embedding is written too
 * @param workers faces analysed at the same time, 1 or more; for throughput give the analyser one
 *     thread and use as many workers as there are processors
 */
public record DatasetAnalysis(boolean embeddings, int workers) {
  /** Checks the workers. */
  public DatasetAnalysis {
    if (workers < 1) {
      throw new IllegalArgumentException("an analysis needs 1 worker or more, got " + workers);
    }
  }

  /**
   * Returns an analysis without embeddings, with as many workers as processors.
   *
   * @return the analysis
   */
  public static DatasetAnalysis standard() {
    return new DatasetAnalysis(false, Runtime.getRuntime().availableProcessors());
  }

  /** One row to be read. */
  private record Row(int number, String input) {}

  /**
   * Analyses rows into a CSV file, or goes on with it.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code input} and {@code row}
   * @param output where rows go
   * @param listener hears of every row done
   * @return what was done
   * @throws IOException if the output cannot be written (rows already written stay), is being
   *     written by another run, or holds rows of other models, options or data
   */
  public FolderAnalysis.Summary run(
      FaceAnalyzer analyzer,
      AffectDataset dataset,
      FaceTable rows,
      CsvOutput output,
      ProgressListener listener)
      throws IOException {
    int length = embeddings ? analyzer.behaviourModel().embeddingLength() : 0;
    Map<String, String> settings =
        analyzer.settings(
            Map.of(
                "predicted dataset", dataset.name(),
                "predicted dataset SHA-256", dataset.checksum(),
                "embeddings", String.valueOf(embeddings)));
    return new CsvRun<Row>(
            workers,
            (row, base) -> row.input(),
            (name, base) -> name,
            FaceColumns.analysis(analyzer.behaviourModel().vocabulary(), length),
            settings,
            (row, name) -> FaceTable.ofInput(analyze(analyzer, dataset, row), embeddings))
        .run(rows(dataset, rows), output, listener);
  }

  /**
   * Analyses rows and keeps the results in memory, for up to some ten thousand faces.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code input} and {@code row}
   * @param listener hears of every row done
   * @return one row per row, with its embedding, in their order
   * @throws IOException if the run is interrupted
   */
  public FaceTable run(
      FaceAnalyzer analyzer, AffectDataset dataset, FaceTable rows, ProgressListener listener)
      throws IOException {
    return FaceTable.ofInputs(
        OrderedWork.list(
            rows(dataset, rows), workers, row -> analyze(analyzer, dataset, row), listener));
  }

  /**
   * Returns the names that rows have in the column {@code input} of the output: the image, or
   * {@code image#row} where a photo has several rows.
   *
   * @param dataset the dataset
   * @param rows its table, or a filtered part that kept the columns {@code input} and {@code row}
   * @return one name per row, all different; unmodifiable
   */
  public static List<String> inputNames(AffectDataset dataset, FaceTable rows) {
    // Which names repeat is asked of the whole dataset, so that a name never depends on a filter.
    Set<String> seen = new HashSet<>();
    Set<String> repeated =
        dataset.table().texts(FaceColumns.INPUT).stream()
            .filter(image -> !seen.add(image))
            .collect(Collectors.toSet());
    List<String> input = rows.texts(FaceColumns.INPUT);
    int[] number = rows.rowNumbers();
    return IntStream.range(0, number.length)
        .mapToObj(
            i -> repeated.contains(input.get(i)) ? input.get(i) + "#" + number[i] : input.get(i))
        .toList();
  }

  private static List<Row> rows(AffectDataset dataset, FaceTable rows) {
    List<String> names = inputNames(dataset, rows);
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "a row of the dataset stands twice in the table; keep one of each to go on");
    }
    int[] number = rows.rowNumbers();
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Row(number[i], names.get(i)))
        .toList();
  }

  private static AnalyzedInput analyze(FaceAnalyzer analyzer, AffectDataset dataset, Row row) {
    if (dataset.holdsCrops()) {
      try {
        return AnalyzedInput.ofCrop(row.input(), analyzer.analyzeCrop(dataset.photo(row.number())));
      } catch (IOException e) {
        return AnalyzedInput.unreadable(row.input(), e);
      }
    }
    DatasetFace face =
        dataset.face(
            row.number(),
            analyzer.behaviourModel().aligner(),
            photo ->
                analyzer.detector().detect(photo).stream().findFirst().map(Detection::landmarks));
    Status status =
        switch (face.source()) {
          case GIVEN_LANDMARKS, DETECTED -> Status.OK;
          case BOX, WHOLE_PHOTO -> Status.WHOLE_CROP;
          case NONE -> Status.NO_FACE;
          case UNREADABLE -> Status.UNREADABLE;
        };
    String reason =
        switch (face.source()) {
          case GIVEN_LANDMARKS -> "aligned by the dataset's landmarks";
          case DETECTED -> "aligned by detected landmarks";
          case BOX -> "no landmarks found: the box was read whole";
          case WHOLE_PHOTO -> "no landmarks found: the crop was read whole";
          case NONE, UNREADABLE -> face.reason();
        };
    // Positions are left out: the crop may have been found in a part of the photo.
    List<Face> faces =
        analyzer.behaviourModel().predict(face.crop().stream().toList()).stream()
            .map(behaviour -> new Face(0, Optional.empty(), behaviour))
            .toList();
    return new AnalyzedInput(row.input(), status, reason, faces);
  }
}
