package org.affect4j.training.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.affect4j.chart.Charts;
import org.affect4j.chart.Overlay;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.FaceDetector;
import org.affect4j.detect.LandmarkRefiner;
import org.affect4j.detect.RefiningDetector;
import org.affect4j.face.Detection;
import org.affect4j.image.FaceImage;
import org.affect4j.metric.Calibration;
import org.affect4j.notebook.Progress;
import org.affect4j.training.detector.internal.DetectorReport;
import org.affect4j.training.loss.internal.PriorTargets.LabelledFace;
import org.affect4j.training.scene.PlainScenes;
import org.affect4j.training.scene.Scene;
import org.affect4j.training.scene.SceneComposer;
import org.affect4j.training.scene.SceneOptions;
import org.affect4j.training.scene.SceneSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures face detectors on the same images, composed or those of WIDER FACE. */
@Command(
    name = "detector-report",
    description = {
      "Measures face detectors on images that none of them was trained on: single faces as they"
          + " are, shrunk to 24 to 150 and to 8 to 24 pixels, on backgrounds without faces; such"
          + " backgrounds alone; scenes of drawn hands, scrambled faces and single parts; and"
          + " pictures that resemble faces. Backgrounds are taken at your word.",
      "Detectors are compared at the threshold at which one false positive comes with every hundred"
          + " backgrounds. Same places, count and seed, same images.",
      "With --wider the photos are those of WIDER FACE in place of composed images, and the figures"
          + " its average precisions: easy, medium, hard."
    })
final class DetectorReportCommand extends TrainingCommand {
  private static final double LEAST_SCORE = .02;
  private static final double LEAST_LARGE = 24;
  private static final double MOST_LARGE = 150;
  private static final double LEAST_SMALL = 8;
  private static final double[] LARGE = {LEAST_LARGE, 48, 96, MOST_LARGE};
  private static final double[] SMALL = {LEAST_SMALL, 12, 16, LEAST_LARGE};
  private static final String SMALL_ONES = "small ";
  private static final String CLOSE_UPS = "close-ups";

  /** Roots of width times height: a face is a fifth higher than wide, or more. */
  private static final double[] CLOSE = {
    .4 * PlainScenes.SIDE, .7 * PlainScenes.SIDE, PlainScenes.SIDE, 1.6 * PlainScenes.SIDE
  };

  private static final int LEAST_COUNT = 100;

  @Mixin private final ChosenDetectors detectors = new ChosenDetectors();

  @Option(
      names = "--magnify",
      description =
          "Search each image at twice its size too, as 'affect4j analyze --magnify' does.")
  private boolean magnify;

  @Option(
      names = "--refine",
      paramLabel = "NAME",
      description =
          "Network of the bundled models or of --models that finds the landmarks again, such as the"
              + " one of 'affect4j analyze --refine'.")
  private String refiner;

  @Option(
      names = "--long-side",
      paramLabel = "PIXELS",
      description = "Larger photos are shrunk to this before they are searched.")
  private int longSide = DetectorOptions.defaults().longSide();

  @Mixin private final ScenePlaces places = new ScenePlaces();

  @Option(
      names = "--wider",
      paramLabel = "ROOT",
      description =
          "WIDER FACE: a folder with wider_face_split, WIDER_val and, from the authors' evaluation"
              + " tools, eval_tools/ground_truth.")
  private Path wider;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Images of each kind; faces are shown again if there are fewer.")
  private int count = 1000;

  @Option(names = "--seed", paramLabel = "S", description = "Decides everything random.")
  private long seed = 1;

