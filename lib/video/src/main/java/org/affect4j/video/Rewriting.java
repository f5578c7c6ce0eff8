package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.affect4j.image.FaceImage;

/** Writes a clip anew, with other pictures at its own times and with its sound. */
final class Rewriting {
  private static final int SOUND_RATE = 24_000;

  /** Seconds by which sound goes ahead of the pictures in the file. */
  private static final double AHEAD = .5;

  /** Frames a second of pictures without times, and of files that state none that can be. */
  private static final double USUAL_RATE = 25;

  private static final double HIGHEST_RATE = 120;

  private Rewriting() {}

  /**
   * Reads a clip and writes it anew, in memory that does not grow with its length.
   *
   * @param bits of the pictures a second; 0 for the usual
   * @param change makes the new picture of each frame, all of one size
   * @return what is told of the clip's damage; empty if there is none
   */
  static String write(
      Path clip, VideoOptions options, Path out, long bits, Function<VideoFrame, FaceImage> change)
      throws IOException {
    if (Files.exists(out) && Files.isSameFile(clip, out)) {
      throw new IllegalArgumentException(
          "the new video would replace the one it is made of: " + clip);
    }
    try (VideoSource source = open(clip, options)) {
      double told = source.info().rate().orElse(USUAL_RATE);
      double rate = told >= 1 && told <= HIGHEST_RATE ? told : USUAL_RATE;
      try (Copy copy = new Copy(clip, out, rate, bits)) {
        for (VideoFrame frame : source) {
          copy.add(frame, change.apply(frame));
        }
        copy.end();
        return source.damage();
      }
    }
  }

  /** Opens a file, or a folder of numbered pictures. */
  static VideoSource open(Path clip, VideoOptions options) throws IOException {
    return Files.isDirectory(clip)
        ? VideoSource.ofFrames(clip, options)
        : VideoSource.open(clip, options);
  }

  /** The video that is being written. */
  private static final class Copy implements AutoCloseable {
    private final Path clip;
    private final Path out;
    private final double rate;
    private final long bits;
    private Optional<VideoWriter> writer = Optional.empty();
    private Optional<SoundReader> sound = Optional.empty();
    private double start;
    private double last = -1;
    private double heard;
    private boolean whole;

    Copy(Path clip, Path out, double rate, long bits) {
      this.clip = clip;
      this.out = out;
      this.rate = rate;
      this.bits = bits;
    }

    void add(VideoFrame frame, FaceImage picture) throws IOException {
      double seconds = frame.seconds().orElse(frame.number() / USUAL_RATE);
      if (writer.isEmpty()) {
        start = seconds;
        begin(picture);
      }
      double time = seconds - start;
      hear(time + AHEAD);
      // Times may lie nearer than a tick of the new file's clock.
      last = Math.max(time, last + 2e-4);
      writer.get().add(picture, last);
    }

    private void begin(FaceImage picture) throws IOException {
      VideoWriter video =
          bits > 0
              ? VideoWriter.create(out, picture.width(), picture.height(), rate, bits)
              : VideoWriter.create(out, picture.width(), picture.height(), rate);
      writer = Optional.of(video);
      try {
        sound = Optional.of(new SoundReader(clip, SOUND_RATE));
      } catch (UnreadableVideoException silent) {
        return;
      }
      heard = sound.get().startSeconds() - start;
      // Silence until the sound begins; what is heard before the first picture is left out.
      video.sound(new float[(int) Math.max(0, Math.round(heard * SOUND_RATE))], SOUND_RATE);
    }

    private void hear(double until) throws IOException {
      while (sound.isPresent() && heard < until) {
        float[] piece = sound.get().next();
        if (piece.length == 0) {
          return;
        }
        int early = (int) Math.min(piece.length, Math.max(0, Math.round(-heard * SOUND_RATE)));
        writer.get().sound(Arrays.copyOfRange(piece, early, piece.length), SOUND_RATE);
        heard += (double) piece.length / SOUND_RATE;
      }
    }

    void end() throws IOException {
      if (writer.isEmpty()) {
        throw new UnreadableVideoException(clip + " has no frame that can be decoded");
      }
      whole = true;
    }

    @Override
    public void close() throws IOException {
      sound.ifPresent(SoundReader::close);
      if (writer.isPresent()) {
        if (!whole) {
          writer.get().abandon();
        }
        writer.get().close();
      }
    }
  }
}
