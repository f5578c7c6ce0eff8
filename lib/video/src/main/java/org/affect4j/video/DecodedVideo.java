package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** An open file with all that its frames go through. */
final class DecodedVideo implements AutoCloseable {
  private final MediaFile file;
  private final FrameDecoder decoder;
  private final Deinterlacer deinterlacer;
  private final VideoInfo info;

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
  }

  MediaFile file() {
    return file;
  }

  VideoInfo info() {
    return info;
  }

  /**
   * Fills in the next frame; its time is in ticks of the stream, and rises.
   *
   * @return whether there is one
   */
  boolean next(AVFrame frame) {
    return deinterlacer.next(frame);
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

  double seconds(AVFrame frame) {
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
    deinterlacer.close();
    decoder.close();
    file.close();
  }
}
