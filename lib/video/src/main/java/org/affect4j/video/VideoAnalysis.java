package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.behaviour.Hearing;
import org.affect4j.detect.DetectorOptions;
import org.affect4j.face.Face;
import org.affect4j.series.FaceSeries;
import org.affect4j.series.Spectrogram;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.table.InputName;
import org.affect4j.video.track.TrackedFace;
import org.affect4j.video.track.TrackerOptions;

/**
 * Reads the faces of videos: one row per frame and face, and one per frame without a face, with
 * {@code input}, {@code frame}, {@code timestamp_s} and, by tracks that end at cuts, {@code
 * face_id}. Values are read from the frame's own pixels; nothing is averaged over time.
 *
 * @param video which frames
 * @param tracker how faces are followed
 */
public record VideoAnalysis(VideoOptions video, TrackerOptions tracker) {
  /** Frames whose rows are handed on together. */
  private static final int BLOCK = 128;

  /**
   * Returns the usual analysis: every frame, all faces.
   *
   * @return the analysis
   */
  public static VideoAnalysis standard() {
    return new VideoAnalysis(
        VideoOptions.defaults(), TrackerOptions.of(DetectorOptions.defaults().scoreThreshold()));
  }

  /**
   * Analyses a video whole.
   *
   * @param analyzer reads the faces
   * @param file a video
   * @param listener told after each frame
   * @return all rows, in memory
   * @throws IOException if the file is no video, or cannot be read
   */
  public FaceTable run(FaceAnalyzer analyzer, Path file, ProgressListener listener)
      throws IOException {
    List<FaceTable> blocks = new ArrayList<>();
    try (VideoSource source = VideoSource.open(file, video)) {
      Optional<Hearing> sound =
          analyzer.behaviourModel().soundSide().isPresent()
              ? Optional.of(hearing(file))
              : Optional.empty();
      run(analyzer, source, InputName.of(file), sound, blocks::add, listener);
    }
    return blocks.get(0).append(blocks.stream().skip(1).toArray(FaceTable[]::new));
  }

  /**
   * Analyses a video bit by bit, in memory that does not grow with its length.
   *
   * @param analyzer reads the faces
   * @param source the frames; all are taken, and not closed
   * @param input its name in the rows
   * @param rows takes the rows of some frames at a time, in order
   * @param listener told after each frame
   */
  public void run(
      FaceAnalyzer analyzer,
      VideoSource source,
      String input,
      Consumer<FaceTable> rows,
      ProgressListener listener) {
    if (analyzer.behaviourModel().soundSide().isPresent()) {
      throw new IllegalArgumentException(
          "the network '%s' hears, and frames alone are silent: give the file"
              .formatted(analyzer.behaviourModel().entry().name()));
    }
    run(analyzer, source, input, Optional.empty(), rows, listener);
  }

  private void run(
      FaceAnalyzer analyzer,
      VideoSource source,
      String input,
      Optional<Hearing> sound,
      Consumer<FaceTable> rows,
      ProgressListener listener) {
    long[] done = new long[1];
    read(
        analyzer,
        source,
        input,
        sound,
        rows,
        (frame, faces) ->
            listener.at(++done[0], Math.max(done[0], source.info().frames().orElse(0))));
  }

  /** The sound of a video. */
  static Hearing hearing(Path file) throws IOException {
    AudioTrack sound = AudioTrack.read(file, Spectrogram.RATE);
    return (seconds, side) -> sound.spectrogram(seconds).square(side);
  }

  /** Hears of each frame and its faces, when their rows are made. */
  interface Witness {
    void saw(VideoFrame frame, List<TrackedFace> faces);
  }

  void read(
      FaceAnalyzer analyzer,
      VideoSource source,
      String input,
      Optional<Hearing> sound,
      Consumer<FaceTable> rows,
      Witness witness) {
    Block block = new Block(analyzer.columns(true), input, rows);
    try (FramePipeline frames = new FramePipeline(analyzer, tracker, source, sound)) {
      frames.run(
          (frame, cut, tracked, faces) -> {
            block.add(frame, cut, tracked, faces);
            witness.saw(frame, tracked);
          });
    }
    block.end(source.damage());
  }

  /** Rows that wait to be handed on. */
  private static final class Block {
    private final List<String> columns;
    private final String input;
    private final Consumer<FaceTable> rows;
    private FaceTableBuilder builder;
    private long frames;

    Block(List<String> columns, String input, Consumer<FaceTable> rows) {
      this.columns = columns;
      this.input = input;
      this.rows = rows;
      builder = builder();
    }

    /** All blocks have the same columns, whether they have a face or not. */
    private FaceTableBuilder builder() {
      return new FaceTableBuilder("faces", columns);
    }

    void add(VideoFrame frame, boolean cut, List<TrackedFace> tracked, List<Face> read) {
      double scale = (double) frame.width() / frame.image().width();
      for (int i = 0; i < Math.max(1, tracked.size()); i++) {
        row(frame.number(), frame.seconds(), cut ? FaceSeries.CUT : "", frame.damage());
        builder.set(
            FaceColumns.STATUS,
            (!frame.damage().isEmpty()
                    ? Status.PARTIAL
                    : tracked.isEmpty() ? Status.NO_FACE : Status.OK)
                .label());
        if (i < tracked.size()) {
          Face face = read.get(i);
          builder.face(
              new Face(
                  tracked.get(i).id(),
                  face.detection().map(d -> d.moved(scale, (scale - 1) / 2, (scale - 1) / 2)),
                  face.behaviour()));
        }
        builder.add();
      }
      if (++frames % BLOCK == 0) {
        handOn();
      }
    }

    private void row(long number, OptionalDouble seconds, String cut, String damage) {
      builder.set(FaceColumns.INPUT, input).set(FaceColumns.FRAME, number);
      seconds.ifPresent(s -> builder.set(FaceColumns.TIMESTAMP, s));
      builder.set(
          FaceColumns.REASON,
          cut.isEmpty() || damage.isEmpty() ? cut + damage : cut + "; " + damage);
    }

    void end(String damage) {
      if (!damage.isEmpty() || frames == 0) {
        builder.set(FaceColumns.INPUT, input);
        builder.set(FaceColumns.STATUS, (frames == 0 ? Status.UNREADABLE : Status.PARTIAL).label());
        builder.set(
            FaceColumns.REASON,
            damage.isEmpty() ? "no frame in it, or none of those that are asked for" : damage);
        builder.add();
      }
      handOn();
    }

    private void handOn() {
      if (builder.size() > 0) {
        rows.accept(builder.build());
        builder = builder();
      }
    }
  }
}
