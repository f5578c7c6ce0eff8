package org.affect4j.video;

import java.util.Optional;

/** A place from which frames come, once and in order. */
interface FrameReader extends AutoCloseable {
  VideoInfo info();

  /** The next frame that the options want; empty at the end, and for ever after. */
  Optional<VideoFrame> next();

  /** What is known to be lost until now, in words; empty if nothing. */
  String damage();

  @Override
  void close();
}
