package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The sound of a file, all channels mixed to one, at a chosen rate. Holes in the recording are
 * silence, so that sample i is heard at {@code startSeconds() + i / rate()} on the clock of the
 * frames. Immutable; takes 4 bytes a sample.
 */
public final class AudioTrack {
  /** Times of sound that differ by less, in seconds, are jitter; a hole is longer. */
  private static final double JITTER = .05;

  /** A hole that is longer, in seconds, is a damaged time. */
  private static final double LONGEST_HOLE = 600;

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
    if (rate < 1_000 || rate > 192_000) {
      throw new IllegalArgumentException(
          "a rate is 1,000 to 192,000 samples a second, got " + rate);
    }
    try (MediaFile media = new MediaFile(file)) {
      media.choose(
          FileInfo.main(FileInfo.streams(media), "audio")
              .orElseThrow(() -> new UnreadableVideoException(file + " has no sound")));
      try (FrameDecoder decoder = new FrameDecoder(media);
          Mixer mixer = new Mixer(rate)) {
        AVFrame frame = avutil.av_frame_alloc();
        while (decoder.next(frame)) {
          mixer.add(frame, Ffmpeg.seconds(frame.pts(), media.stream().time_base()));
        }
        avutil.av_frame_free(frame);
        mixer.drain();
        if (mixer.count == 0) {
          throw new UnreadableVideoException(
              file + " has a sound track without sound: " + decoder.damage());
        }
        String damage = decoder.damage().isEmpty() ? media.ending() : decoder.damage();
        return new AudioTrack(rate, mixer.start, Arrays.copyOf(mixer.samples, mixer.count), damage);
      }
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
   * Tells what of the sound is known to be lost.
   *
   * @return in words; empty for a whole file
   */
  public String damage() {
    return damage;
  }

  /** Collects frames of any format and rate. */
  private static final class Mixer implements AutoCloseable {
    private final int rate;
    private final AVFrame mixed = avutil.av_frame_alloc();
    private SwrContext resampler = resampler();
    private double start;
    private float[] samples = new float[1 << 16];
    private int count;
    private boolean begun;

    Mixer(int rate) {
      this.rate = rate;
    }

    private static SwrContext resampler() {
      SwrContext resampler = swresample.swr_alloc();
      // The mean of two channels, not their sum by 1.4.
      avutil.av_opt_set_double(resampler, "rematrix_maxval", 1, 0);
      return resampler;
    }

    void add(AVFrame frame, double seconds) {
      if (begun) {
        double hole = seconds - start - (count + delay()) / (double) rate;
        grow(hole > JITTER && hole < LONGEST_HOLE ? (int) Math.round(hole * rate) : 0);
      } else {
        start = seconds;
        begun = true;
      }
      if (frame.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
        // Or the resampler, which takes it for the usual, sees a change at every frame.
        avutil.av_channel_layout_default(frame.ch_layout(), frame.ch_layout().nb_channels());
      }
      if (convert(frame) == avutil.AVERROR_INPUT_CHANGED) {
        drain();
        swresample.swr_free(resampler);
        resampler = resampler();
        convert(frame);
      }
    }

    private long delay() {
      return swresample.swr_is_initialized(resampler) == 0
          ? 0
          : swresample.swr_get_delay(resampler, rate);
    }

    /** Takes what the resampler still holds. */
    void drain() {
      if (swresample.swr_is_initialized(resampler) != 0) {
        convert(null);
      }
    }

    private int convert(AVFrame frame) {
      avutil.av_frame_unref(mixed);
      avutil.av_channel_layout_default(mixed.ch_layout(), 1);
      mixed.sample_rate(rate);
      mixed.format(avutil.AV_SAMPLE_FMT_FLT);
      int code = swresample.swr_convert_frame(resampler, mixed, frame);
      if (code >= 0 && mixed.nb_samples() > 0) {
        int at = count;
        grow(mixed.nb_samples());
        new FloatPointer(mixed.data(0)).get(samples, at, mixed.nb_samples());
      }
      return code;
    }

    private void grow(int more) {
      count = Math.addExact(count, more);
      if (count > samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(Integer.MAX_VALUE - 8, 2L * count));
      }
    }

    @Override
    public void close() {
      swresample.swr_free(resampler);
      avutil.av_frame_free(mixed);
    }
  }
}
