package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/** The frames of a video file. */
final class FileFrames implements FrameReader {
  private final VideoOptions options;
  private final VideoInfo info;
  private final AVFrame frame = avutil.av_frame_alloc();
  private DecodedVideo video;
  private FramePicture picture;
  private long number;
  private boolean held;
  private boolean ended;

  FileFrames(Path path, VideoOptions options) throws IOException {
    this.options = options;
    try {
      video = new DecodedVideo(path, options);
      info = video.info();
      if (info.startSeconds().orElse(Double.NEGATIVE_INFINITY) < options.from() && !enter()) {
        video.close();
        video = new DecodedVideo(path, options);
      }
      picture = new FramePicture(video.file().stream(), options.longSide());
    } catch (IOException | RuntimeException e) {
      avutil.av_frame_free(frame);
      throw e;
    }
  }

  /** Goes to the first frame of the range without decoding all before it; fails where that is not safe. */
  private boolean enter() {
    long target = ticks(options.from());
    Optional<EntryPoint> entry = EntryPoint.find(video.file(), target);
    if (entry.isEmpty() || !video.seek(entry.get().stamp())) {
      return false;
    }
    while (video.next(frame)) {
      if (options.hasBegun(video.seconds(frame))) {
        OptionalLong found = entry.get().number(frame.pts());
        number = found.orElse(0);
        held = entry.get().isFirst(frame.pts(), target);
        return held;
      }
    }
    return false;
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Optional<VideoFrame> next() {
    while (!ended && (held || video.next(frame))) {
      held = false;
      long counted = number++;
      double seconds = video.seconds(frame);
      ended = options.hasEnded(seconds);
      if (!ended && options.wants(counted) && options.hasBegun(seconds)) {
        return Optional.of(picture.of(frame, counted, seconds, damage(frame)));
      }
    }
    ended = true;
    return Optional.empty();
  }

  /** The first tick of a range. */
  private long ticks(double seconds) {
    AVRational base = video.file().stream().time_base();
    return (long) Math.ceil((seconds - 5e-7) / Ffmpeg.ratio(base));
  }

  private static String damage(AVFrame frame) {
    boolean broken =
        frame.decode_error_flags() != 0 || (frame.flags() & Ffmpeg.CORRUPT) != 0;
    return broken ? "parts of the frame could not be decoded" : "";
  }

  @Override
  public String damage() {
    String damage = video.damage();
    boolean nothing = ended && number == 0 && damage.isEmpty();
    return nothing ? "no picture in it could be decoded" : damage;
  }

  @Override
  public void close() {
    picture.close();
    video.close();
    avutil.av_frame_free(frame);
  }
}
