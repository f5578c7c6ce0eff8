package org.affect4j.training.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.affect4j.cli.ProgressLine;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceImage;
import org.affect4j.training.landmark.LandmarkConsensus;
import org.affect4j.training.scene.PicturePlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Labels photos with boxes and landmarks. */
@Command(
    name = "annotate",
    description = {
      "Labels the faces of photos with boxes and landmarks, for 'detector', 'landmarks' and"
          + " 'detector-report': each face that the first detector finds is looked at by all"
          + " detectors in several sizes and turns and mirrored, and its landmarks are the median.",
      "A face that is found in less than half of the views is left out and counted. Column 'spread'"
          + " is the mean distance of a single view from the median, in units of the distance of the"
          + " eyes."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class AnnotateCommand implements Callable<Integer> {
  private static final int MARGIN_GREY = 117;
  private static final int LONG_SIDE = 240;
  private static final double MARGIN = .25;
  private static final double LEAST_SCORE = .9;

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

  @Spec private CommandSpec spec;

  private final Map<String, Integer> skipped = new TreeMap<>();
  private final List<Double> spreads = new ArrayList<>();

  /** Made by picocli. */
  AnnotateCommand() {}

  @Override
  public Integer call() throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add(
        "file,score,x1,y1,x2,y2,"
            + Landmarks.NAMES.stream()
                .map(n -> n + "_x," + n + "_y")
                .collect(Collectors.joining(","))
            + ",views,spread");
    List<RetinaFace> open = new ArrayList<>();
    try (PicturePlace photos = PicturePlace.open(place);
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "photos")) {
      for (String name : detectors.names()) {
        open.add(detectors.open(name, DetectorOptions.defaults()));
      }
      LandmarkConsensus consensus = new LandmarkConsensus(open);
      List<Path> files = photos.images();
      for (int i = 0; i < files.size(); i++) {
        annotate(files.get(i), open.get(0), consensus, rows);
        progress.at(i + 1, files.size());
      }
    } finally {
      open.forEach(RetinaFace::close);
    }
    Files.write(output, rows);
    print(rows.size() - 1);
    return 0;
  }

  private void annotate(
      Path file, RetinaFace detector, LandmarkConsensus consensus, List<String> rows) {
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
        rows.add(row(file, face, result.get()));
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

  private static String row(Path file, Detection face, LandmarkConsensus.Result result) {
    Stream<Double> numbers =
        Stream.concat(
            Stream.of(face.box().x(), face.box().y(), face.box().right(), face.box().bottom()),
            result.landmarks().points().stream().flatMap(p -> Stream.of(p.x(), p.y())));
    return String.format(
        Locale.ROOT,
        "%s,%.4f,%s,%d,%.4f",
        file.getFileName(),
        face.score(),
        numbers.map(v -> String.format(Locale.ROOT, "%.2f", v)).collect(Collectors.joining(",")),
        result.views(),
        result.spread());
  }

  private void skip(String reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  private void print(int faces) {
    PrintWriter out = spec.commandLine().getOut();
    skipped.forEach((reason, n) -> out.printf(Locale.ROOT, "%,d left out: %s%n", n, reason));
    out.printf(
        Locale.ROOT,
        "%,d faces written to %s; a single view lies %.3f of the distance of the eyes from the median%n",
        faces,
        output,
        spreads.stream().mapToDouble(s -> s).average().orElse(Double.NaN));
    out.flush();
  }
}
