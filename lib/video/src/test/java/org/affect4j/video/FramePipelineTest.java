package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.analysis.AnalyzerOptions;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.Face;
import org.affect4j.model.ModelPair;
import org.affect4j.video.track.CutDetector;
import org.affect4j.video.track.FaceTracker;
import org.affect4j.video.track.TrackedFace;
import org.affect4j.video.track.TrackerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several threads on one video: the results of one, and nothing left running. */
class FramePipelineTest {
  private static FaceAnalyzer analyzer;

  @BeforeAll
  static void load() {
    analyzer =
        FaceAnalyzer.load(AnalyzerOptions.defaults().withModels(ModelPair.INT8).withThreads(1));
  }

  @AfterAll
  static void close() {
    analyzer.close();
  }

  private static VideoSource open(String clip) throws IOException {
    return VideoSource.open(SharedClips.clip(clip));
  }

  private static TrackerOptions options() {
    return TrackerOptions.of(DetectorOptions.defaults().scoreThreshold());
  }

  /** Frame, cut, tracks and all that was read, one after the other on one thread. */
  private static List<String> byOneThread(String clip, TrackerOptions options) throws IOException {
    FaceTracker tracker = new FaceTracker(analyzer.detector(), options);
    CutDetector cuts = new CutDetector();
    List<String> seen = new ArrayList<>();
    try (VideoSource source = open(clip)) {
      for (VideoFrame frame : source) {
        boolean cut = cuts.isCut(frame.image());
        if (cut) {
          tracker.cut();
        }
        List<TrackedFace> tracked = tracker.next(frame.image(), frame.seconds().orElseThrow());
        List<Face> faces =
            analyzer.analyze(frame.image(), tracked.stream().map(TrackedFace::detection).toList());
        seen.add(told(frame, cut, tracked, faces));
      }
    }
    return seen;
  }

  private static String told(
      VideoFrame frame, boolean cut, List<TrackedFace> tracked, List<Face> faces) {
    return "%d %s %s %s %s"
        .formatted(
            frame.number(),
            frame.image(),
            cut,
            tracked,
            faces.stream()
                .map(
                    face ->
                        List.of(
                            face,
                            face.behaviour().valenceArousal(),
                            Arrays.toString(face.behaviour().expressionProbabilities()),
                            Arrays.toString(face.behaviour().actionUnitProbabilities()),
                            Arrays.toString(face.behaviour().embedding())))
                .toList());
  }

  @Tag("slow")
  @Test
  void theResultsAreThoseOfOneThread() throws IOException {
    for (String clip : List.of("crossing.mp4", "cut.mp4", "leaves-returns.mp4")) {
      same(clip, options());
    }
    same("crossing.mp4", options().everyFrame());
  }

  private static void same(String clip, TrackerOptions options) throws IOException {
    List<String> seen = new ArrayList<>();
    try (VideoSource source = open(clip);
        FramePipeline frames = new FramePipeline(analyzer, options, source, Optional.empty())) {
      frames.run((frame, cut, tracked, faces) -> seen.add(told(frame, cut, tracked, faces)));
    }
    assertEquals(byOneThread(clip, options), seen, clip);
  }

  @Test
  void whoeverFailsIsHeardAndNoThreadStays() throws IOException {
    IllegalStateException full = new IllegalStateException("disk full");
    AtomicInteger blocks = new AtomicInteger();
    try (VideoSource source = open("crossing.mp4");
        FramePipeline frames = new FramePipeline(analyzer, options(), source, Optional.empty())) {
      assertSame(
          full,
          assertThrows(
              IllegalStateException.class,
              () ->
                  frames.run(
                      (frame, cut, tracked, faces) -> {
                        if (blocks.incrementAndGet() == 3) {
                          throw full;
                        }
                      })));
    }
    assertEquals(3, blocks.get());
    // A pool is terminated before the last instructions of its threads.
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("affect4j-(read-ahead|faces)")) {
              thread.join();
            }
          }
        });
  }

  @Tag("slow")
  @Test
  void anInterruptIsHeardAfterTheVideo() throws IOException {
    Thread.currentThread().interrupt();
    try (VideoSource source = open("cut.mp4")) {
      AtomicInteger frames = new AtomicInteger();
      VideoAnalysis.standard()
          .run(
              analyzer,
              source,
              "cut",
              rows -> frames.addAndGet(rows.size()),
              ProgressListener.silent());
      assertTrue(frames.get() > 0);
    }
    assertTrue(Thread.interrupted());
  }

  @Test
  void whatIsReadAheadKeepsItsOrderAndItsFailure() {
    Iterator<Integer> broken =
        Stream.iterate(0, i -> i + 1)
            .peek(
                i -> {
                  if (i == 5) {
                    throw new IllegalArgumentException("broken");
                  }
                })
            .iterator();
    List<Integer> read = new ArrayList<>();
    try (ReadAhead<Integer> ahead = new ReadAhead<>(broken, 2)) {
      assertEquals(
          "broken",
          assertThrows(IllegalArgumentException.class, () -> ahead.forEachRemaining(read::add))
              .getMessage());
    }
    assertEquals(List.of(0, 1, 2, 3, 4), read);
    try (ReadAhead<Integer> ahead =
        new ReadAhead<>(IntStream.range(0, 100).boxed().iterator(), 3)) {
      List<Integer> all = new ArrayList<>();
      ahead.forEachRemaining(all::add);
      assertEquals(IntStream.range(0, 100).boxed().toList(), all);
    }
  }

  @Test
  void onlyAFewAreReadAheadAndNoneAfterTheEnd() {
    AtomicInteger taken = new AtomicInteger();
    Iterator<Integer> endless = Stream.generate(taken::incrementAndGet).iterator();
    try (ReadAhead<Integer> ahead = new ReadAhead<>(endless, 4)) {
      assertEquals(1, ahead.next());
    }
    int before = taken.get();
    assertTrue(before <= 4 + 3 + 4, before + " taken");
    assertEquals(before, taken.get());
  }
}
