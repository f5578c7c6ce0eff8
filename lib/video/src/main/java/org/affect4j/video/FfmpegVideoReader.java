package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.VideoReader;
import org.affect4j.analysis.VideoReading;
import org.affect4j.behaviour.Hearing;
import org.affect4j.face.Detection;
import org.affect4j.face.PixelBox;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceTable;
import org.affect4j.video.track.TrackedFace;
import org.affect4j.video.track.TrackerOptions;

/** Reads the videos among the inputs of {@code affect4j analyze}; found by its name in the jar. */
public final class FfmpegVideoReader implements VideoReader {
  /** Sides of a face's box that its picture shows, and the picture's long side in pixels. */
  private static final double SURROUNDINGS = 1.6;

  private static final int PICTURE = 256;
  private static final int GREY = 117;

  /** Made by the service loader. */
  public FfmpegVideoReader() {}

  private static VideoOptions frames(VideoReading options) {
    VideoOptions frames =
        VideoOptions.defaults().withEvery(options.every()).withRange(options.from(), options.to());
    frames = options.stream().isPresent() ? frames.withStream(options.stream().getAsInt()) : frames;
    return options.rate().isPresent() ? frames.withRate(options.rate().getAsDouble()) : frames;
  }

  private static TrackerOptions tracker(VideoReading options) {
    TrackerOptions tracker =
        TrackerOptions.of(options.scoreThreshold()).largest(options.mostFaces());
    return options.everyFrame() ? tracker.everyFrame() : tracker;
  }

  @Override
  public Map<String, String> settings(VideoReading options) {
    TrackerOptions tracker = tracker(options);
    Map<String, String> settings = new TreeMap<>();
    settings.put("every", "" + options.every());
    settings.put("range", "%s to %s s".formatted(options.from(), options.to()));
    settings.put(
        "stream", options.stream().isPresent() ? "" + options.stream().getAsInt() : "main");
    settings.put("fps", options.rate().isPresent() ? "" + options.rate().getAsDouble() : "none");
    int most = tracker.mostFaces();
    settings.put("faces", most == Integer.MAX_VALUE ? "all" : "%d largest".formatted(most));
    settings.put("key frame seconds", "" + tracker.keyFrameSeconds());
    settings.put("memory seconds", "" + tracker.memorySeconds());
    return settings;
  }

  @Override
  public Clip open(Path file, VideoReading options) throws IOException {
    VideoOptions frames = frames(options);
    VideoSource source =
        Files.isDirectory(file)
            ? VideoSource.ofFrames(file, frames)
            : VideoSource.open(file, frames);
    return new OpenClip(file, source, frames, options);
  }

  /** A file that is open. */
  private record OpenClip(Path file, VideoSource source, VideoOptions frames, VideoReading options)
      implements Clip {
    @Override
    public Map<String, String> facts() {
      VideoInfo info = source.info();
      Map<String, String> facts = new TreeMap<>();
      facts.put("container", info.container());
      facts.put("codec", info.codec());
      info.startSeconds()
          .ifPresent(s -> facts.put("start_s", String.format(Locale.ROOT, "%.6f", s)));
      info.created().ifPresent(when -> facts.put("created", when.toString()));
      return facts;
    }

    @Override
    public List<String> remarks() {
      return source.info().remarks();
    }

    @Override
    public void read(FaceAnalyzer analyzer, String input, Optional<Hearing> sound, Sink sink) {
      new VideoAnalysis(frames, tracker(options))
          .read(analyzer, source, input, sound, sink::rows, new Told(sink, expected()));
    }

    /** About how many frames are wanted; 0 where the file does not tell. */
    private long expected() {
      VideoInfo info = source.info();
      double part = 1;
      if (info.durationSeconds().isPresent()) {
        double start = info.startSeconds().orElse(0);
        double lasts = info.durationSeconds().getAsDouble();
        double from = Math.max(start, frames.from());
        double to = Math.min(start + lasts, frames.to());
        part = lasts > 0 ? Math.max(0, to - from) / lasts : 1;
      }
      return Math.round(info.frames().orElse(0) * part / frames.every());
    }

    @Override
    public void annotate(FaceTable rows, Path out) throws IOException {
      AnnotatedVideo.write(file, rows, out);
    }

    @Override
    public Hearing hearing() throws IOException {
      return VideoAnalysis.hearing(file);
    }

    @Override
    public void close() {
      source.close();
    }
  }

  /** Tells how far the reading is, and of the best picture of each person so far. */
  private static final class Told implements VideoAnalysis.Witness {
    private final Sink sink;
    private final long expected;
    private final Map<Integer, Double> scores = new HashMap<>();
    private double first = Double.NaN;
    private long frames;

    Told(Sink sink, long expected) {
      this.sink = sink;
      this.expected = expected;
    }

    @Override
    public void saw(VideoFrame frame, List<TrackedFace> faces) {
      for (TrackedFace face : faces) {
        Detection found = face.detection();
        if (found.score() > scores.getOrDefault(face.id(), 0.0)) {
          scores.put(face.id(), found.score());
          sink.best(face.id(), picture(frame.image(), found.box()));
        }
      }
      double seconds = frame.seconds().orElse(Double.NaN);
      first = frames++ == 0 ? seconds : first;
      double lasts = Double.isNaN(seconds - first) ? 0 : seconds - first;
      sink.frame(frames, expected, lasts);
    }

    private static FaceImage picture(FaceImage frame, PixelBox box) {
      int side = (int) Math.ceil(SURROUNDINGS * Math.max(box.width(), box.height()));
      int x = (int) Math.round(box.x() + (box.width() - side) / 2);
      int y = (int) Math.round(box.y() + (box.height() - side) / 2);
      return frame.cut(x, y, side, side, GREY).shrunkTo(PICTURE);
    }
  }
}
