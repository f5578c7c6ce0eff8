package org.affect4j.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/** Writes small videos with any of FFmpeg's encoders, in any of its formats. */
final class ClipWriter implements AutoCloseable {
  /** Side of the nine squares that tell a frame's number, as the shared clips have them. */
  static final int STRIP = 8;

  private static final int[] PLAIN = {1, 0, 0, 1};

  private final MediaOutput output;
  private final StreamEncoder stream;
  private final PictureEncoder pictures;

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
    try {
      output = new MediaOutput(file, "");
      stream =
          output.stream(
              encoder,
              codec -> {
                codec.width(160);
                codec.height(120);
                codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
                codec.time_base().num(1).den(25);
                codec.framerate().num(25).den(1);
                codec.gop_size(10);
                codec.bit_rate(300_000);
                settings.accept(codec);
              },
              options);
      pictures = new PictureEncoder(output, stream);
      if (matrix != PLAIN) {
        display(matrix, stream.stream());
      }
      if (!created.isEmpty()) {
        AVDictionary metadata = new AVDictionary(null);
        avutil.av_dict_set(metadata, "creation_time", created, 0);
        output.container().metadata(metadata);
      }
      output.begin(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void display(int[] matrix, AVStream stream) {
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
        writer.add(picture(i, writer.stream.codec().width(), writer.stream.codec().height()), i);
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
    try {
      pictures.add(image, time, change);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (output;
        pictures) {
      output.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
