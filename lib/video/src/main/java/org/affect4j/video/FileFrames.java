package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** The frames of a video file. */
final class FileFrames implements FrameReader {
  private final VideoOptions options;
  private final VideoInfo info;
  private final FramePicture picture;
  private DecodedVideo video;
  private long number;
  private boolean held;
  private boolean ended;

  FileFrames(Path path, VideoOptions options) throws IOException {
    this.options = options;
    video = new DecodedVideo(path, options);
    info = video.info();
    if (info.startSeconds().orElse(Double.NEGATIVE_INFINITY) < options.from() && !enter()) {
      video.close();
      video = new DecodedVideo(path, options);
    }
    picture = new FramePicture(video.file().stream(), options.longSide());
  }

  /** Goes to the first frame of the range; fails where all frames before it must be decoded. */
  private boolean enter() {
    AVRational tick = video.file().stream().time_base();
    long target = (long) Math.ceil((options.from() - VideoOptions.ROUNDING) / Ffmpeg.ratio(tick));
    Optional<EntryPoint> entry = EntryPoint.find(video.file(), target);
    if (entry.isEmpty() || !video.seek(entry.get().stamp())) {
      return false;
    }
    boolean there = video.next();
    while (there && video.frame().pts() < target) {
      there = video.next();
    }
    OptionalLong found =
        there ? entry.get().number(video.frame().pts(), target) : OptionalLong.empty();
    number = found.orElse(0);
    held = found.isPresent();
    return held;
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Optional<VideoFrame> next() {
    while (!ended && (held || video.next())) {
      held = false;
      long counted = number++;
      double seconds = video.seconds();
      ended = options.hasEnded(seconds);
      if (!ended && options.wants(counted) && options.hasBegun(seconds)) {
        return Optional.of(picture.of(video.frame(), counted, seconds));
      }
    }
    ended = true;
    return Optional.empty();
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
  }
}
