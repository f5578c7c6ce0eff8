package org.affect4j.video;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.IntPointer;

/**
 * Writes small videos with FFmpeg's own encoders, by its functions: the program in its jar needs a
 * sound library of the desktop that servers lack.
 */
final class ClipWriter implements AutoCloseable {
  /** Side of the nine squares that tell a frame's number, as the shared clips have them. */
  static final int STRIP = 8;

  private static final int[] PLAIN = {1, 0, 0, 1};

  private final AVFormatContext container = new AVFormatContext(null);
  private final AVCodecContext codec;
  private final AVStream stream;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final SwsContext scaler = swscale.sws_alloc_context();
  private final AVFrame source = avutil.av_frame_alloc();
  private final AVFrame target = avutil.av_frame_alloc();

  /**
   * Begins a file.
   *
   * @param file its extension names the container
   * @param encoder such as {@code "libvpx"}
   * @param settings of the encoder, before it is opened: size, format, time base …
   * @param options of encoder and container, by name
   */
  ClipWriter(
      Path file, String encoder, Consumer<AVCodecContext> settings, Map<String, String> options) {
    this(file, encoder, settings, options, PLAIN, "");
  }

  /** The same with a display matrix, which takes (x, y) to (m0 x + m2 y, m1 x + m3 y). */
  ClipWriter(
      Path file,
      String encoder,
      Consumer<AVCodecContext> settings,
      Map<String, String> options,
      int[] matrix,
      String created) {
    Complaints.here().listenTo(Set.of());
    check(avformat.avformat_alloc_output_context2(container, null, null, file.toString()));
    AVCodec kind = avcodec.avcodec_find_encoder_by_name(encoder);
    codec = avcodec.avcodec_alloc_context3(kind);
    codec.width(160);
    codec.height(120);
    codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    codec.time_base().num(1).den(25);
    codec.framerate().num(25).den(1);
    codec.gop_size(10);
    codec.thread_count(1);
    codec.bit_rate(300_000);
    settings.accept(codec);
    if ((container.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    AVDictionary named = new AVDictionary(null);
    options.forEach((name, value) -> avutil.av_dict_set(named, name, value, 0));
    check(avcodec.avcodec_open2(codec, kind, named));
    stream = avformat.avformat_new_stream(container, kind);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec));
    stream.time_base().num(codec.time_base().num()).den(codec.time_base().den());
    stream.avg_frame_rate().num(codec.framerate().num()).den(codec.framerate().den());
    if (matrix != PLAIN) {
      display(matrix);
    }
    if (!created.isEmpty()) {
      AVDictionary metadata = new AVDictionary(null);
      avutil.av_dict_set(metadata, "creation_time", created, 0);
      container.metadata(metadata);
    }
    AVIOContext output = new AVIOContext(null);
    check(avformat.avio_open(output, file.toString(), avformat.AVIO_FLAG_WRITE));
    container.pb(output);
    check(avformat.avformat_write_header(container, named));
    avutil.av_dict_free(named);
  }

  private void display(int[] matrix) {
    int one = 1 << 16;
    int[] whole = {
      matrix[0] * one, matrix[1] * one, 0, matrix[2] * one, matrix[3] * one, 0, 0, 0, 1 << 30
    };
    AVPacketSideData data = new AVPacketSideData(stream.codecpar().coded_side_data());
    IntPointer count = new IntPointer(1).put(stream.codecpar().nb_coded_side_data());
    AVPacketSideData added =
        avcodec.av_packet_side_data_new(
            data, count, avcodec.AV_PKT_DATA_DISPLAYMATRIX, 4L * whole.length, 0);
    new IntPointer(added.data()).put(whole);
    stream.codecpar().coded_side_data(data);
    stream.codecpar().nb_coded_side_data(count.get());
    count.close();
  }

  /** Writes a clip of 160 x 120 pixels and 25 frames a second whose frames tell their numbers. */
  static Path clip(Path file, String encoder, int frames, Map<String, String> options) {
    return clip(file, encoder, frames, options, codec -> {});
  }

  static Path clip(
      Path file,
      String encoder,
      int frames,
      Map<String, String> options,
      Consumer<AVCodecContext> settings) {
    return clip(file, encoder, frames, options, settings, "");
  }

