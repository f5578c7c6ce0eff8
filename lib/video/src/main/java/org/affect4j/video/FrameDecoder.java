package org.affect4j.video;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Turns the packets of a file's chosen stream into frames, to the last that the codec holds. */
final class FrameDecoder implements AutoCloseable {
  /** More pixels than any camera's video has: a guard against damaged headers. */
  private static final long MOST_PIXELS = 1L << 26;

  /** Frames a second where a file says nothing. */
  private static final double USUAL_RATE = 25;

  private final MediaFile file;
  private final AVCodecContext codec;
  private FrameClock clock;
  private boolean drained;
  private long packets;
  private long broken;
  private long frames;
  private long beforeBreak;

  FrameDecoder(MediaFile file) throws UnreadableVideoException {
    this.file = file;
    AVStream stream = file.stream();
    clock = clock(stream);
    AVCodec decoder = decoder(stream);
    codec = avcodec.avcodec_alloc_context3(decoder);
    int code = avcodec.avcodec_parameters_to_context(codec, stream.codecpar());
    if (code >= 0) {
      codec.pkt_timebase(stream.time_base());
      codec.thread_count(1);
      codec.max_pixels(MOST_PIXELS);
      code = avcodec.avcodec_open2(codec, decoder, (AVDictionary) null);
    }
    if (code < 0) {
      close();
      throw new UnreadableVideoException(
          "%s cannot be decoded (codec %s): %s"
              .formatted(
                  file.path(),
                  avcodec.avcodec_get_name(stream.codecpar().codec_id()).getString(),
                  Ffmpeg.words(code)));
    }
  }

  private static FrameClock clock(AVStream stream) {
    double rate = Ffmpeg.ratio(stream.avg_frame_rate());
    double tick = Ffmpeg.ratio(stream.time_base());
    return new FrameClock(Math.max(1, Math.round(1 / ((rate > 0 ? rate : USUAL_RATE) * tick))));
  }

  private static long stamp(AVFrame frame) {
    return frame.pts();
  }

  private AVCodec decoder(AVStream stream) throws UnreadableVideoException {
    int id = stream.codecpar().codec_id();
    AVCodec decoder = avcodec.avcodec_find_decoder(id);
    if (decoder == null) {
      throw new UnreadableVideoException(
          "%s is coded by %s, which this FFmpeg does not decode"
              .formatted(file.path(), avcodec.avcodec_get_name(id).getString()));
    }
    return decoder;
  }

  /**
   * Fills in the next frame.
   *
   * @return whether there is one
   */
  boolean next(AVFrame frame) {
    while (true) {
      int code = avcodec.avcodec_receive_frame(codec, frame);
      if (code == 0) {
        frames++;
        frame.pts(clock.next(stamp(frame), frame.duration()));
        return true;
      }
      if (code == avutil.AVERROR_EOF) {
        return false;
      }
      if (code != Ffmpeg.AGAIN) {
        broke();
      } else if (!drained) {
        send();
      } else {
        return false;
      }
    }
  }

  private void send() {
    AVPacket packet = file.next();
    packets += packet == null ? 0 : 1;
    drained = packet == null;
    int code = avcodec.avcodec_send_packet(codec, packet);
    if (code < 0 && !drained) {
      broke();
    }
  }

  private void broke() {
    if (broken++ == 0) {
      beforeBreak = frames;
    }
  }

  /** Forgets what it holds, before packets from elsewhere in the file. */
  void flush() {
    avcodec.avcodec_flush_buffers(codec);
    clock = clock(file.stream());
    drained = false;
  }

  /** What could not be decoded, in words; empty if nothing. */
  String damage() {
    return broken == 0
        ? ""
        : "%d of %d packets could not be decoded, the first after %d frames"
            .formatted(broken, packets, beforeBreak);
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(codec);
  }
}
