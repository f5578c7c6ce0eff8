package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** An open file with all that its frames go through. */
final class DecodedVideo implements AutoCloseable {
  private final MediaFile file;
  private final FrameDecoder decoder;
  private final Deinterlacer deinterlacer;
  private final VideoInfo info;
  private final AVFrame frame;

  DecodedVideo(Path path, VideoOptions options) throws IOException {
    file = new MediaFile(path);
    try {
      info = FileInfo.choose(file, options.stream());
      decoder = new FrameDecoder(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
    deinterlacer = new Deinterlacer(decoder);
    frame = avutil.av_frame_alloc();
  }

  MediaFile file() {
    return file;
  }

  VideoInfo info() {
    return info;
  }

  /** Goes to the next frame; tells whether there is one. */
  boolean next() {
    return deinterlacer.next(frame);
  }

  /** The frame; its time is in ticks of the stream, and rises. */
  AVFrame frame() {
    return frame;
  }

  /**
   * Goes on with the frames from a time of decoding on, or from one before.
   *
   * @return whether the file can do that
   */
  boolean seek(long stamp) {
    deinterlacer.clear();
    decoder.flush();
    return file.seek(stamp);
  }

  /** When the frame is shown. */
  double seconds() {
    return Ffmpeg.seconds(frame.pts(), file.stream().time_base());
  }

  /** What is known to be lost, in words. */
  String damage() {
    return Stream.of(decoder.damage(), file.ending())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    deinterlacer.close();
    decoder.close();
    file.close();
  }
}
