package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetFormatException;
import org.affect4j.dataset.WiderFace;
import org.affect4j.detect.FaceDetector;
import org.affect4j.face.Detection;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.WiderFacePrecision;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.detector.internal.DetectorReport;

/** The validation photos of WIDER FACE, on which detectors are measured by its rule. */
final class WiderPhotos {
  private final AffectDataset dataset;
  private final FaceTable rows;

  /** Rows with a box of each photo. */
  private final List<List<Integer>> photos;

  private WiderPhotos(AffectDataset dataset) {
    this.dataset = dataset;
    FaceTable all = dataset.table();
    this.rows =
        all.filter(
            row ->
                all.text(row, FaceColumns.SPLIT).orElse("").equals("validation")
                    && all.box(row).isPresent());
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      String name = rows.text(row, FaceColumns.INPUT).orElseThrow();
      byName.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
    }
    this.photos = List.copyOf(byName.values());
  }

  /** Reads the lists, all of which have to be there. */
  static WiderPhotos open(Path root) throws IOException {
    WiderPhotos opened = new WiderPhotos(WiderFace.load(root));
    for (WiderFace.Difficulty part : WiderFace.Difficulty.values()) {
      if (opened.photos.isEmpty() || !opened.rows.has(part.column())) {
        throw new DatasetFormatException(
            "average precision needs photos in WIDER_val/images, their list wider_face_split/wider_face_val_bbx_gt.txt and, of the authors' evaluation tools, eval_tools/ground_truth/wider_%s_val.mat; %s"
                .formatted(part.column(), opened.dataset.report()));
      }
    }
    return opened;
  }

  /** What was read and what was left out. */
  @Override
  public String toString() {
    return "%,d validation photos with %,d faces; %s"
        .formatted(photos.size(), rows.size(), dataset.report());
  }

  /** Average precision of each detector for each difficulty. */
  Map<String, List<DetectorReport.Line>> measure(
      Map<String, FaceDetector> detectors, double leastScore, ProgressListener progress)
      throws IOException {
    Map<String, List<List<Detection>>> found = new LinkedHashMap<>();
    detectors.keySet().forEach(name -> found.put(name, new ArrayList<>()));
    for (int i = 0; i < photos.size(); i++) {
      FaceImage photo = dataset.photo(rows.rowNumbers()[photos.get(i).get(0)]);
      detectors.forEach((name, d) -> found.get(name).add(d.detect(photo, leastScore)));
      progress.at(i + 1, photos.size());
    }
    Map<String, List<DetectorReport.Line>> lines = new LinkedHashMap<>();
    found.forEach((name, all) -> lines.put(name, lines(all)));
    return lines;
  }

  private List<DetectorReport.Line> lines(List<List<Detection>> found) {
    List<DetectorReport.Line> lines = new ArrayList<>();
    for (WiderFace.Difficulty part : WiderFace.Difficulty.values()) {
      double[] members = rows.numbers(part.column());
      double precision =
          WiderFacePrecision.of(
              IntStream.range(0, photos.size())
                  .mapToObj(i -> photo(found.get(i), photos.get(i), members))
                  .toList());
      int faces = (int) IntStream.range(0, members.length).filter(i -> members[i] == 1).count();
      lines.add(
          new DetectorReport.Line(
              "wider " + part.column(),
              "",
              "average_precision",
              precision,
              Double.NaN,
              Double.NaN,
              faces));
    }
    return lines;
  }

  private WiderFacePrecision.Photo photo(
      List<Detection> found, List<Integer> faces, double[] members) {
    return new WiderFacePrecision.Photo(
        found,
        faces.stream()
            .map(row -> new WiderFacePrecision.Face(rows.box(row).orElseThrow(), members[row] == 1))
            .toList());
  }
}