  @Option(
      names = "--failures",
      paramLabel = "N",
      description =
          "Pictures to write of each detector and each kind of image: faces it missed at its"
              + " threshold, and false positives above it.")
  private int failures;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where report.csv, the diagram of the score's reliability and the pictures of failures"
              + " are written.")
  private Path out;

  @Override
  void run() throws IOException {
    check();
    Files.createDirectories(out);
    Map<String, FaceDetector> open = new LinkedHashMap<>();
    try {
      for (String name : detectors.names()) {
        FaceDetector detector =
            detectors.open(
                name, DetectorOptions.defaults().withLongSide(longSide).withMagnifying(magnify));
        open.put(name, detector);
        if (refiner != null) {
          open.put(
              name,
              new RefiningDetector(
                  detector, LandmarkRefiner.open(detectors.storeOf(refiner), refiner, 1)));
        }
      }
      if (wider == null) {
        measureComposed(open);
      } else {
        measureWider(open);
      }
    } finally {
      open.values().forEach(FaceDetector::close);
    }
  }

  private void check() {
    if (wider != null) {
      if (places.given() || failures > 0) {
        throw wrong(
            "--wider measures on WIDER FACE alone: leave out --faces, --heads, --backgrounds,"
                + " --lookalikes and --failures");
      }
      return;
    }
    places.check();
    if (count < LEAST_COUNT) {
      throw wrong(
          "one false positive in a hundred images needs a --count of %d or more, got %d"
              .formatted(LEAST_COUNT, count));
    }
  }

  private void measureWider(Map<String, FaceDetector> open) throws IOException {
    WiderPhotos photos = WiderPhotos.open(wider);
    say("measure with " + photos);
    try (Progress progress = Progress.start(err(), "photos")) {
      report(photos.measure(open, LEAST_SCORE, progress));
    }
  }

  private void measureComposed(Map<String, FaceDetector> open) throws IOException {
    SceneSources sources = places.open(false);
    say("measure with " + sources + ", checksum " + sources.key());
    List<Image> images = images(sources);
    Map<String, DetectorReport> reports = measure(images, open);
    Map<String, List<DetectorReport.Line>> lines = new LinkedHashMap<>();
    reports.forEach((name, report) -> lines.put(name, lines(report)));
    report(lines);
    reliability(reports);
    if (failures > 0) {
      for (String name : detectors.names()) {
        failures(images, open.get(name), name, reports.get(name).threshold());
      }
    }
  }

  private void report(Map<String, List<DetectorReport.Line>> reports) throws IOException {
    write(reports);
    print(reports);
  }

  /** An image to be composed when it is needed. */
  private record Image(String kind, int number, Source source) {
    interface Source {
      Shown show();
    }

    record Shown(FaceImage image, List<LabelledFace> faces) {}

    private static Shown of(Scene scene) {
      return new Shown(scene.image(), scene.faces());
    }
  }

  private List<Image> images(SceneSources sources) {
    PlainScenes scenes = new PlainScenes(sources, seed);
    SceneComposer drawn =
        new SceneComposer(
            sources.withoutLookalikes(), SceneOptions.training(PlainScenes.SIDE).faceless(true));
    SceneOptions plain = SceneOptions.training(PlainScenes.SIDE).faceless(false);
    SceneComposer near =
        new SceneComposer(
            sources,
            new SceneOptions(PlainScenes.SIDE, LEAST_SMALL, MOST_LARGE, 0, 0, false, 1, 0));
    SceneComposer textures = new SceneComposer(sources, plain.withCloseUps(0, 1));
    List<Image> images = new ArrayList<>();
    List<FaceImage> pictures = scenes.lookalikes();
    for (int n = 0; n < count; n++) {
      int number = n;
      images.add(new Image("backgrounds", n, () -> Image.of(scenes.faceless(number))));
      images.add(new Image("drawn look-alikes", n, () -> Image.of(drawn.compose(seed, 0, number))));
      images.add(new Image("textures", n, () -> Image.of(textures.compose(seed, 0, number))));
      images.add(new Image(CLOSE_UPS, n, () -> Image.of(near.compose(seed, 0, number))));
      for (PlainScenes.Kind kind : PlainScenes.Kind.values()) {
        if (scenes.faces(kind) > 0) {
          String name = kind.name().toLowerCase(Locale.ROOT);
          images.add(
              new Image(
                  name, n, () -> Image.of(scenes.face(kind, number, LEAST_LARGE, MOST_LARGE))));
          images.add(
              new Image(
                  SMALL_ONES + name,
                  n,
                  () -> Image.of(scenes.face(kind, count + number, LEAST_SMALL, LEAST_LARGE))));
        }
      }
    }
    for (int n = 0; n < pictures.size(); n++) {
      FaceImage picture = pictures.get(n);
      images.add(new Image("look-alikes", n, () -> new Image.Shown(picture, List.of())));
    }
    return images;
  }

  private Map<String, DetectorReport> measure(List<Image> images, Map<String, FaceDetector> open) {
    Map<String, DetectorReport> reports = new LinkedHashMap<>();
    detectors
        .names()
        .forEach(
            n -> reports.put(n, new DetectorReport(DetectorOptions.defaults().scoreThreshold())));
    try (Progress progress = Progress.start(err(), "images")) {
      for (int i = 0; i < images.size(); i++) {
        Image image = images.get(i);
        Image.Shown shown = image.source().show();
        for (Map.Entry<String, FaceDetector> detector : open.entrySet()) {
          List<Detection> found = detector.getValue().detect(shown.image(), LEAST_SCORE);
          DetectorReport report = reports.get(detector.getKey());
          if (shown.faces().isEmpty()) {
            report.addFaceless(image.kind(), found);
          } else {
            report.addFaces(image.kind(), found, shown.faces());
          }
        }
        progress.at(i + 1, images.size());
      }
    }
    return reports;
  }

  private static List<DetectorReport.Line> lines(DetectorReport report) {
    return report.lines(
        images -> images.equals(CLOSE_UPS) ? CLOSE : images.startsWith(SMALL_ONES) ? SMALL : LARGE);
  }

  private void write(Map<String, List<DetectorReport.Line>> reports) throws IOException {
    List<String> csv = new ArrayList<>();
    csv.add("detector,images,size,measure,value,low,high,count");
    reports.forEach(
        (name, lines) -> {
          for (DetectorReport.Line line : lines) {
            csv.add(
                String.join(
                    ",",
                    name,
                    line.images(),
                    line.size(),
                    line.measure(),
                    number(line.value()),
                    number(line.low()),
                    number(line.high()),
                    String.valueOf(line.count())));
          }
        });
    Files.write(out.resolve("report.csv"), csv);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  private void print(Map<String, List<DetectorReport.Line>> reports) {
    reports.forEach(
        (name, lines) -> {
          out().println(name);
          for (DetectorReport.Line line : lines) {
            String interval =
                Double.isNaN(line.low())
                    ? ""
                    : String.format(Locale.ROOT, " [%.3f, %.3f]", line.low(), line.high());
            print(
                "  %-18s %-7s %-30s %7.3f%-16s n = %,d%n",
                line.images(),
                line.size(),
                line.measure().replace('_', ' '),
                line.value(),
                interval,
                line.count());
          }
        });
    print("written to %s%n", out.resolve("report.csv"));
  }

  /** Draws how often what has a score is a face: on the diagonal a score is a probability. */
  private void reliability(Map<String, DetectorReport> reports) throws IOException {
    Map<String, double[][]> lines = new LinkedHashMap<>();
    lines.put("a probability", new double[][] {{0, 1}, {0, 1}});
    reports.forEach(
        (name, report) -> {
          Calibration reliability = report.reliability();
          List<Calibration.Bin> bins =
              reliability.bins().stream().filter(b -> b.count() > 0).toList();
          lines.put(
              name,
              new double[][] {
                bins.stream().mapToDouble(Calibration.Bin::meanProbability).toArray(),
                bins.stream().mapToDouble(Calibration.Bin::fraction).toArray()
              });
          out().println(name + ": share of faces by score");
          out().println(reliability.table());
        });
    Charts.lines("Reliability of the score", "score", "share of faces", lines, 0, 1)
        .save(out.resolve("reliability.png"));
  }

  /** Shows what went wrong: missed faces have the score 0. */
  private void failures(List<Image> images, FaceDetector detector, String name, double threshold)
      throws IOException {
    Map<String, Integer> written = new LinkedHashMap<>();
    for (Image image : images) {
      if (written.getOrDefault(image.kind(), 0) < failures) {
        Image.Shown shown = image.source().show();
        Optional<List<Detection>> wrong = wrong(shown, detector, threshold);
        if (wrong.isPresent()) {
          written.merge(image.kind(), 1, Integer::sum);
          Path folder =
              Files.createDirectories(
                  out.resolve("failures").resolve(name).resolve(image.kind().replace(' ', '-')));
          Overlay.ofDetections(shown.image(), wrong.get())
              .save(folder.resolve("%04d.png".formatted(image.number())));
        }
      }
    }
  }

  private static Optional<List<Detection>> wrong(
      Image.Shown shown, FaceDetector detector, double threshold) {
    List<Detection> found =
        detector.detect(shown.image(), LEAST_SCORE).stream()
            .filter(d -> d.score() > threshold)
            .toList();
    List<Detection> missed = DetectorReport.missed(found, shown.faces());
    if (shown.faces().isEmpty() ? found.isEmpty() : missed.isEmpty()) {
      return Optional.empty();
    }
    List<Detection> all = new ArrayList<>(found);
    all.addAll(missed);
    return Optional.of(all);
  }
}
