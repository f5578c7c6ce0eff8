package org.affect4j.video;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.face.Face;
import org.affect4j.video.track.CutDetector;
import org.affect4j.video.track.FaceTracker;
import org.affect4j.video.track.TrackedFace;
import org.affect4j.video.track.TrackerOptions;

/**
 * Takes frames through decoder, tracker and behaviour network at the same time: a thread decodes
 * ahead, the caller's follows faces frame by frame, and others read the faces of the frames behind
 * it, each frame by itself. So the results are those of one thread, and come in order. A few frames
 * are in memory at a time.
 */
final class FramePipeline {
  /** Bytes that frames on their way may take, unless these are fewer than the least. */
  private static final long BYTES = 96L << 20;

  private static final int LEAST = 3;
  private static final int MOST = 24;

  private final FaceAnalyzer analyzer;
  private final TrackerOptions options;

  FramePipeline(FaceAnalyzer analyzer, TrackerOptions options) {
    this.analyzer = analyzer;
    this.options = options;
  }

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
      VideoFrame frame, boolean cut, List<TrackedFace> tracked, Reading reading) {}

  void run(VideoSource source, Sink sink) {
    int frames = frames(source.info());
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    ExecutorService readers = Executors.newFixedThreadPool(workers, FramePipeline::daemon);
    Deque<Pending> pending = new ArrayDeque<>();
    try (ReadAhead<VideoFrame> ahead = new ReadAhead<>(source.iterator(), frames / LEAST)) {
      FaceTracker tracker = new FaceTracker(analyzer.detector(), options);
      CutDetector cuts = new CutDetector();
      while (ahead.hasNext()) {
        Pending next = track(ahead.next(), cuts, tracker);
        readers.execute(next.reading);
        pending.add(next);
        while (pending.size() >= frames - frames / LEAST || isDone(pending)) {
          hand(pending.remove(), sink);
        }
      }
      while (!pending.isEmpty()) {
        hand(pending.remove(), sink);
      }
    } finally {
      pending.forEach(frame -> frame.reading.cancel());
      readers.shutdown();
      // Networks must not be closed under a thread that runs them.
      Waiting.until(() -> readers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
    }
  }

  private static boolean isDone(Deque<Pending> pending) {
    return !pending.isEmpty() && pending.peek().reading.isDone();
  }

  private static int frames(VideoInfo info) {
    long bytes = 3L * Math.max(1, info.width()) * Math.max(1, info.height());
    return (int) Math.max(LEAST, Math.min(MOST, BYTES / bytes));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "affect4j-faces");
    thread.setDaemon(true);
    return thread;
  }

  private Pending track(VideoFrame frame, CutDetector cuts, FaceTracker tracker) {
    boolean cut = cuts.isCut(frame.image());
    if (cut) {
      tracker.cut();
    }
    // Without times, motion counts in frames.
    double clock = frame.seconds().orElse(frame.number() / 25.0);
    List<TrackedFace> tracked = tracker.next(frame.image(), clock);
    return new Pending(
        frame,
        cut,
        tracked,
        new Reading(
            () ->
                analyzer.analyze(
                    frame.image(), tracked.stream().map(TrackedFace::detection).toList())));
  }

  private static void hand(Pending frame, Sink sink) {
    // Where nobody has begun with it, this thread does; otherwise it waits.
    frame.reading.run();
    sink.accept(frame.frame, frame.cut, frame.tracked, frame.reading.result());
  }

  /** Faces that are read once, by whichever thread comes first. */
  private static final class Reading implements Runnable {
    private final Supplier<List<Face>> work;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<List<Face>> faces = new CompletableFuture<>();

    Reading(Supplier<List<Face>> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        try {
          faces.complete(work.get());
        } catch (RuntimeException | Error e) {
          faces.completeExceptionally(e);
        }
      }
    }

    boolean isDone() {
      return faces.isDone();
    }

    /** Nobody begins any more. */
    void cancel() {
      begun.set(true);
    }

    List<Face> result() {
      try {
        return faces.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw e.getCause() instanceof RuntimeException known ? known : e;
      }
    }
  }
}
