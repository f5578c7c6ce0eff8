package org.affect4j.video;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.analysis.VideoBenchmark;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.Detection;
import org.affect4j.image.FaceImage;
import org.affect4j.video.track.CutDetector;
import org.affect4j.video.track.FaceTracker;
import org.affect4j.video.track.TrackerOptions;

/**
 * Times videos for {@code affect4j benchmark --video}; found by its name in the jar. The parts are
 * the processor's seconds of the whole process; the best of all rounds counts, since other work on
 * the machine only adds to it. The frames a second of the whole are by the clock, and say something
 * on a machine without other work alone; its processor time beside the sum says what is lost
 * between the parts.
 */
public final class FfmpegVideoBenchmark implements VideoBenchmark {
  private static final List<BenchmarkClip> CLIPS =
      List.of(new BenchmarkClip(640, 480, 1.2, 300), new BenchmarkClip(1920, 1080, 5, 120));

  /** Frames whose faces are read again and again. */
  private static final int FACES = 16;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final List<BenchmarkClip> clips;

  /** Made by the service loader. */
  public FfmpegVideoBenchmark() {
    this(CLIPS);
  }

  FfmpegVideoBenchmark(List<BenchmarkClip> clips) {
    this.clips = clips;
  }

  @Override
  public void run(FaceImage portrait, AnalyzerOptions options, double seconds, PrintWriter out)
      throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    out.printf(
        Locale.ROOT,
        "%s, %d processors, Java %s, %s and %s%n",
        System.getProperty("os.arch"),
        processors,
        Runtime.version(),
        options.detectorModel().name(),
        options.behaviourModel().name());
    out.println("| clip | part | processor ms a frame | frames a second |");
    out.println("| --- | --- | ---: | ---: |");
    Path folder = Files.createTempDirectory("affect4j-benchmark");
    try (FaceAnalyzer analyzer = FaceAnalyzer.load(options)) {
      for (BenchmarkClip clip : clips) {
        Path file = clip.write(folder, portrait);
        new Timing(clip, file, analyzer, seconds, out).run(processors);
        Files.delete(file);
      }
    } finally {
      Files.delete(folder);
    }
  }

  /** One clip being timed. */
  private record Timing(
      BenchmarkClip clip, Path file, FaceAnalyzer analyzer, double seconds, PrintWriter out) {
    void run(int processors) throws IOException {
      VideoOptions all = VideoOptions.defaults();
      double decode = processor(() -> read(all.withEvery(Integer.MAX_VALUE), frame -> {}));
      double pictures = processor(() -> read(all, frame -> {}));
      double tracked = processor(this::track);
      double networks = networks();
      double sum = tracked + networks;
      row("decode", decode);
      row("convert", pictures - decode);
      row("the detector's share", tracked - pictures);
      row("behaviour", networks);
      row("sum", sum);
      double floor = processors / sum;
      double whole = 1 / best(System::nanoTime, this::analyze);
      out.printf(Locale.ROOT, "| %s | %d processors / sum | | %.0f |%n", clip, processors, floor);
      double used = processor(this::analyze);
      out.printf(Locale.ROOT, "| %s | file to rows | %.2f | %.0f |%n", clip, used * 1e3, whole);
      out.printf(Locale.ROOT, "| %s | share reached | | %.2f |%n", clip, whole / floor);
      out.flush();
    }

    private void row(String part, double seconds) {
      out.printf(
          Locale.ROOT, "| %s | %s | %.2f | %.0f |%n", clip, part, seconds * 1e3, 1 / seconds);
      out.flush();
    }

    private double processor(Runnable work) {
      return best(PROCESS::getProcessCpuTime, work);
    }

    /** Seconds a frame of the quickest run, by some clock in nanoseconds. */
    private double best(LongSupplier clock, Runnable work) {
      if (seconds > 0) {
        work.run();
      }
      long end = System.nanoTime() + (long) (seconds * 1e9);
      long best = Long.MAX_VALUE;
      do {
        long start = clock.getAsLong();
        work.run();
        best = Math.min(best, clock.getAsLong() - start);
      } while (System.nanoTime() < end);
      return best / 1e9 / clip.frames();
    }

    private void read(VideoOptions options, Consumer<VideoFrame> user) {
      try (VideoSource video = VideoSource.open(file, options)) {
        video.forEach(user);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private FaceTracker tracker() {
      return new FaceTracker(
          analyzer.detector(), TrackerOptions.of(DetectorOptions.defaults().scoreThreshold()));
    }

    private void track() {
      FaceTracker tracker = tracker();
      CutDetector cuts = new CutDetector();
      read(
          VideoOptions.defaults(),
          frame -> {
            cuts.isCut(frame.image());
            if (tracker.next(frame.image(), frame.seconds().orElseThrow()).isEmpty()) {
              throw new IllegalStateException("the benchmark's clips show a face in every frame");
            }
          });
    }

    /** The face of each frame, aligned and read. */
    private double networks() {
      List<FaceImage> images = new ArrayList<>();
      List<List<Detection>> faces = new ArrayList<>();
      read(
          VideoOptions.defaults().withEvery(clip.frames() / FACES),
          frame -> {
            images.add(frame.image());
            faces.add(analyzer.detector().detect(frame.image()).subList(0, 1));
          });
      return processor(
          () -> {
            for (int i = 0; i < clip.frames(); i++) {
              int which = i % images.size();
              analyzer.analyze(images.get(which), faces.get(which));
            }
          });
    }

    private void analyze() {
      try (VideoSource video = VideoSource.open(file)) {
        VideoAnalysis.standard()
            .run(analyzer, video, "clip", rows -> {}, ProgressListener.silent());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
