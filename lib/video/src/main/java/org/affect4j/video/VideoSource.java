package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A video as a sequence of frames, decoded by FFmpeg while they are asked for.
 *
 * <pre>{@code
 * try (VideoSource video = VideoSource.open(Path.of("clip.mp4"))) {
 *   for (VideoFrame frame : video) {
 *     System.out.println(frame.number() + " " + frame.seconds() + " " + frame.image());
 *   }
 *   System.out.println(video.damage());
 * }
 * }</pre>
 *
 * <p>Frames come once, in the order in which they are shown, until the last that can be decoded:
 * {@link #damage()} tells what is wrong with a file that is broken. Frames are copies, and stay
 * valid. Threads may take turns.
 */
public final class VideoSource implements Iterable<VideoFrame>, AutoCloseable {
  private final FrameReader reader;
  private final VideoInfo info;
  private boolean asked;
  private boolean closed;
  private String damage = "";

  private VideoSource(FrameReader reader) {
    this.reader = reader;
    info = reader.info();
  }

  /**
   * Opens a video file.
   *
   * @param file MP4, MOV, MKV, WebM, AVI, MPEG, animated GIF and others that FFmpeg reads, told by
   *     their content
   * @return its frames, to be closed
   * @throws UnreadableVideoException if the file is empty, holds no pictures or none of a codec
   *     that is known
   * @throws IOException if the file cannot be read
   */
  public static VideoSource open(Path file) throws IOException {
    return open(file, VideoOptions.defaults());
  }

  /**
   * Opens a video file.
   *
   * @param file as above
   * @param options which frames, and how large
   * @return its frames, to be closed
   * @throws UnreadableVideoException if the file is empty, holds no pictures or none of a codec
   *     that is known, or lacks the stream that the options want
   * @throws IOException if the file cannot be read
   */
  public static VideoSource open(Path file, VideoOptions options) throws IOException {
    return new VideoSource(new FileFrames(file, options));
  }

  /**
   * Opens a folder of numbered pictures, such as {@code 00001.jpg}, as one clip.
   *
   * @param folder each file whose name ends in a number before its extension is a frame, in the
   *     order of the numbers; all other files are left out
   * @param options which frames, and how large; times need a {@link VideoOptions#rate()}
   * @return its frames, to be closed; {@link VideoInfo#remarks()} tells of missing numbers
   * @throws UnreadableVideoException if there is none, or two have the same number
   * @throws IOException if the folder cannot be read
   */
  public static VideoSource ofFrames(Path folder, VideoOptions options) throws IOException {
    return new VideoSource(NumberedFrames.of(folder, options));
  }

  /**
   * Opens numbered pictures as one clip.
   *
   * @param pictures files whose names end in a number before their extension, in any order
   * @param options which frames, and how large; times need a {@link VideoOptions#rate()}
   * @return its frames, to be closed
   * @throws UnreadableVideoException if there is none, or two have the same number
   * @throws IOException if the first cannot be read
   */
  public static VideoSource ofFrames(List<Path> pictures, VideoOptions options) throws IOException {
    return new VideoSource(new NumberedFrames(pictures, options));
  }

  /**
   * Returns what the file says of itself.
   *
   * @return by its header
   */
  public VideoInfo info() {
    return info;
  }

  /**
   * Tells what of the file is known to be lost, after the frames before it; all of it is known when
   * the last frame was taken.
   *
   * @return such as {@code "the file ends early …"}; empty for a whole file
   */
  public synchronized String damage() {
    return closed ? damage : reader.damage();
  }

  /**
   * Returns the frames, which come once.
   *
   * @return an iterator that throws no exception at what is broken
   * @throws IllegalStateException if they were asked for before
   */
  @Override
  public Iterator<VideoFrame> iterator() {
    return Spliterators.iterator(spliterator());
  }

  /**
   * Returns the frames, which come once.
   *
   * @return an ordered, sequential stream
   * @throws IllegalStateException if they were asked for before
   */
  public Stream<VideoFrame> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /**
   * Returns the frames, which come once.
   *
   * @return in their order
   * @throws IllegalStateException if they were asked for before
   */
  @Override
  public synchronized Spliterator<VideoFrame> spliterator() {
    if (asked) {
      throw new IllegalStateException("frames come once: open the video again");
    }
    asked = true;
    int kind = Spliterator.ORDERED | Spliterator.NONNULL;
    return new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, kind) {
      @Override
      public boolean tryAdvance(Consumer<? super VideoFrame> user) {
        Optional<VideoFrame> frame = next();
        frame.ifPresent(user);
        return frame.isPresent();
      }
    };
  }

  private synchronized Optional<VideoFrame> next() {
    if (closed) {
      throw new IllegalStateException("the video was closed");
    }
    return reader.next();
  }

  /** Frees what FFmpeg holds; frames stay valid. */
  @Override
  public synchronized void close() {
    if (!closed) {
      damage = reader.damage();
      closed = true;
      reader.close();
    }
  }
}
