package org.affect4j.video;

import java.util.List;
import java.util.Set;
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
  private final Set<String> sources;
  private FrameClock clock;
  private boolean drained;
  private boolean suspect;
  private boolean doubted;
  private long frames;
  private long troubles;
  private long framesBefore;
  private String trouble = "";

  FrameDecoder(MediaFile file) throws UnreadableVideoException {
    this.file = file;
    AVStream stream = file.stream();
    AVCodec decoder = decoder(stream);
    clock = clock(stream);
    sources =
        Set.copyOf(
            List.of(
                file.context().iformat().name().getString(),
                decoder.name().getString(),
                avcodec.avcodec_get_name(decoder.id()).getString()));
    codec = avcodec.avcodec_alloc_context3(decoder);
    int code = avcodec.avcodec_parameters_to_context(codec, stream.codecpar());
    if (code >= 0) {
      codec.pkt_timebase(stream.time_base());
      codec.thread_count(1);
      codec.max_pixels(MOST_PIXELS);
      // Sound is placed by its times; files that name samples to skip are often wrong.
      codec.flags2(codec.flags2() | avcodec.AV_CODEC_FLAG2_SKIP_MANUAL);
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
    return new FrameClock(
        stream.start_time(), Math.max(1, Math.round(1 / ((rate > 0 ? rate : USUAL_RATE) * tick))));
  }

  private AVCodec decoder(AVStream stream) throws UnreadableVideoException {
    int id = stream.codecpar().codec_id();
    AVCodec decoder =
        avutil.av_dict_get(stream.metadata(), "alpha_mode", null, 0) == null
            ? avcodec.avcodec_find_decoder(id)
            : decoderOfAlpha(id);
    if (decoder == null) {
      throw new UnreadableVideoException(
          "%s is coded by %s, which this FFmpeg does not decode"
              .formatted(file.path(), avcodec.avcodec_get_name(id).getString()));
    }
    return decoder;
  }

  /** In WebM alpha is a second picture, which FFmpeg's own decoders leave out. */
  private static AVCodec decoderOfAlpha(int id) {
    return switch (id) {
      case avcodec.AV_CODEC_ID_VP8 -> avcodec.avcodec_find_decoder_by_name("libvpx");
      case avcodec.AV_CODEC_ID_VP9 -> avcodec.avcodec_find_decoder_by_name("libvpx-vp9");
      default -> avcodec.avcodec_find_decoder(id);
    };
  }

  /**
   * Fills in the next frame.
   *
   * @return whether there is one
   */
  boolean next(AVFrame frame) {
    while (true) {
      Complaints.here().listenTo(sources);
      int code = avcodec.avcodec_receive_frame(codec, frame);
      if (code == 0) {
        if (suspect && codec.has_b_frames() == 0) {
          frame.flags(frame.flags() | Ffmpeg.CORRUPT);
        }
        frame.pts(clock.next(frame.pts(), frame.duration()));
        if (doubted && clock.leapt()) {
          doubted = false;
          take("pictures are missing");
        }
        frames++;
        return true;
      }
      if (code == avutil.AVERROR_EOF || code == Ffmpeg.AGAIN && drained) {
        return false;
      }
      if (code != Ffmpeg.AGAIN) {
        judge(code);
      }
      if (!drained) {
        send();
      }
    }
  }

  private void send() {
    AVPacket packet = file.next();
    drained = packet == null;
    if (!drained) {
      // Containers doubt packets where recordings were joined, too: time and decoder know better.
      doubted |= (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0;
      packet.flags(packet.flags() & ~avcodec.AV_PKT_FLAG_CORRUPT);
    }
    judge(avcodec.avcodec_send_packet(codec, packet));
  }

  /** Takes down what FFmpeg thinks of the packet that it got last. */
  private void judge(int code) {
    String heard = Complaints.here().first();
    suspect = code < 0 || !heard.isEmpty();
    if (suspect) {
      take(heard.isEmpty() ? Ffmpeg.words(code) : heard);
    }
  }

  private void take(String words) {
    if (troubles++ == 0) {
      trouble = words;
      framesBefore = frames;
    }
  }

  /** Forgets what it holds, before packets from elsewhere in the file. */
  void flush() {
    avcodec.avcodec_flush_buffers(codec);
    clock = clock(file.stream());
    drained = false;
  }

  /** Where FFmpeg met damage, in words; empty if nowhere. */
  String damage() {
    return troubles == 0
        ? ""
        : "damaged at %d place%s, first after %d frames: %s"
            .formatted(troubles, troubles == 1 ? "" : "s", framesBefore, trouble);
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(codec);
  }
}
