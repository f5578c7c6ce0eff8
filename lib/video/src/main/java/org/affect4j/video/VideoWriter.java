package org.affect4j.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Writes a video that browsers and players show, picture by picture. The extension of its name
 * decides: {@code .mp4} is H.264 (by libopenh264) with AAC, {@code .webm} is VP8 with Opus, which
 * are free of fees.
 *
 * <pre>{@code
 * try (VideoWriter video = VideoWriter.create(Path.of("clip.mp4"), 640, 480, 25)) {
 *   video.sound(samples, 16_000);
 *   for (FaceImage picture : pictures) {
 *     video.add(picture);
 *   }
 * }
 * }</pre>
 *
 * <p>It is written under a temporary name beside its place and takes its name when it is closed; if
 * writing failed before, or after {@link #abandon()}, nothing is left of it. The same pictures and
 * sound make the same bytes. Its memory does not grow with its length, sound that waits for its
 * pictures apart. For one thread.
 */
public final class VideoWriter implements AutoCloseable {
  /** Bits of each pixel at which faces of a talking person look as before. */
  private static final double BITS_A_PIXEL = .12;

  /** Fewer pixels need more bits each. */
  private static final int FEWEST_BITS = 250_000;

  private static final int SOUND_RATE = 48_000;
  private static final int SOUND_BITS = 64_000;

  /** Players begin at key frames only; so many seconds lie between two. */
  private static final double KEY_SECONDS = 1;

  /** Ticks a second at least, so that times between those of the rate are kept. */
  private static final int TICKS = 10_000;

  /** From this many lines on, pictures are stored in the colours of HD. */
  private static final int LINES_OF_HD = 720;

  /** What an extension stands for, in FFmpeg's names. */
  private enum Kind {
    MP4("libopenh264", Map.of(), "aac", avutil.AV_SAMPLE_FMT_FLTP, Map.of("movflags", "faststart")),
    WEBM(
        "libvpx",
        Map.of("deadline", "good", "cpu-used", "4", "auto-alt-ref", "0"),
        "libopus",
        avutil.AV_SAMPLE_FMT_FLT,
        Map.of());

    private final String pictures;
    private final Map<String, String> pictureOptions;
    private final String sound;
    private final int samples;
    private final Map<String, String> container;

    Kind(
        String pictures,
        Map<String, String> pictureOptions,
        String sound,
        int samples,
        Map<String, String> container) {
      this.pictures = pictures;
      this.pictureOptions = pictureOptions;
      this.sound = sound;
      this.samples = samples;
      this.container = container;
    }

    static Kind of(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      for (Kind kind : values()) {
        if (name.endsWith("." + kind.label())) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          "videos are written as .mp4 (H.264) or .webm (VP8), got " + file);
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Path file;
  private final Path part;
  private final Kind kind;
  private final int width;
  private final int height;
  private final double rate;
  private final MediaOutput output;
  private final PictureEncoder pictures;
  private final AVRational tick;
  private final long frameTicks;
  private Optional<SoundEncoder> sound = Optional.empty();
  private long count;
  private long last = -1;
  private boolean failed;
  private boolean closed;

  private VideoWriter(Path file, int width, int height, double rate, long bits) throws IOException {
    this.file = file;
    this.width = width;
    this.height = height;
    this.rate = rate;
    kind = Kind.of(file);
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "no such folder for " + file);
    }
    // Not by createTempFile, whose files nobody else may read.
    String unique = Long.toHexString(System.nanoTime());
    part = Files.createFile(folder.resolve(".%s.%s.part".formatted(file.getFileName(), unique)));
    MediaOutput opened = null;
    try {
      opened = new MediaOutput(part, kind.label());
      StreamEncoder stream =
          opened.stream(kind.pictures, codec -> settings(codec, bits), kind.pictureOptions);
      pictures = new PictureEncoder(opened, stream);
      tick = stream.codec().time_base();
      frameTicks = Math.round(Ffmpeg.ticks(stream.codec()));
    } catch (IOException e) {
      if (opened != null) {
        opened.close();
      }
      Files.delete(part);
      throw e;
    }
    output = opened;
  }

  /**
   * Begins a video at a bit rate at which faces look as before.
   *
   * @param file its place; its extension is {@code .mp4} or {@code .webm}. A file there is replaced
   *     when the video is closed
   * @param width of all pictures, even, in pixels
   * @param height of all pictures, even, in pixels
   * @param framesPerSecond above 0 to 1,000
   * @return to be closed
   * @throws IllegalArgumentException if the extension is another, a side is odd or the rate outside
   * @throws IOException if the folder does not exist, or no file can be written there
   */
  public static VideoWriter create(Path file, int width, int height, double framesPerSecond)
      throws IOException {
    double usual = BITS_A_PIXEL * width * height * framesPerSecond;
    return create(file, width, height, framesPerSecond, Math.round(Math.max(FEWEST_BITS, usual)));
  }

  /**
   * Begins a video of a chosen bit rate.
   *
   * @param file as above
   * @param width as above
   * @param height as above
   * @param framesPerSecond as above
   * @param bitsPerSecond of the pictures, in the mean, 10,000 or more; sound takes 64,000 more
   * @return to be closed
   * @throws IllegalArgumentException as above
   * @throws IOException as above
   */
  public static VideoWriter create(
      Path file, int width, int height, double framesPerSecond, long bitsPerSecond)
      throws IOException {
    if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "a video has even sides of 16 pixels or more, got %d x %d; FaceImage.cut takes a column"
                  .formatted(width, height)
              + " or row off");
    }
    if (!(framesPerSecond > 0 && framesPerSecond <= 1_000)) {
      throw new IllegalArgumentException(
          "a video has above 0 to 1,000 frames a second, got " + framesPerSecond);
    }
    if (bitsPerSecond < 10_000) {
      throw new IllegalArgumentException(
          "a video takes 10,000 bits a second or more, got " + bitsPerSecond);
    }
    return new VideoWriter(file, width, height, framesPerSecond, bitsPerSecond);
  }

  private void settings(AVCodecContext codec, long bits) {
    codec.width(width);
    codec.height(height);
    codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    AVRational frames = avutil.av_d2q(rate, 30_000);
    codec.framerate(frames);
    // A whole number of ticks a frame keeps the times of a steady rate exact.
    int ticks = Math.max(1, (int) Math.ceil(TICKS / rate));
    codec.time_base().num(frames.den()).den(frames.num() * ticks);
    codec.gop_size((int) Math.max(1, Math.round(KEY_SECONDS * rate)));
    codec.bit_rate(bits);
    codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
    codec.color_range(avutil.AVCOL_RANGE_MPEG);
    boolean hd = height >= LINES_OF_HD;
    codec.colorspace(hd ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M);
    codec.color_primaries(hd ? avutil.AVCOL_PRI_BT709 : avutil.AVCOL_PRI_SMPTE170M);
    codec.color_trc(hd ? avutil.AVCOL_TRC_BT709 : avutil.AVCOL_TRC_SMPTE170M);
  }

  /**
   * Adds a picture after the others, at its place in the steady rate.
   *
   * @param picture of the video's size
   * @throws IllegalArgumentException if it has another size
   * @throws IOException if it cannot be written
   */
  public void add(FaceImage picture) throws IOException {
    add(picture, count / rate);
  }

  /**
   * Adds a picture that is shown at a time of its own.
   *
   * @param picture of the video's size
   * @param seconds 0 or more, after that of the picture before by .1 ms or more
   * @throws IllegalArgumentException if it has another size, or its time does not rise
   * @throws IOException if it cannot be written
   */
  public void add(FaceImage picture, double seconds) throws IOException {
    requireOpen();
    if (picture.width() != width || picture.height() != height) {
      throw new IllegalArgumentException(
          "pictures of this video are %d x %d, got %d x %d"
              .formatted(width, height, picture.width(), picture.height()));
    }
    long time = Math.round(seconds * tick.den() / tick.num());
    if (time <= last) {
      throw new IllegalArgumentException(
          "times of pictures begin at 0 and rise, got %s seconds after %s"
              .formatted(seconds, last < 0 ? "none" : Ffmpeg.seconds(last, tick)));
    }
    write(
        () -> {
          begin();
          pictures.add(picture, time, frame -> frame.duration(frameTicks));
        });
    last = time;
    count++;
  }

  private void begin() throws IOException {
    if (!output.hasBegun()) {
      output.begin(kind.container);
    }
  }

  /**
   * Adds sound, which begins with the video: all at once, or in pieces one after another. The first
   * piece comes before the first picture, others at any time; pieces that come seconds after their
   * pictures lie far from them in the file, which players dislike.
   *
   * @param mono one channel, -1 to 1; may be empty
   * @param samplesPerSecond 1,000 to 192,000, the same for all pieces
   * @throws IllegalArgumentException if the rate lies outside, or changes
   * @throws IllegalStateException if there are pictures, but no sound before them
   * @throws IOException if it cannot be written
   */
  public void sound(float[] mono, int samplesPerSecond) throws IOException {
    requireOpen();
    if (samplesPerSecond < 1_000 || samplesPerSecond > 192_000) {
      throw new IllegalArgumentException(
          "a rate is 1,000 to 192,000 samples a second, got " + samplesPerSecond);
    }
    if (sound.isEmpty() && output.hasBegun()) {
      throw new IllegalStateException(
          "the video was begun without sound: add some of it, or an empty piece, before the first"
              + " picture");
    }
    if (sound.isPresent() && sound.get().rate() != samplesPerSecond) {
      throw new IllegalArgumentException(
          "the sound of this video has %d samples a second, got a piece with %d"
              .formatted(sound.get().rate(), samplesPerSecond));
    }
    write(
        () -> {
          if (sound.isEmpty()) {
            sound = Optional.of(new SoundEncoder(output, soundStream(), samplesPerSecond));
            begin();
          }
          sound.get().add(mono);
        });
  }

  private StreamEncoder soundStream() throws IOException {
    return output.stream(
        kind.sound,
        codec -> {
          avutil.av_channel_layout_default(codec.ch_layout(), 1);
          codec.sample_rate(SOUND_RATE);
          codec.sample_fmt(kind.samples);
          codec.bit_rate(SOUND_BITS);
          codec.time_base().num(1).den(SOUND_RATE);
          codec.flags(codec.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
        },
        Map.of());
  }

  /** Something that writes. */
  private interface Write {
    void run() throws IOException;
  }

  private void write(Write write) throws IOException {
    failed = true;
    write.run();
    failed = false;
  }

  private void requireOpen() {
    if (closed || failed) {
      throw new IllegalStateException(
          file + (closed ? " is closed" : " was given up, because writing failed"));
    }
  }

  /** Gives the video up: closing it deletes what was written, and leaves a file of its name. */
  public void abandon() {
    failed = true;
  }

  /**
   * Ends the video, which takes its name now.
   *
   * @throws IllegalStateException if it has no picture; nothing is left of it
   * @throws IOException if it cannot be written; nothing is left of it
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed && count == 0) {
        throw new IllegalStateException(file + " would be a video without pictures");
      }
      if (!failed) {
        if (sound.isPresent()) {
          sound.get().end();
        }
        output.end();
      }
    } catch (IOException | RuntimeException e) {
      failed = true;
      throw e;
    } finally {
      sound.ifPresent(SoundEncoder::close);
      pictures.close();
      output.close();
      if (failed) {
        Files.deleteIfExists(part);
      } else {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
