package org.affect4j.video;

import java.io.IOException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;

/** Encodes one channel of sound, of any rate, in the rate and the blocks of a stream. */
final class SoundEncoder implements AutoCloseable {
  private final MediaOutput output;
  private final StreamEncoder stream;
  private final int rate;
  private final SwrContext resampler = swresample.swr_alloc();
  private final AVFrame piece = avutil.av_frame_alloc();
  private final AVFrame converted = avutil.av_frame_alloc();
  private final AVFrame block = avutil.av_frame_alloc();
  private final AVAudioFifo waiting;
  private long written;

  SoundEncoder(MediaOutput output, StreamEncoder stream, int rate) {
    this.output = output;
    this.stream = stream;
    this.rate = rate;
    waiting = avutil.av_audio_fifo_alloc(stream.codec().sample_fmt(), 1, 1);
  }

  /** Samples a second of what is added. */
  int rate() {
    return rate;
  }

  void add(float[] samples) throws IOException {
    if (samples.length > 0) {
      format(piece, avutil.AV_SAMPLE_FMT_FLT, rate);
      piece.nb_samples(samples.length);
      output.check(avutil.av_frame_get_buffer(piece, 0));
      new FloatPointer(piece.data(0)).put(samples);
      convert(piece);
      encode(stream.codec().frame_size());
    }
  }

  /** Encodes the rest, which fills no block. */
  void end() throws IOException {
    if (swresample.swr_is_initialized(resampler) != 0) {
      convert(null);
    }
    encode(stream.codec().frame_size());
    encode(1);
  }

  private void convert(AVFrame input) throws IOException {
    AVCodecContext codec = stream.codec();
    format(converted, codec.sample_fmt(), codec.sample_rate());
    output.check(swresample.swr_convert_frame(resampler, converted, input));
    output.check(
        avutil.av_audio_fifo_write(waiting, converted.extended_data(), converted.nb_samples()));
  }

  private void encode(int smallest) throws IOException {
    AVCodecContext codec = stream.codec();
    while (avutil.av_audio_fifo_size(waiting) >= smallest) {
      format(block, codec.sample_fmt(), codec.sample_rate());
      block.nb_samples(Math.min(codec.frame_size(), avutil.av_audio_fifo_size(waiting)));
      output.check(avutil.av_frame_get_buffer(block, 0));
      avutil.av_audio_fifo_read(waiting, block.extended_data(), block.nb_samples());
      block.pts(written);
      written += block.nb_samples();
      stream.encode(block);
    }
  }

  private static void format(AVFrame frame, int format, int rate) {
    avutil.av_frame_unref(frame);
    avutil.av_channel_layout_default(frame.ch_layout(), 1);
    frame.format(format);
    frame.sample_rate(rate);
  }

  @Override
  public void close() {
    avutil.av_audio_fifo_free(waiting);
    swresample.swr_free(resampler);
    avutil.av_frame_free(piece);
    avutil.av_frame_free(converted);
    avutil.av_frame_free(block);
  }
}
