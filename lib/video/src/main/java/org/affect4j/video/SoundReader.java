package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;

/** Reads the sound of a file piece by piece, all channels mixed to one, holes filled by silence. */
final class SoundReader implements AutoCloseable {
  /** Times of sound that differ by less, in seconds, are jitter; a hole is longer. */
  private static final double JITTER = .05;

  /** A hole that is longer, in seconds, is a damaged time. */
  private static final double LONGEST_HOLE = 600;

  private final int rate;
  private final MediaFile media;
  private final FrameDecoder decoder;
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVFrame mixed = avutil.av_frame_alloc();
  private SwrContext resampler = resampler();
  private double start;
  private float[] samples = new float[1 << 14];
  private int count;
  private long handedOn;
  private boolean begun;
  private boolean ended;

  /**
   * Opens the sound of a file.
   *
   * @throws UnreadableVideoException if it has none
   */
  SoundReader(Path file, int rate) throws IOException {
    if (rate < 1_000 || rate > 192_000) {
      throw new IllegalArgumentException(
          "a rate is 1,000 to 192,000 samples a second, got " + rate);
    }
    this.rate = rate;
    media = new MediaFile(file);
    FrameDecoder opened = null;
    try {
      media.choose(
          FileInfo.main(FileInfo.streams(media), "audio")
              .orElseThrow(() -> new UnreadableVideoException(file + " has no sound")));
      opened = new FrameDecoder(media);
      decoder = opened;
      decode();
      if (count == 0) {
        throw new UnreadableVideoException(
            file + " has a sound track without sound: " + opened.damage());
      }
    } catch (IOException e) {
      free();
      if (opened != null) {
        opened.close();
      }
      media.close();
      throw e;
    }
  }

  /** When the first sample is heard, on the file's own clock. */
  double startSeconds() {
    return start;
  }

  /** What is known to be lost up to here. */
  String damage() {
    return decoder.damage().isEmpty() ? media.ending() : decoder.damage();
  }

  /** The next samples; none at the end. */
  float[] next() {
    if (count == 0) {
      decode();
    }
    float[] piece = Arrays.copyOf(samples, count);
    handedOn += count;
    count = 0;
    return piece;
  }

  /** Decodes until there are samples, or the sound ends. */
  private void decode() {
    while (count == 0 && !ended) {
      ended = !decoder.next(frame);
      if (ended) {
        drain();
      } else {
        add(Ffmpeg.seconds(frame.pts(), media.stream().time_base()));
      }
    }
  }

  private static SwrContext resampler() {
    SwrContext resampler = swresample.swr_alloc();
    // The mean of two channels, not their sum by 1.4.
    avutil.av_opt_set_double(resampler, "rematrix_maxval", 1, 0);
    return resampler;
  }

  private void add(double seconds) {
    if (begun) {
      double hole = seconds - start - (handedOn + count + delay()) / (double) rate;
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
  private void drain() {
    if (swresample.swr_is_initialized(resampler) != 0) {
      convert(null);
    }
  }

  private int convert(AVFrame input) {
    avutil.av_frame_unref(mixed);
    avutil.av_channel_layout_default(mixed.ch_layout(), 1);
    mixed.sample_rate(rate);
    mixed.format(avutil.AV_SAMPLE_FMT_FLT);
    int code = swresample.swr_convert_frame(resampler, mixed, input);
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

  private void free() {
    swresample.swr_free(resampler);
    avutil.av_frame_free(mixed);
    avutil.av_frame_free(frame);
  }

  @Override
  public void close() {
    free();
    decoder.close();
    media.close();
  }
}
