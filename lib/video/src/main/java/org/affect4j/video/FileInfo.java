package org.affect4j.video;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.video.VideoInfo.MediaStream;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Reads what a file says of itself, and chooses the stream to read. */
final class FileInfo {
  private static final int PICTURES =
      avformat.AV_DISPOSITION_ATTACHED_PIC | avformat.AV_DISPOSITION_TIMED_THUMBNAILS;

  private static final Comparator<MediaStream> IMPORTANCE =
      Comparator.comparing(MediaStream::main)
          .thenComparing(stream -> (long) stream.width() * stream.height());

  private FileInfo() {}

  /** The streams in the order of the file. */
  static List<MediaStream> streams(MediaFile file) {
    return IntStream.range(0, file.context().nb_streams())
        .mapToObj(i -> stream(file.context().streams(i)))
        .toList();
  }

  /** The one of a kind that the file names as its default, else the largest, else the first. */
  static OptionalInt main(List<MediaStream> streams, String kind) {
    return IntStream.range(0, streams.size())
        .filter(i -> streams.get(i).kind().equals(kind) && !streams.get(i).cover())
        .reduce((a, b) -> IMPORTANCE.compare(streams.get(b), streams.get(a)) > 0 ? b : a);
  }

  private static MediaStream stream(AVStream stream) {
    AVCodecParameters codec = stream.codecpar();
    BytePointer kind = avutil.av_get_media_type_string(codec.codec_type());
    return new MediaStream(
        kind == null ? "unknown" : kind.getString(),
        avcodec.avcodec_get_name(codec.codec_id()).getString(),
        codec.width(),
        codec.height(),
        (stream.disposition() & avformat.AV_DISPOSITION_DEFAULT) != 0,
        (stream.disposition() & PICTURES) != 0);
  }

  /**
   * Chooses the stream with the film and has its packets read.
   *
   * @param wanted the user's choice
   * @throws UnreadableVideoException if there is none, or not the one that is wanted
   */
  static VideoInfo choose(MediaFile file, OptionalInt wanted) throws UnreadableVideoException {
    List<MediaStream> streams = streams(file);
    refuseTiles(file);
    OptionalInt film = wanted.isPresent() ? wanted : main(streams, "video");
    String there = streams.isEmpty() ? "nothing" : numbered(streams, i -> true);
    int index =
        film.orElseThrow(
            () -> new UnreadableVideoException(file.path() + " has no pictures, only " + there));
    if (index < 0 || index >= streams.size() || !streams.get(index).kind().equals("video")) {
      throw new UnreadableVideoException(
          "%s has no pictures in stream %d, it has %s".formatted(file.path(), index, there));
    }
    file.choose(index);
    return info(file, index, streams);
  }

  private static String numbered(List<MediaStream> streams, IntPredicate which) {
    return IntStream.range(0, streams.size())
        .filter(which)
        .mapToObj(i -> "stream %d: %s".formatted(i, streams.get(i)))
        .collect(Collectors.joining(", "));
  }

  /** A telephone's photo is many small pictures, of which none alone is the photo. */
  private static void refuseTiles(MediaFile file) throws UnreadableVideoException {
    AVFormatContext context = file.context();
    for (int i = 0; i < context.nb_stream_groups(); i++) {
      if (context.stream_groups(i).type() == avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID) {
        throw new UnreadableVideoException(
            file.path() + " is a photo made of tiles (HEIC), no video; save it as JPEG or PNG");
      }
    }
  }

  private static VideoInfo info(MediaFile file, int index, List<MediaStream> streams) {
    AVFormatContext context = file.context();
    AVStream stream = file.stream();
    AVCodecParameters codec = stream.codecpar();
    Display display = Display.of(stream);
    int width = display.square(codec.width());
    OptionalDouble duration =
        stream.duration() > 0
            ? OptionalDouble.of(Ffmpeg.seconds(stream.duration(), stream.time_base()))
            : seconds(context.duration());
    double rate = Ffmpeg.ratio(stream.avg_frame_rate());
    List<String> remarks = new ArrayList<>();
    String others = numbered(streams, i -> i != index && streams.get(i).kind().equals("video"));
    if (!others.isEmpty()) {
      remarks.add("stream %d is read; not %s".formatted(index, others));
    }
    return new VideoInfo(
        context.iformat().name().getString(),
        streams.get(index).codec(),
        display.width(width, codec.height()),
        display.height(width, codec.height()),
        index,
        streams,
        seconds(context.start_time()),
        duration,
        rate > 0 ? OptionalDouble.of(rate) : OptionalDouble.empty(),
        frames(stream, duration.orElse(0) * rate),
        created(context),
        remarks);
  }

  private static OptionalDouble seconds(long microseconds) {
    return microseconds == Ffmpeg.NO_STAMP
        ? OptionalDouble.empty()
        : OptionalDouble.of(microseconds / (double) avutil.AV_TIME_BASE);
  }

  private static OptionalLong frames(AVStream stream, double byTime) {
    long count = stream.nb_frames() > 0 ? stream.nb_frames() : Math.round(byTime);
    return count > 0 ? OptionalLong.of(count) : OptionalLong.empty();
  }

  private static Optional<Instant> created(AVFormatContext context) {
    AVDictionaryEntry entry = avutil.av_dict_get(context.metadata(), "creation_time", null, 0);
    try {
      return entry == null
          ? Optional.empty()
          : Optional.of(Instant.parse(entry.value().getString()));
    } catch (DateTimeException notAsTheStandardSays) {
      return Optional.empty();
    }
  }
}
