package org.affect4j.video;

import java.util.OptionalDouble;
import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;

/** Copies the pixels of decoded frames, each by its own size, format and colours. */
final class FramePicture implements AutoCloseable {
  /** From this many lines on, video that does not name its colour matrix has the one of HD. */
  private static final int LINES_OF_HD = 720;

  private static final int GREY = 128;
  private static final int WHITE = 255;

  private final AVStream stream;
  private final int longSide;
  private final SwsContext scaler = swscale.sws_alloc_context();
  private final AVFrame planes = avutil.av_frame_alloc();

  FramePicture(AVStream stream, int longSide) {
    this.stream = stream;
    this.longSide = longSide;
  }

  /** Makes the picture of a frame. */
  VideoFrame of(AVFrame frame, long number, double seconds) {
    Display display = Display.of(stream, frame);
    int width = display.square(frame.width());
    int height = frame.height();
    double scale = Math.min(1, (double) longSide / Math.max(width, height));
    int smallWidth = Math.max(1, (int) Math.round(width * scale));
    int smallHeight = Math.max(1, (int) Math.round(height * scale));
    scaler.flags(scale < 1 ? swscale.SWS_BILINEAR : swscale.SWS_BICUBIC);
    int code = convert(frame, smallWidth, smallHeight);
    FaceImage image =
        code < 0 ? FaceImage.plain(smallWidth, smallHeight, GREY) : copy(smallWidth, smallHeight);
    return new VideoFrame(
        number,
        OptionalDouble.of(seconds),
        display.applied(image),
        display.width(width, height),
        display.height(width, height),
        code < 0 ? "its pixels could not be converted: " + Ffmpeg.words(code) : damage(frame));
  }

  private static String damage(AVFrame frame) {
    boolean broken = frame.decode_error_flags() != 0 || (frame.flags() & Ffmpeg.CORRUPT) != 0;
    return broken ? "parts of the frame could not be decoded" : "";
  }

  private int convert(AVFrame frame, int width, int height) {
    AVPixFmtDescriptor kind = avutil.av_pix_fmt_desc_get(frame.format());
    boolean alpha = (kind.flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0;
    int format = alpha ? avutil.AV_PIX_FMT_GBRAP : avutil.AV_PIX_FMT_GBRP;
    boolean rgb = (kind.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
    if (frame.colorspace() == avutil.AVCOL_SPC_UNSPECIFIED && !rgb) {
      frame.colorspace(
          frame.height() >= LINES_OF_HD ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M);
    }
    if (planes.width() != width || planes.height() != height || planes.format() != format) {
      avutil.av_frame_unref(planes);
      planes.width(width);
      planes.height(height);
      planes.format(format);
      int code = avutil.av_frame_get_buffer(planes, 0);
      if (code < 0) {
        return code;
      }
    }
    // Brightness beyond a screen's is mapped into its range; all other colours stay as they are.
    boolean bright =
        frame.color_trc() == avutil.AVCOL_TRC_SMPTE2084
            || frame.color_trc() == avutil.AVCOL_TRC_ARIB_STD_B67;
    planes.color_trc(bright ? avutil.AVCOL_TRC_BT709 : frame.color_trc());
    planes.color_primaries(bright ? avutil.AVCOL_PRI_BT709 : frame.color_primaries());
    planes.colorspace(avutil.AVCOL_SPC_RGB);
    planes.color_range(avutil.AVCOL_RANGE_JPEG);
    return swscale.sws_scale_frame(scaler, planes, frame);
  }

  /** The one place where pixels cross into Java: green, blue, red and perhaps alpha. */
  private FaceImage copy(int width, int height) {
    byte[] green = plane(0, width, height);
    byte[] blue = plane(1, width, height);
    byte[] red = plane(2, width, height);
    if (planes.format() == avutil.AV_PIX_FMT_GBRAP) {
      byte[] alpha = plane(3, width, height);
      layOverWhite(green, alpha);
      layOverWhite(blue, alpha);
      layOverWhite(red, alpha);
    }
    return FaceImage.ofBands(width, height, red, green, blue);
  }

  private byte[] plane(int index, int width, int height) {
    byte[] band = new byte[width * height];
    BytePointer from = planes.data(index);
    int row = planes.linesize(index);
    if (row == width) {
      from.get(band);
    } else {
      for (int y = 0; y < height; y++) {
        from.position((long) y * row).get(band, y * width, width);
      }
    }
    return band;
  }

  private static void layOverWhite(byte[] band, byte[] alpha) {
    for (int i = 0; i < band.length; i++) {
      int opacity = alpha[i] & 0xFF;
      int sum = (band[i] & 0xFF) * opacity + WHITE * (WHITE - opacity);
      band[i] = (byte) ((sum + WHITE / 2) / WHITE);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(planes);
    swscale.sws_free_context(scaler);
  }
}
