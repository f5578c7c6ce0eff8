package org.affect4j.video;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.behaviour.FaceMemory;
import org.affect4j.behaviour.Hearing;
import org.affect4j.face.Face;
import org.affect4j.video.track.CutDetector;
import org.affect4j.video.track.FaceTracker;
import org.affect4j.video.track.TrackedFace;
import org.affect4j.video.track.TrackerOptions;

/**
 * Takes frames through decoder, tracker and behaviour network at the same time: a thread decodes
 * ahead, the caller's follows faces from frame to frame, and others search the key frames before it
 * and read the faces of the frames behind it, each frame by itself. So the results are those of one
 * thread, and come in order. A few frames are in memory at a time. For one video.
 */
final class FramePipeline implements AutoCloseable {
  /** Bytes that frames on their way may take, unless these are fewer than the least. */
  private static final long BYTES = 96L << 20;

  private static final int LEAST = 3;
  private static final int MOST = 24;

  private final FaceAnalyzer analyzer;
  private final ReadAhead<VideoFrame> source;
  private final SearchedAhead detector;
  private final FaceTracker tracker;
  private final CutDetector cuts = new CutDetector();
  private final ExecutorService helpers;
  private final Optional<Hearing> sound;

  /** Told of the frames in their order: a network over time reads them on the caller's thread. */
  private final FaceMemory memory = new FaceMemory();

  /** So many frames are decoded ahead, come next, and are being read. */
  private final int span;

  private final Deque<VideoFrame> coming = new ArrayDeque<>();
  private final Deque<Pending> pending = new ArrayDeque<>();

  /** Takes frames in order, on the thread that began. */
  interface Sink {
    /**
     * Takes a frame.
     *
     * @param cut whether another shot begins with it
     * @param tracked its faces by number
     * @param faces what was read in each of them
     */
    void accept(VideoFrame frame, boolean cut, List<TrackedFace> tracked, List<Face> faces);
  }

  /** A frame whose faces are being read. */
  private record Pending(
      VideoFrame frame, boolean cut, List<TrackedFace> tracked, OnceTask<List<Face>> faces) {}

  /**
   * Begins to decode.
   *
   * @param frames closed by the caller, after this
   * @param sound for networks that hear
   */
  FramePipeline(
      FaceAnalyzer analyzer, TrackerOptions options, VideoSource frames, Optional<Hearing> sound) {
    this.analyzer = analyzer;
    this.sound = sound;
    detector = new SearchedAhead(analyzer.detector(), options.scoreThreshold());
    tracker = new FaceTracker(detector, options);
    span = span(frames.info());
    source = new ReadAhead<>(frames.iterator(), span);
    int others = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    helpers = Executors.newFixedThreadPool(others, FramePipeline::daemon);
  }

  private static int span(VideoInfo info) {
    long bytes = 3L * Math.max(1, info.width()) * Math.max(1, info.height());
    return (int) Math.max(LEAST, Math.min(MOST, BYTES / bytes)) / LEAST;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "affect4j-faces");
    thread.setDaemon(true);
    return thread;
  }

  /** Hands all frames on. */
  void run(Sink sink) {
    while (!coming.isEmpty() || source.hasNext()) {
      if (coming.isEmpty()) {
        coming.add(source.next());
      }
      lookAhead();
      Pending next = track(coming.remove());
      if (!analyzer.behaviourModel().isOverTime()) {
        helpers.execute(next.faces);
      }
      pending.add(next);
      while (pending.size() > span || !pending.isEmpty() && pending.peek().faces.isDone()) {
        hand(sink);
      }
    }
    while (!pending.isEmpty()) {
      hand(sink);
    }
  }

  /** Takes what is decoded, and lets others search the frames that will be searched as a whole. */
  private void lookAhead() {
    Optional<VideoFrame> decoded = Optional.empty();
    while (coming.size() <= span && (decoded = source.poll()).isPresent()) {
      coming.add(decoded.get());
    }
    List<VideoFrame> frames = List.copyOf(coming);
    double[] clocks = frames.stream().mapToDouble(FramePipeline::clock).toArray();
    tracker
        .searchesAmong(clocks)
        .forEach(next -> detector.begin(frames.get(next).image(), helpers));
  }

  /** Without times, motion counts in frames. */
  private static double clock(VideoFrame frame) {
    return frame.seconds().orElse(frame.number() / 25.0);
  }

  private Pending track(VideoFrame frame) {
    boolean cut = cuts.isCut(frame.image());
    if (cut) {
      tracker.cut();
    }
    List<TrackedFace> tracked = tracker.next(frame.image(), clock(frame));
    detector.forget(frame.image());
    return new Pending(frame, cut, tracked, new OnceTask<>(() -> read(frame, cut, tracked)));
  }

  private List<Face> read(VideoFrame frame, boolean cut, List<TrackedFace> tracked) {
    if (cut && analyzer.behaviourModel().isOverTime()) {
      memory.forget();
    }
    if (tracked.isEmpty()) {
      return List.of();
    }
    analyzer
        .behaviourModel()
        .soundSide()
        .ifPresent(side -> memory.hear(sound.orElseThrow().around(clock(frame), side)));
    return analyzer.analyze(
        frame.image(),
        tracked.stream().map(TrackedFace::detection).toList(),
        tracked.stream().map(TrackedFace::id).toList(),
        memory);
  }

  private void hand(Sink sink) {
    Pending first = pending.remove();
    sink.accept(first.frame, first.cut, first.tracked, first.faces.get());
  }

  /** Waits for all threads: neither networks nor files must be closed under one that uses them. */
  @Override
  public void close() {
    pending.forEach(frame -> frame.faces.cancel());
    detector.cancel();
    helpers.shutdown();
    source.close();
    Waiting.until(() -> helpers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
  }
}
