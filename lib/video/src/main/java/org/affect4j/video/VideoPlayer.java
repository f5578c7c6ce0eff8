package org.affect4j.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.affect4j.chart.Palette;
import org.affect4j.notebook.Html;
import org.affect4j.notebook.HtmlContent;
import org.affect4j.table.FaceTable;

/**
 * A page that plays a clip with what was read in it: boxes and labels over the picture, and below
 * it a time axis with curves; a click, a drag or a key moves both. It needs no network, no kernel
 * and no file beside it: the clip lies in it as VP8 in WebM, made smaller, with its sound.
 *
 * <p>As the last value of a notebook's cell it is the player; {@link #save} writes a page of its
 * own. Keys: space plays and pauses, arrows move by a frame, page up and down by a second, home and
 * end to the first and the last frame. Immutable.
 *
 * <pre>{@code
 * VideoPlayer.of(Path.of("clip.mp4"), rows).save(Path.of("clip.html"));
 * }</pre>
 */
public final class VideoPlayer implements HtmlContent {
  /** A page is not larger than this, or browsers and notebooks become slow. */
  public static final int MOST_BYTES = 4_000_000;

  /** What of it the clip may take as bytes; in the page they are a third more. */
  private static final int CLIP_BYTES = 2_500_000;

  private static final long MOST_BITS = 600_000;

  /** Fewer bits a second show no face. */
  private static final long LEAST_BITS = 80_000;

  private static final long SOUND_BITS = 70_000;
  private static final int LONG_SIDE = 480;
  private static final int PLOT = 230;

  /** Room of controls and texts around picture and plot, until the page states its height. */
  private static final int CONTROLS = 170;

  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  private final String title;
  private final String page;
  private final int height;

  private VideoPlayer(String title, String page, int height) {
    this.title = title;
    this.page = page;
    this.height = height;
  }

  /**
   * Makes the player of a whole clip.
   *
   * @param clip the video, or a folder of numbered pictures
   * @param rows of this video alone, which find their frames by number
   * @return the player
   * @throws IllegalArgumentException if the rows are of several videos, or the page would be larger
   *     than {@link #MOST_BYTES}: longer clips take a part, see below
   * @throws IOException if the clip cannot be read
   */
  public static VideoPlayer of(Path clip, FaceTable rows) throws IOException {
    return of(clip, rows, VideoOptions.defaults());
  }

  /**
   * Makes the player of a part of a clip.
   *
   * @param clip as above
   * @param rows as above
   * @param part which frames, such as {@code VideoOptions.defaults().withRange(60, 90)}
   * @return the player
   * @throws IllegalArgumentException as above
   * @throws IOException as above
   */
  public static VideoPlayer of(Path clip, FaceTable rows, VideoOptions part) throws IOException {
    PlayerData data = new PlayerData(rows);
    int side = Math.min(part.longSide(), LONG_SIDE);
    Path folder = Files.createTempDirectory("affect4j");
    Path small = folder.resolve("clip.webm");
    byte[] bytes;
    try {
      Rewriting.write(clip, part.withLongSide(side), small, bits(clip, part), data::add);
      bytes = Files.readAllBytes(small);
    } finally {
      Files.deleteIfExists(small);
      Files.delete(folder);
    }
    String title = "Video player: " + clip.getFileName();
    int shown = Math.max(data.width(), Math.min(640, 640 * data.width() / data.height()));
    Map<String, String> places =
        Map.of(
            "title", Html.escape(title),
            "width", String.valueOf(shown),
            "height", String.valueOf(PLOT),
            "focus", PlayerData.hex(Palette.BLUE),
            "video", Base64.getEncoder().encodeToString(bytes),
            "data", data.json());
    String page = filled(template(), places);
    if (page.length() > MOST_BYTES) {
      throw tooLarge(clip, "%,d bytes".formatted(page.length()));
    }
    return new VideoPlayer(title, page, shown * data.height() / data.width() + PLOT + CONTROLS);
  }

  /** Bits a second that leave room for all of it. */
  private static long bits(Path clip, VideoOptions part) throws IOException {
    double seconds;
    try (VideoSource source = Rewriting.open(clip, part)) {
      double start = Math.max(part.from(), source.info().startSeconds().orElse(0));
      double whole = source.info().durationSeconds().orElse(0);
      double end = Math.min(part.to(), source.info().startSeconds().orElse(0) + whole);
      seconds = Math.max(1, end - start);
    }
    long room = Math.round(CLIP_BYTES * 8. / seconds) - SOUND_BITS;
    if (room < LEAST_BITS) {
      throw tooLarge(clip, "%.0f seconds".formatted(seconds));
    }
    return Math.min(MOST_BITS, room);
  }

  private static IllegalArgumentException tooLarge(Path clip, String size) {
    return new IllegalArgumentException(
        "a page holds %,d bytes, about two minutes; %s takes %s: choose a part by"
                .formatted(MOST_BYTES, clip, size)
            + " VideoPlayer.of(clip, rows, VideoOptions.defaults().withRange(from, to))");
  }

  private static String template() throws IOException {
    try (InputStream in = VideoPlayer.class.getResourceAsStream("player.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String filled(String template, Map<String, String> places) {
    return PLACE
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(places.get(found.group(1))));
  }

  /**
   * Returns the player as a part of a page: a frame that holds it.
   *
   * @return an {@code <iframe>} with the whole player in it
   */
  @Override
  public String html() {
    return ("<iframe title=\"%s\" style=\"width:100%%;max-width:880px;height:%dpx;border:0\""
            + " srcdoc=\"%s\"></iframe>")
        .formatted(Html.escape(title), height, page.replace("&", "&amp;").replace("\"", "&quot;"));
  }

  /**
   * Writes the player as a page of its own; an existing file is replaced.
   *
   * @param file ends with {@code .html}
   * @return the file
   * @throws IllegalArgumentException if the name has another ending
   * @throws IOException if the folder does not exist or the file cannot be written
   */
  public Path save(Path file) throws IOException {
    if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".html")) {
      throw new IllegalArgumentException("a player is saved as .html, got " + file);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(file.toString(), null, "there is no folder " + folder);
    }
    return Files.writeString(file, page);
  }

  @Override
  public String toString() {
    return "%s (%,d bytes); save(file) writes it as a page".formatted(title, page.length());
  }
}
