package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.affect4j.series.Spectrogram;

/**
 * The sound of a file, all channels mixed to one, at a chosen rate. Holes in the recording are
 * silence, so that sample i is heard at {@code startSeconds() + i / rate()} on the clock of the
 * frames. Immutable; takes 4 bytes a sample.
 */
public final class AudioTrack {
  private final int rate;
  private final double startSeconds;
  private final float[] samples;
  private final String damage;

  private AudioTrack(int rate, double startSeconds, float[] samples, String damage) {
    this.rate = rate;
    this.startSeconds = startSeconds;
    this.samples = samples;
    this.damage = damage;
  }

  /**
   * Reads the sound of a video or a sound file: the stream that the file names as its default, else
   * the first.
   *
   * @param file any file of those that {@link VideoSource#open(Path)} reads, or WAV, MP3, FLAC …
   * @param rate samples a second that are wanted, 1,000 to 192,000
   * @return all of its sound that can be decoded
   * @throws UnreadableVideoException if the file has no sound that can be decoded
   * @throws IOException if the file cannot be read
   */
  public static AudioTrack read(Path file, int rate) throws IOException {
    try (SoundReader reader = new SoundReader(file, rate)) {
      float[] samples = new float[1 << 16];
      int count = 0;
      for (float[] piece = reader.next(); piece.length > 0; piece = reader.next()) {
        int end = Math.addExact(count, piece.length);
        if (end > samples.length) {
          int most = Integer.MAX_VALUE - 8;
          samples = Arrays.copyOf(samples, (int) Math.min(most, Math.max(end, 2L * count)));
        }
        System.arraycopy(piece, 0, samples, count, piece.length);
        count = end;
      }
      return new AudioTrack(
          rate, reader.startSeconds(), Arrays.copyOf(samples, count), reader.damage());
    }
  }

  /**
   * Returns how many samples a second has.
   *
   * @return as it was asked for
   */
  public int rate() {
    return rate;
  }

  /**
   * Returns when the first sample is heard.
   *
   * @return seconds on the file's own clock
   */
  public double startSeconds() {
    return startSeconds;
  }

  /**
   * Returns how many samples there are.
   *
   * @return 1 or more
   */
  public int length() {
    return samples.length;
  }

  /**
   * Returns a window of the sound.
   *
   * @param first index of its first sample; may lie outside the sound
   * @param count its length
   * @return values around -1 to 1; silence (0) outside the sound
   */
  public float[] window(int first, int count) {
    float[] window = new float[count];
    int from = Math.max(0, first);
    int to = (int) Math.min(samples.length, (long) first + count);
    if (from < to) {
      System.arraycopy(samples, from, window, from - first, to - from);
    }
    return window;
  }

  /**
   * Computes the spectrogram of the whole sound.
   *
   * @return one column for each window; the first sample is heard at {@link #startSeconds()}
   * @throws IllegalStateException if the sound was read at another rate than a spectrogram has
   * @throws IllegalArgumentException if the sound is shorter than a window
   */
  public Spectrogram spectrogram() {
    requireRate();
    return Spectrogram.of(samples);
  }

  /**
   * Computes the spectrogram of one second with a frame in its middle.
   *
   * @param seconds when the frame is shown, on the file's own clock ({@link VideoFrame#seconds()})
   * @return 44 columns, silent where there is no sound
   * @throws IllegalStateException if the sound was read at another rate than a spectrogram has
   */
  public Spectrogram spectrogram(double seconds) {
    requireRate();
    return Spectrogram.around(samples, seconds - startSeconds);
  }

  private void requireRate() {
    if (rate != Spectrogram.RATE) {
      throw new IllegalStateException(
          "a spectrogram needs %,d samples a second, this sound was read at %,d; read it with AudioTrack.read(file, Spectrogram.RATE)"
              .formatted(Spectrogram.RATE, rate));
    }
  }

  /**
   * Tells what of the sound is known to be lost.
   *
   * @return in words; empty for a whole file
   */
  public String damage() {
    return damage;
  }
}