  /** The same, with the time at which a camera says that it made the recording. */
  static Path clip(
      Path file,
      String encoder,
      int frames,
      Map<String, String> options,
      Consumer<AVCodecContext> settings,
      String created) {
    try (ClipWriter writer = new ClipWriter(file, encoder, settings, options, PLAIN, created)) {
      for (int i = 0; i < frames; i++) {
        writer.add(picture(i, writer.codec.width(), writer.codec.height()), i);
      }
    }
    return file;
  }

  /** Writes a clip of MPEG-2 whose frames are coded as two fields each. */
  static Path interlaced(Path file, int frames) {
    int fields = avcodec.AV_CODEC_FLAG_INTERLACED_DCT | avcodec.AV_CODEC_FLAG_INTERLACED_ME;
    try (ClipWriter writer =
        new ClipWriter(
            file, "mpeg2video", codec -> codec.flags(codec.flags() | fields), Map.of())) {
      for (int i = 0; i < frames; i++) {
        int upperFirst = Ffmpeg.INTERLACED | 1 << 4;
        writer.add(picture(i, 160, 120), i, frame -> frame.flags(frame.flags() | upperFirst));
      }
    }
    return file;
  }

  /** A moving pattern with a frame's number in its upper left corner. */
  static FaceImage picture(int number, int width, int height) {
    byte[][] bands = new byte[3][width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        bands[0][i] = (byte) (128 + 90 * Math.sin((x + 3 * number) / 11.0));
        bands[1][i] = (byte) (128 + 90 * Math.sin((y - 2 * number) / 7.0));
        bands[2][i] = (byte) (128 + 90 * Math.sin((x + y + number) / 17.0));
        if (y < STRIP && x < 9 * STRIP) {
          int square = x / STRIP;
          boolean white = square == 0 || (number >> 8 - square & 1) == 1;
          bands[0][i] = bands[1][i] = bands[2][i] = (byte) (white ? 255 : 0);
        }
      }
    }
    return FaceImage.ofBands(width, height, bands[0], bands[1], bands[2]);
  }

  /** The number that a frame of {@link #picture} tells. */
  static int number(FaceImage image) {
    int number = 0;
    for (int square = 1; square < 9; square++) {
      int colour = image.rgb(square * STRIP + STRIP / 2, STRIP / 2);
      number = 2 * number + (colour >> 8 & 0xFF) / 128;
    }
    return number;
  }

  /** Adds a picture, shown at a time in ticks. */
  void add(FaceImage image, long time) {
    add(image, time, frame -> {});
  }

  /** Adds a picture whose frame may be changed before it is encoded. */
  void add(FaceImage image, long time, Consumer<AVFrame> change) {
    allocate(source, image.width(), image.height(), avutil.AV_PIX_FMT_GBRP);
    byte[][] rows = new byte[3][image.width()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int rgb = image.rgb(x, y);
        rows[0][x] = (byte) (rgb >> 8);
        rows[1][x] = (byte) rgb;
        rows[2][x] = (byte) (rgb >> 16);
      }
      for (int b = 0; b < 3; b++) {
        source.data(b).position((long) y * source.linesize(b)).put(rows[b]);
      }
    }
    allocate(target, codec.width(), codec.height(), codec.pix_fmt());
    target.colorspace(codec.colorspace());
    target.color_range(codec.color_range());
    check(swscale.sws_scale_frame(scaler, target, source));
    target.pts(time);
    target.color_trc(codec.color_trc());
    target.color_primaries(codec.color_primaries());
    change.accept(target);
    check(avcodec.avcodec_send_frame(codec, target));
    drain();
  }

  private static void allocate(AVFrame frame, int width, int height, int format) {
    avutil.av_frame_unref(frame);
    frame.width(width);
    frame.height(height);
    frame.format(format);
    check(avutil.av_frame_get_buffer(frame, 0));
  }

  private void drain() {
    while (avcodec.avcodec_receive_packet(codec, packet) >= 0) {
      if (packet.duration() == 0) {
        packet.duration(1);
      }
      avcodec.av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
      check(avformat.av_interleaved_write_frame(container, packet));
    }
  }

  private static void check(int code) {
    if (code < 0) {
      throw new IllegalStateException("the clip could not be written: " + Ffmpeg.words(code));
    }
  }

  @Override
  public void close() {
    avcodec.avcodec_send_frame(codec, null);
    drain();
    check(avformat.av_write_trailer(container));
    avformat.avio_closep(container.pb());
    avformat.avformat_free_context(container);
    avcodec.avcodec_free_context(codec);
    avcodec.av_packet_free(packet);
    swscale.sws_free_context(scaler);
    avutil.av_frame_free(source);
    avutil.av_frame_free(target);
  }
}
