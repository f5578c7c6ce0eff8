package org.affect4j.video;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.affect4j.image.FaceImage;
import org.affect4j.image.PictureFormat;
import org.affect4j.image.UnreadableImageException;
import org.affect4j.video.VideoInfo.MediaStream;

/** Numbered pictures as the frames of one clip. */
final class NumberedFrames implements FrameReader {
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)(\\d{1,18})(\\.[^.]*)?$");
  private static final int GREY = 128;
  private static final int MOST_GAPS = 20;

  private final VideoOptions options;
  private final VideoInfo info;
  private final Iterator<Map.Entry<Long, Path>> pictures;
  private int damaged;
  private String firstDamage = "";

  NumberedFrames(List<Path> files, VideoOptions options) throws IOException {
    this.options = options;
    TreeMap<Long, Path> numbered = new TreeMap<>();
    for (Path file : files) {
      long number =
          number(file)
              .orElseThrow(() -> new UnreadableVideoException(file + " has no number in its name"));
      Path other = numbered.putIfAbsent(number, file);
      if (other != null) {
        throw new UnreadableVideoException("%s and %s have the same number".formatted(other, file));
      }
    }
    if (numbered.isEmpty()) {
      throw new UnreadableVideoException("a clip has one picture or more, got none");
    }
    info = info(numbered);
    pictures = numbered.entrySet().iterator();
  }

  /** The pictures of a folder whose names end in numbers. */
  static NumberedFrames of(Path folder, VideoOptions options) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> pictures =
          files
              .filter(file -> PictureFormat.promisedBy(file.toString()).isPresent())
              .filter(file -> number(file).isPresent())
              .toList();
      if (pictures.isEmpty()) {
        throw new UnreadableVideoException(
            folder + " has no pictures whose names end in numbers, such as 00001.jpg");
      }
      return new NumberedFrames(pictures, options);
    }
  }

  private static OptionalLong number(Path file) {
    Matcher name = NUMBER.matcher(file.getFileName().toString());
    return name.find() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }

  private VideoInfo info(TreeMap<Long, Path> numbered) throws IOException {
    Dimension size = size(numbered.values());
    return new VideoInfo(
        "numbered pictures",
        "pictures",
        size.width,
        size.height,
        0,
        List.of(new MediaStream("video", "pictures", size.width, size.height, true, false)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        options.rate(),
        OptionalLong.of(numbered.size()),
        Optional.empty(),
        missing(numbered));
  }

  /** Of the first that can be decoded. */
  private static Dimension size(Collection<Path> files) throws IOException {
    for (Path file : files) {
      try {
        return FaceImage.size(file);
      } catch (UnreadableImageException damaged) {
        // Its frame will say so.
      }
    }
    throw new UnreadableVideoException(
        "none of %d pictures can be decoded".formatted(files.size()));
  }

  private static List<String> missing(TreeMap<Long, Path> numbered) {
    List<String> gaps = new ArrayList<>();
    long next = numbered.firstKey();
    for (long number : numbered.keySet()) {
      if (number > next && gaps.size() < MOST_GAPS) {
        gaps.add(number == next + 1 ? "" + next : "%d to %d".formatted(next, number - 1));
      }
      next = number + 1;
    }
    long missing = next - numbered.firstKey() - numbered.size();
    String more = gaps.size() < MOST_GAPS ? "" : " …";
    return missing == 0
        ? List.of()
        : List.of("%d numbers are missing: %s".formatted(missing, String.join(", ", gaps) + more));
  }

  @Override
  public VideoInfo info() {
    return info;
  }

  @Override
  public Optional<VideoFrame> next() {
    while (pictures.hasNext()) {
      Map.Entry<Long, Path> picture = pictures.next();
      long number = picture.getKey();
      OptionalDouble seconds =
          options.rate().isPresent()
              ? OptionalDouble.of(number / options.rate().getAsDouble())
              : OptionalDouble.empty();
      if (options.wants(number)
          && (seconds.isEmpty()
              || options.hasBegun(seconds.getAsDouble())
                  && !options.hasEnded(seconds.getAsDouble()))) {
        return Optional.of(frame(number, seconds, picture.getValue()));
      }
    }
    return Optional.empty();
  }

  private VideoFrame frame(long number, OptionalDouble seconds, Path file) {
    FaceImage image;
    String lost;
    try {
      image = FaceImage.read(file);
      lost = image.damage();
    } catch (IOException e) {
      // The frame is there: its row must not be lost.
      image = FaceImage.plain(info.width(), info.height(), GREY);
      lost = String.valueOf(e.getMessage());
    }
    if (!lost.isEmpty() && damaged++ == 0) {
      firstDamage = "%s: %s".formatted(file.getFileName(), lost);
    }
    FaceImage small = image.shrunkTo(options.longSide());
    return new VideoFrame(number, seconds, small, image.width(), image.height(), lost);
  }

  @Override
  public String damage() {
    return damaged < 2
        ? firstDamage
        : "%d pictures are damaged, the first %s".formatted(damaged, firstDamage);
  }

  @Override
  public void close() {
    // Files are open only while they are read.
  }
}
