package org.affect4j.cli;

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
import org.affect4j.behaviour.BehaviourModel;
import org.affect4j.behaviour.BehaviourOptions;
import org.affect4j.detect.DetectorOptions;
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
      "Times decoding, detection, alignment and behaviour for one face in 640 x 480 and 1920 x 1080.",
      "The floor is the network's operations over the machine's best measured peak in single",
      "precision, to be compared with the best time; 8-bit arithmetic can go below it."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class BenchmarkCommand implements Callable<Integer> {
  private static final String FACE = "benchmark-face.jpg";
  private static final int BATCH = 32;
  private static final int[] LONG_SIDES = {640, 320};
  private static final int LEAST_RUNS = 20;
  private static final double WARM_UP_SHARE = .5;

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

  @Mixin private ModelArguments models;

  @Spec private CommandSpec spec;

  private PrintWriter out;

  /** Keeps the compiler from dropping work whose result nobody reads. */
  private volatile Object result;

  /** Made by picocli. */
  BenchmarkCommand() {}

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
    List<Frame> frames = List.of(Frame.of(portrait, 640, 480), Frame.of(portrait, 1920, 1080));
    out.printf(
        "%s, %d processors, Java %s%n",
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    line(
        "image", "threads", "batch", "stage", "best ms", "median ms", "p95 ms", "floor ms", "runs");
    line("---", "---:", "---:", "---", "---:", "---:", "---:", "---:", "---:");
    decodeAndAlign(frames);
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

  private void decodeAndAlign(List<Frame> frames) throws IOException {
    for (Frame frame : frames) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(frame.image().toBufferedImage(), "jpg", jpeg);
      byte[] bytes = jpeg.toByteArray();
      measure(frame.name(), 1, 1, "decode JPEG", -1, () -> FaceImage.decode(bytes, "frame"));
      FaceAligner aligner = new FaceAligner();
      Landmarks landmarks =
          aligner.template().moved(frame.image().height() / 300.0, frame.image().width() / 3.0, 0);
      ByteBuffer tensor =
          ByteBuffer.allocateDirect(
                  PixelLayout.SIGNED_RGB.bytes(BATCH, aligner.size(), aligner.size()))
              .order(ByteOrder.nativeOrder());
      for (int batch : new int[] {1, BATCH}) {
        measure(
            frame.name(),
            1,
            batch,
            "align",
            -1,
            () -> {
              tensor.clear();
              for (int i = 0; i < batch; i++) {
                aligner.writeTensor(frame.image(), landmarks, PixelLayout.SIGNED_RGB, tensor);
              }
              return tensor;
            });
      }
    }
  }

  /** What is measured together. */
  private record Networks(String label, AnalyzerOptions options) {
    static Networks of(ModelPair pair) {
      return new Networks(pair.label(), AnalyzerOptions.defaults().withModels(pair));
    }

    /** Least seconds that the behaviour network takes for a face. */
    double behaviourFloor(double peak) {
      ModelEntry entry = options.behaviourModel().entry();
      int side = entry.requireSide();
      return 2 * entry.macsPerPixel() * side * side / peak;
    }
  }

  private List<Networks> networks() throws IOException {
    // The rendered pair is left out: the first one's detector and a smaller behaviour network.
    return models.areGiven()
        ? List.of(new Networks("as chosen", models.in(AnalyzerOptions.defaults())))
        : Stream.of(ModelPair.FLOAT32, ModelPair.INT8, ModelPair.SMALL).map(Networks::of).toList();
  }

  private void pipelines(List<Frame> frames, Networks networks, int n, double peak)
      throws IOException {
    ModelEntry detectorEntry = networks.options().detectorModel().entry();
    double behaviourFloor = networks.behaviourFloor(peak);
    for (int longSide : LONG_SIDES) {
      AnalyzerOptions options =
          networks
              .options()
              .withThreads(n)
              .withDetector(DetectorOptions.defaults().withLongSide(longSide));
      try (FaceAnalyzer analyzer = FaceAnalyzer.load(options)) {
        for (Frame frame : frames) {
          if (analyzer.analyze(frame.image()).size() != 1) {
            throw new IllegalStateException("the benchmark's photo should show exactly one face");
          }
          FaceImage seen = frame.image().shrunkTo(longSide);
          double perPixel = 2 * detectorEntry.macsPerPixel() / peak;
          double largeFloor = perPixel * RetinaFace.pixelsForLargeFaces(frame.image());
          double floor = perPixel * seen.width() * seen.height() + largeFloor;
          if (longSide == LONG_SIDES[0]) {
            measure(
                frame.name(),
                n,
                1,
                "detect large faces, part of it, " + networks.label(),
                largeFloor,
                () ->
                    analyzer
                        .detector()
                        .detectLarge(frame.image(), DetectorOptions.defaults().scoreThreshold()));
          }
          measure(
              frame.name(),
              n,
              1,
              "detect at " + longSide + ", " + networks.label(),
              floor,
              () -> analyzer.detector().detect(frame.image()));
          measure(
              frame.name(),
              n,
              1,
              "pipeline at " + longSide + ", " + networks.label(),
              floor + behaviourFloor,
              () -> analyzer.analyze(frame.image()));
        }
      }
    }
  }

  private void behaviour(Frame frame, Networks networks, int n, double peak) throws IOException {
    OnnxModel network = networks.options().behaviourModel().open(n);
    try (BehaviourModel model = BehaviourModel.of(network, BehaviourOptions.defaults())) {
      int side = model.aligner().size();
      FaceImage crop = frame.image().resized(side, side);
      for (int batch : new int[] {1, BATCH}) {
        List<FaceImage> crops = Collections.nCopies(batch, crop);
        measure(
            side + " x " + side,
            n,
            batch,
            "behave, " + networks.label(),
            batch * networks.behaviourFloor(peak),
            () -> model.predict(crops));
      }
    }
  }

  /** A second look at landmarks. */
  private void refine(Frame frame, int n, double peak) throws IOException {
    try (LandmarkRefiner refiner = LandmarkRefiner.load(n)) {
      ModelEntry entry = refiner.entry();
      int side = entry.requireSide();
      Landmarks face = new FaceAligner(frame.image().height() / 2).template();
      for (int batch : new int[] {1, BATCH}) {
        List<Landmarks> faces = Collections.nCopies(batch, face);
        measure(
            frame.name(),
            n,
            batch,
            "refine landmarks",
            batch * 2 * entry.macsPerPixel() * side * side / peak,
            () -> refiner.refine(frame.image(), faces));
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
        Integer.toString(threads),
        Integer.toString(batch),
        stage,
        milliseconds(times[0]),
        milliseconds(times[times.length / 2]),
        milliseconds(times[(int) (times.length * .95)]),
        floorSeconds <= 0 ? "" : milliseconds(floorSeconds),
        Integer.toString(times.length));
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

  private void line(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
    out.flush();
  }
}
