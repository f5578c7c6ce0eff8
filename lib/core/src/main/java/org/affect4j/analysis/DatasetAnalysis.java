package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.affect4j.analysis.AnalyzedInput.Status;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFace;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import tech.tablesaw.api.Table;

/**
 * Analyses the faces of a dataset, cut out as {@link AffectDataset#face} says, so that predictions
 * and features stand beside the labels. The column {@code input} is the dataset's {@code image}.
 *
 * @param embeddings whether the embedding is written too
 * @param workers faces analysed at the same time, 1 or more
 */
public record DatasetAnalysis(boolean embeddings, int workers) {
  /** Checks the workers. */
  public DatasetAnalysis {
    if (workers < 1) {
      throw new IllegalArgumentException("an analysis needs 1 worker or more, got " + workers);
    }
  }

  /**
   * Returns an analysis with embeddings, for {@link FeatureTable}, with as many workers as
   * processors.
   *
   * @return the analysis
   */
  public static DatasetAnalysis ofFeatures() {
    return new DatasetAnalysis(true, Runtime.getRuntime().availableProcessors());
  }

  private record Row(int number, String image) {}

  /**
   * Analyses faces into a CSV file with the columns of {@link BehaviourTable}, going on with what
   * an earlier run left there.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param dataset where the photos are
   * @param rows {@link AffectDataset#table()} or a part of it; its images must all be different
   * @param csv output; its folder must exist
   * @param listener hears of every row done
   * @return what was done
   * @throws IOException if the output cannot be written, or holds something else
   * @throws IllegalArgumentException if an image stands in two rows
   */
  public FolderAnalysis.Summary run(
      FaceAnalyzer analyzer, AffectDataset dataset, Table rows, Path csv, ProgressListener listener)
      throws IOException {
    return FolderAnalysis.toCsv(
        analyzer,
        rows(rows),
        Row::image,
        row -> analyze(analyzer, dataset, row),
        csv,
        embeddings,
        workers,
        listener);
  }

  /**
   * Analyses faces and keeps the results in memory, for up to some ten thousand.
   *
   * @param analyzer the pipeline; used by all workers at once
   * @param dataset where the photos are
   * @param rows {@link AffectDataset#table()} or a part of it; its images must all be different
   * @param listener hears of every row done
   * @return what became of each row, in their order; unmodifiable
   * @throws IOException if the run is interrupted
   * @throws IllegalArgumentException if an image stands in two rows
   */
  public List<AnalyzedInput> run(
      FaceAnalyzer analyzer, AffectDataset dataset, Table rows, ProgressListener listener)
      throws IOException {
    List<AnalyzedInput> results = new ArrayList<>();
    OrderedWork.run(
        rows(rows), workers, row -> analyze(analyzer, dataset, row), results::add, listener);
    return List.copyOf(results);
  }

  private static List<Row> rows(Table table) {
    Set<String> seen = new HashSet<>();
    return IntStream.range(0, table.rowCount())
        .mapToObj(
            i -> {
              String image = table.stringColumn("image").get(i);
              if (!seen.add(image)) {
                throw new IllegalArgumentException(
                    "image '%s' stands in more than one row; keep one of each to go on"
                        .formatted(image));
              }
              return new Row(table.intColumn("row").getInt(i), image);
            })
        .toList();
  }

  private static AnalyzedInput analyze(FaceAnalyzer analyzer, AffectDataset dataset, Row row) {
    DatasetFace face =
        dataset.face(
            row.number(), analyzer.behaviourModel().aligner(), photo -> landmarks(analyzer, photo));
    if (face.crop().isEmpty()) {
      return AnalyzedInput.unreadable(row.image(), face.reason());
    }
    Behaviour behaviour = analyzer.behaviourModel().read(List.of(face.crop().get())).get(0);
    boolean aligned =
        face.source() == DatasetFace.Source.GIVEN_LANDMARKS
            || face.source() == DatasetFace.Source.DETECTED;
    return new AnalyzedInput(
        row.image(),
        aligned ? Status.OK : Status.WHOLE_CROP,
        aligned ? "" : "no landmarks found: the dataset's box or the whole photo was read",
        List.of(new Face(0, Optional.empty(), behaviour)));
  }

  /** The first face of a photo, or what is found in it when it is taken for a small crop. */
  private static Optional<Landmarks> landmarks(FaceAnalyzer analyzer, FaceImage photo) {
    return analyzer.detector().detect(photo).stream()
        .findFirst()
        .or(() -> analyzer.detectInCrop(photo))
        .map(Detection::landmarks);
  }
}
