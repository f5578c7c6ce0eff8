package org.affect4j.cli;

import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.VideoBenchmark;
import org.affect4j.analysis.VideoReader;
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.detect.FaceDetector;
import org.affect4j.detect.LandmarkRefiner;
import org.affect4j.detect.RetinaFace;
import org.affect4j.face.Landmarks;
import org.affect4j.image.FaceAligner;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PixelLayout;
import org.affect4j.model.ModelEntry;
import org.affect4j.model.ModelPair;
import org.affect4j.model.OnnxModel;
import org.affect4j.model.PeakMeter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times every stage of the pipeline beside what the processor could do at best. */
@Command(
    name = "benchmark",
    description = {
      "Times decoding, detection, alignment and behaviour for one face in 640 x 480 and 1920 x"
          + " 1080.",
      "The floor is the network's operations over the machine's best measured peak in single",
      "precision, to be compared with the best time; 8-bit arithmetic can go below it.",
      "With --video: of two clips that it makes, 640 x 480 at 1.2 Mbit/s and 1920 x 1080 at 5 Mbit/s,"
          + " the processor time a frame of each part of the way from the file to rows, and the"
          + " frames a second of the whole beside those that the parts allow on all processors."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchmarkCommand implements Callable<Integer> {
  private static final String FACE = "benchmark-face.jpg";
  private static final int BATCH = 32;
  private static final int[] LONG_SIDES = {640, 320};
  private static final int LEAST_RUNS = 20;
  private static final double WARM_UP_SHARE = .5;
  private static final double NO_FLOOR = Double.NaN;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "Numbers of threads to try.")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Seconds per measurement, after half as many to warm up; 0 runs each once, cold.")
  private double seconds = 2;

  @Option(
      names = "--video",
      description = "Time the reading of videos; usually with --models int8.")
  private boolean video;

  @Mixin private ModelArguments models;

  @Spec private CommandSpec spec;

  private PrintWriter out;

  /** Keeps the compiler from dropping work whose result nobody reads. */
  private volatile Object result;

  private record Frame(String name, FaceImage image) {
    static Frame of(FaceImage portrait, int width, int height) {
      int portraitWidth = portrait.width() * height / portrait.height();
      FaceImage scaled = portrait.resized(portraitWidth, height);
      FaceImage image = scaled.cut((portraitWidth - width) / 2, 0, width, height, 117);
      return new Frame(width + " x " + height, image);
    }
  }

  @Override
  public Integer call() throws IOException {
    out = spec.commandLine().getOut();
    FaceImage portrait;
    try (InputStream in = BenchmarkCommand.class.getResourceAsStream(FACE)) {
      portrait = FaceImage.decode(in.readAllBytes(), FACE);
    }
    if (video) {
      videoBenchmark()
          .run(portrait, models.in(AnalyzerOptions.defaults()).withThreads(1), seconds, out);
      return 0;
    }
    List<Frame> frames = List.of(Frame.of(portrait, 640, 480), Frame.of(portrait, 1920, 1080));
    out.printf(
        "%s, %d processors, Java %s%n",
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    line(
        "image", "threads", "batch", "stage", "best ms", "median ms", "p95 ms", "floor ms", "runs");
    line("---", "---:", "---:", "---", "---:", "---:", "---:", "---:", "---:");
    for (Frame frame : frames) {
      decodeAndAlign(frame);
    }
    for (int n : threads) {
      double peak = PeakMeter.flops(n);
      for (Networks networks : networks()) {
        pipelines(frames, networks, n, peak);
      }
      Set<String> read = new HashSet<>();
      for (Networks networks : networks()) {
        if (read.add(networks.options().behaviourModel().name())) {
          behaviour(frames.get(0), networks, n, peak);
        }
      }
      refine(frames.get(0), n, peak);
      out.printf("peak on %d threads: %.0f GFLOP/s (matrix product of 1024)%n", n, peak / 1e9);
      out.flush();
    }
    return 0;
  }

  private static VideoBenchmark videoBenchmark() {
    return VideoBenchmark.installed()
        .orElseThrow(() -> new IllegalArgumentException("--video times " + VideoReader.MISSING));
  }

  private void decodeAndAlign(Frame frame) throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(frame.image().toBufferedImage(), "jpg", jpeg);
    byte[] bytes = jpeg.toByteArray();
    measure(frame.name(), 1, 1, "decode JPEG", NO_FLOOR, () -> FaceImage.decode(bytes, "frame"));
    FaceAligner aligner = new FaceAligner();
    Landmarks landmarks =
        aligner.template().moved(frame.image().height() / 300.0, frame.image().width() / 3.0, 0);
    ByteBuffer tensor =
        ByteBuffer.allocateDirect(
                PixelLayout.SIGNED_RGB.bytes(BATCH, aligner.size(), aligner.size()))
            .order(ByteOrder.nativeOrder());
    for (int batch : new int[] {1, BATCH}) {
      Work align =
          () -> {
            tensor.clear();
            for (int i = 0; i < batch; i++) {
              aligner.writeTensor(frame.image(), landmarks, PixelLayout.SIGNED_RGB, tensor);
            }
            return tensor;
          };
      measure(frame.name(), 1, batch, "align", NO_FLOOR, align);
    }
  }

  /** What is measured together. */
  private record Networks(String label, AnalyzerOptions options) {}

  private List<Networks> networks() throws IOException {
    AnalyzerOptions usual = AnalyzerOptions.defaults();
    // The rendered pair is left out: the first one's detector and a smaller behaviour network.
    return models.areGiven()
        ? List.of(new Networks("as chosen", models.in(usual)))
        : Stream.of(ModelPair.FLOAT32, ModelPair.INT8, ModelPair.SMALL)
            .map(pair -> new Networks(pair.label(), usual.withModels(pair)))
            .toList();
  }

  /** Least seconds that a network takes for so many pixels, where its operations are known. */
  private static double floor(ModelEntry entry, double pixels, double peak) {
    return entry.macsPerPixel() > 0 ? 2 * entry.macsPerPixel() * pixels / peak : NO_FLOOR;
  }

  private static double floorOfFace(ModelEntry entry, double peak) {
    return floor(entry, entry.requireSide() * entry.requireSide(), peak);
  }

  private void pipelines(List<Frame> frames, Networks networks, int n, double peak)
      throws IOException {
    ModelEntry detectorEntry = networks.options().detectorModel().entry();
    double behaviourFloor = floorOfFace(networks.options().behaviourModel().entry(), peak);
    for (int longSide : LONG_SIDES) {
      DetectorOptions search = DetectorOptions.defaults().withLongSide(longSide);
      try (FaceAnalyzer analyzer =
          FaceAnalyzer.load(networks.options().withThreads(n).withDetector(search))) {
        for (Frame frame : frames) {
          FaceImage photo = frame.image();
          if (analyzer.analyze(photo).size() != 1) {
            throw new IllegalStateException("the benchmark's photo should show exactly one face");
          }
          FaceImage seen = photo.shrunkTo(longSide);
          double large = floor(detectorEntry, RetinaFace.pixelsForLargeFaces(photo), peak);
          double floor = floor(detectorEntry, seen.width() * seen.height(), peak) + large;
          String what = " at %d, %s".formatted(longSide, networks.label());
          FaceDetector detector = analyzer.detector();
          if (longSide == LONG_SIDES[0]) {
            String part = "detect large faces, part of it, " + networks.label();
            double score = search.scoreThreshold();
            measure(frame.name(), n, 1, part, large, () -> detector.detectLarge(photo, score));
          }
          measure(frame.name(), n, 1, "detect" + what, floor, () -> detector.detect(photo));
          double whole = floor + behaviourFloor;
          measure(frame.name(), n, 1, "pipeline" + what, whole, () -> analyzer.analyze(photo));
        }
      }
    }
  }

  private void behaviour(Frame frame, Networks networks, int n, double peak) throws IOException {
    OnnxModel network = networks.options().behaviourModel().open(n);
    try (BehaviourModel model = BehaviourModel.of(network, BehaviourOptions.defaults())) {
      int side = model.aligner().size();
      String size = side + " x " + side;
      String stage = "behave, " + networks.label();
      FaceImage crop = frame.image().resized(side, side);
      for (int batch : new int[] {1, BATCH}) {
        List<FaceImage> crops = Collections.nCopies(batch, crop);
        double floor = batch * floorOfFace(network.entry(), peak);
        measure(size, n, batch, stage, floor, () -> model.predict(crops));
      }
    }
  }

  /** A second look at landmarks. */
  private void refine(Frame frame, int n, double peak) throws IOException {
    try (LandmarkRefiner refiner = LandmarkRefiner.load(n)) {
      Landmarks face = new FaceAligner(frame.image().height() / 2).template();
      for (int batch : new int[] {1, BATCH}) {
        List<Landmarks> faces = Collections.nCopies(batch, face);
        double floor = batch * floorOfFace(refiner.entry(), peak);
        Work refine = () -> refiner.refine(frame.image(), faces);
        measure(frame.name(), n, batch, "refine landmarks", floor, refine);
      }
    }
  }

  private interface Work {
    Object run() throws IOException;
  }

  private void measure(
      String image, int threads, int batch, String stage, double floorSeconds, Work work)
      throws IOException {
    repeat(seconds * WARM_UP_SHARE, work);
    double[] times = repeat(seconds, work);
    Arrays.sort(times);
    line(
        image,
        threads,
        batch,
        stage,
        milliseconds(times[0]),
        milliseconds(times[times.length / 2]),
        milliseconds(times[(int) (times.length * .95)]),
        Double.isNaN(floorSeconds) ? "" : milliseconds(floorSeconds),
        times.length);
  }

  private double[] repeat(double duration, Work work) throws IOException {
    List<Double> times = new ArrayList<>();
    long end = System.nanoTime() + (long) (duration * 1e9);
    int least = seconds > 0 ? LEAST_RUNS : 1;
    while (times.size() < least || System.nanoTime() < end) {
      long start = System.nanoTime();
      result = work.run();
      times.add((System.nanoTime() - start) / 1e9);
    }
    return times.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String milliseconds(double s) {
    return String.format(Locale.ROOT, "%.2f", s * 1e3);
  }

  private void line(Object... cells) {
    out.println(Arrays.stream(cells).map(String::valueOf).collect(joining(" | ", "| ", " |")));
    out.flush();
  }
}
