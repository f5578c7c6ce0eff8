package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.notebook.Progress;
import org.affect4j.training.landmark.internal.LandmarkConsensus;
import org.affect4j.training.scene.internal.PicturePlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Labels photos with boxes and landmarks. */
@Command(
    name = "annotate",
    description = {
      "Labels the faces of photos with boxes and landmarks, for 'detector', 'landmarks' and"
          + " 'detector-report': each face that the first detector finds is looked at by all"
          + " detectors in several sizes and turns and mirrored, and its landmarks are the median.",
      "A face that is found in less than half of the views is left out and counted. Column 'spread'"
          + " is the mean distance of a single view from the median, in units of the distance of"
          + " the eyes."
    })
final class AnnotateCommand extends TrainingCommand {
  private static final int MARGIN_GREY = 117;
  private static final int LONG_SIDE = 240;
  private static final double MARGIN = .25;
  private static final double LEAST_SCORE = .9;

  private static final List<String> COLUMNS =
      Stream.of(
              Stream.of("file", "score", "x1", "y1", "x2", "y2"),
              Landmarks.NAMES.stream().flatMap(n -> Stream.of(n + "_x", n + "_y")),
              Stream.of("views", "spread"))
          .flatMap(names -> names)
          .toList();

  @Parameters(
      paramLabel = "PLACE",
      description = "A folder of photos, a zip archive, or a folder of archives.")
  private Path place;

  @Mixin private final ChosenDetectors detectors = new ChosenDetectors();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Table to write; 'detections.csv' beside the photos is found by training.")
  private Path output;

  private final Map<String, Integer> skipped = new TreeMap<>();
  private final List<Double> spreads = new ArrayList<>();

  @Override
  void run() throws IOException {
    Files.createDirectories(output.toAbsolutePath().getParent());
    Table table = Table.create("faces");
    COLUMNS.forEach(name -> table.addColumns(StringColumn.create(name)));
    List<RetinaFace> open = new ArrayList<>();
    try (PicturePlace photos = PicturePlace.open(place);
        Progress progress = Progress.start(err(), "photos")) {
      for (String name : detectors.names()) {
        open.add(detectors.open(name, DetectorOptions.defaults()));
      }
      LandmarkConsensus consensus = new LandmarkConsensus(open);
      List<Path> files = photos.images();
      for (int i = 0; i < files.size(); i++) {
        annotate(files.get(i), photos.nameOf(files.get(i)), open.get(0), consensus, table);
        progress.at(i + 1, files.size());
      }
    } finally {
      open.forEach(RetinaFace::close);
    }
    table.write().csv(output.toFile());
    print(table.rowCount());
  }

  private void annotate(
      Path file, String name, RetinaFace detector, LandmarkConsensus consensus, Table table) {
    FaceImage photo;
    try {
      photo = FaceImage.read(file);
    } catch (IOException | IllegalArgumentException e) {
      skip("photo cannot be read");
      return;
    }
    List<Detection> found = found(photo, detector);
    if (found.isEmpty()) {
      skip("no face was found in a photo");
    }
    for (Detection face : found) {
      Optional<LandmarkConsensus.Result> result = consensus.of(photo, face.landmarks());
      if (result.isEmpty()) {
        skip("face is found in less than half of the views");
      } else {
        spreads.add(result.get().spread());
        List<String> cells = cells(name, face, result.get());
        for (int c = 0; c < cells.size(); c++) {
          table.stringColumn(c).append(cells.get(c));
        }
      }
    }
  }

  /** Faces that fill a photo are found better with something around them. */
  private static List<Detection> found(FaceImage photo, RetinaFace detector) {
    int x = (int) Math.round(MARGIN * photo.width());
    int y = (int) Math.round(MARGIN * photo.height());
    FaceImage wide = photo.cut(-x, -y, photo.width() + 2 * x, photo.height() + 2 * y, MARGIN_GREY);
    FaceImage small = wide.shrunkTo(LONG_SIDE);
    double back = (double) wide.width() / small.width();
    return detector.detect(small, LEAST_SCORE).stream().map(d -> d.moved(back, -x, -y)).toList();
  }

  private static List<String> cells(String name, Detection face, LandmarkConsensus.Result result) {
    List<String> cells = new ArrayList<>(List.of(name, number("%.4f", face.score())));
    Stream.concat(
            Stream.of(face.box().x(), face.box().y(), face.box().right(), face.box().bottom()),
            result.landmarks().points().stream().flatMap(p -> Stream.of(p.x(), p.y())))
        .forEach(v -> cells.add(number("%.2f", v)));
    cells.add(String.valueOf(result.views()));
    cells.add(number("%.4f", result.spread()));
    return cells;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void skip(String reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  private void print(int faces) {
    skipped.forEach((reason, n) -> print("%,d left out: %s%n", n, reason));
    print(
        "%,d faces written to %s; a single view lies %.3f of the distance of the eyes from the"
            + " median%n",
        faces, output, spreads.stream().mapToDouble(s -> s).average().orElse(Double.NaN));
  }
}
