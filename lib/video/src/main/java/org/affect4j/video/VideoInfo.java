package org.affect4j.video;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a file says of itself. Its numbers are often wrong: those of the frames alone count.
 *
 * @param container kind of file, as FFmpeg names it, such as {@code "matroska,webm"}
 * @param codec of the stream that is read, as FFmpeg names it, such as {@code "h264"}
 * @param width width of the pictures as displayed, by the header, in pixels
 * @param height their height, in pixels
 * @param stream the stream that is read, an index of {@code streams}
 * @param streams all streams of the file
 * @param startSeconds where the file's clock begins
 * @param durationSeconds how long the stream, or else the file, says that it lasts
 * @param rate frames a second in the mean, by the header
 * @param frames how many frames there may be, an estimate for displays of progress
 * @param created when the recording was made, as the camera wrote it
 * @param remarks what a user should know: other streams with pictures, numbers that are missing
 */
public record VideoInfo(
    String container,
    String codec,
    int width,
    int height,
    int stream,
    List<MediaStream> streams,
    OptionalDouble startSeconds,
    OptionalDouble durationSeconds,
    OptionalDouble rate,
    OptionalLong frames,
    Optional<Instant> created,
    List<String> remarks) {
  /** Copies the lists. */
  public VideoInfo {
    Objects.requireNonNull(container);
    Objects.requireNonNull(codec);
    streams = List.copyOf(streams);
    remarks = List.copyOf(remarks);
  }

  /**
   * One stream of a file.
   *
   * @param kind {@code "video"}, {@code "audio"}, {@code "subtitle"}, {@code "data"} …
   * @param codec as FFmpeg names it
   * @param width stored width in pixels; 0 for sound
   * @param height stored height in pixels; 0 for sound
   * @param main whether the file names it as the one to show
   * @param cover whether it is a picture that stands for the film, not a film
   */
  public record MediaStream(
      String kind, String codec, int width, int height, boolean main, boolean cover) {
    @Override
    public String toString() {
      return "%s %s%s%s"
          .formatted(
              kind,
              codec,
              width > 0 ? " " + width + " x " + height : "",
              cover ? " (cover picture)" : "");
    }
  }
}
