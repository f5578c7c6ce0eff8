package org.affect4j.video;

import java.io.IOException;
import java.util.function.Consumer;
import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/** Encodes pictures in the colours, and at the size, of a stream. */
final class PictureEncoder implements AutoCloseable {
  private final MediaOutput output;
  private final StreamEncoder stream;
  private final SwsContext scaler = swscale.sws_alloc_context();
  private final AVFrame source = avutil.av_frame_alloc();
  private final AVFrame target = avutil.av_frame_alloc();

  PictureEncoder(MediaOutput output, StreamEncoder stream) {
    this.output = output;
    this.stream = stream;
  }

  /**
   * Adds a picture.
   *
   * @param time when it is shown, in the codec's ticks
   * @param change what is done with the frame before it is encoded
   */
  void add(FaceImage image, long time, Consumer<AVFrame> change) throws IOException {
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
    AVCodecContext codec = stream.codec();
    allocate(target, codec.width(), codec.height(), codec.pix_fmt());
    target.colorspace(codec.colorspace());
    target.color_range(codec.color_range());
    output.check(swscale.sws_scale_frame(scaler, target, source));
    target.pts(time);
    target.color_trc(codec.color_trc());
    target.color_primaries(codec.color_primaries());
    change.accept(target);
    stream.encode(target);
  }

  private void allocate(AVFrame frame, int width, int height, int format) throws IOException {
    avutil.av_frame_unref(frame);
    frame.width(width);
    frame.height(height);
    frame.format(format);
    output.check(avutil.av_frame_get_buffer(frame, 0));
  }

  @Override
  public void close() {
    swscale.sws_free_context(scaler);
    avutil.av_frame_free(source);
    avutil.av_frame_free(target);
  }
}
