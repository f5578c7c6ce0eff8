package org.affect4j.video;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** Encodes frames into one stream of a file. */
final class StreamEncoder implements AutoCloseable {
  private final MediaOutput output;
  private final AVCodecContext codec;
  private final AVStream stream;
  private final AVPacket packet = avcodec.av_packet_alloc();

  StreamEncoder(
      MediaOutput output,
      String encoder,
      Consumer<AVCodecContext> settings,
      Map<String, String> options)
      throws IOException {
    this.output = output;
    AVCodec kind = avcodec.avcodec_find_encoder_by_name(encoder);
    if (kind == null) {
      throw new IOException("this build of FFmpeg has no encoder " + encoder);
    }
    codec = avcodec.avcodec_alloc_context3(kind);
    codec.thread_count(1);
    settings.accept(codec);
    if ((output.container().oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    AVDictionary named = Ffmpeg.dictionary(options);
    try {
      output.check(avcodec.avcodec_open2(codec, kind, named));
    } finally {
      avutil.av_dict_free(named);
    }
    stream = avformat.avformat_new_stream(output.container(), kind);
    output.check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec));
    stream.time_base().num(codec.time_base().num()).den(codec.time_base().den());
    stream.avg_frame_rate().num(codec.framerate().num()).den(codec.framerate().den());
  }

  AVCodecContext codec() {
    return codec;
  }

  AVStream stream() {
    return stream;
  }

  /** Encodes a frame, whose time counts in the codec's ticks. */
  void encode(AVFrame frame) throws IOException {
    output.check(avcodec.avcodec_send_frame(codec, frame));
    drain();
  }

  /** Encodes what was held back. */
  void end() throws IOException {
    encode(null);
  }

  private void drain() throws IOException {
    while (avcodec.avcodec_receive_packet(codec, packet) >= 0) {
      if (packet.duration() == 0) {
        packet.duration(Math.max(1, Math.round(Ffmpeg.ticks(codec))));
      }
      packet.stream_index(stream.index());
      avcodec.av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
      output.check(avformat.av_interleaved_write_frame(output.container(), packet));
    }
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(codec);
    avcodec.av_packet_free(packet);
  }
}
