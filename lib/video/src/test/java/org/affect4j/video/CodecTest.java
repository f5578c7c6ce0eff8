package org.affect4j.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.affect4j.image.FaceImage;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real codecs, formats, colours and clocks, written by FFmpeg's own encoders. */
class CodecTest {
  private static final int FRAMES = 40;

  @TempDir Path folder;

  private static List<VideoFrame> read(Path file) throws IOException {
    try (VideoSource video = VideoSource.open(file)) {
      List<VideoFrame> frames = video.stream().toList();
      assertEquals("", video.damage());
      return frames;
    }
  }

  /** Options that make the encoders quick. */
  private static Map<String, String> quick(String encoder) {
    return switch (encoder) {
      case "libvpx", "libvpx-vp9" -> Map.of("deadline", "realtime", "cpu-used", "8");
      case "libaom-av1" -> Map.of("usage", "realtime", "cpu-used", "8");
      default -> Map.of();
    };
  }

  @ParameterizedTest
  @CsvSource({
    "h264.mp4, libopenh264, h264",
    "h264.mkv, libopenh264, h264",
    "h264.ts, libopenh264, h264",
    "mpeg4.avi, mpeg4, mpeg4",
    "vp8.webm, libvpx, vp8",
    "vp9.webm, libvpx-vp9, vp9",
    "av1.mp4, libaom-av1, av1",
    "motion-jpeg.avi, mjpeg, mjpeg",
    "mpeg2.mpg, mpeg2video, mpeg2video",
  })
  void everyFrameComesOutAsItWentIn(String name, String encoder, String codec) throws IOException {
    Path file =
        ClipWriter.clip(
            folder.resolve(name),
            encoder,
            FRAMES,
            quick(encoder),
            settings -> {
              settings.bit_rate(800_000);
              if (encoder.equals("mjpeg")) {
                settings.pix_fmt(avutil.AV_PIX_FMT_YUVJ420P);
              }
              if (encoder.equals("mpeg4") || encoder.equals("mpeg2video")) {
                settings.max_b_frames(2);
              }
            });
    List<VideoFrame> frames = read(file);
    assertEquals(FRAMES, frames.size());
    double start = frames.get(0).seconds().orElseThrow();
    for (int i = 0; i < FRAMES; i++) {
      VideoFrame frame = frames.get(i);
      assertEquals(i, frame.number());
      assertEquals(i, ClipWriter.number(frame.image()));
      assertEquals(start + i / 25., frame.seconds().orElseThrow(), .0011);
      assertEquals(0, difference(ClipWriter.picture(i, 160, 120), frame.image()), 14, "frame " + i);
    }
    try (VideoSource video = VideoSource.open(file)) {
      assertEquals(codec, video.info().codec());
      assertEquals(160, video.info().width());
    }
  }

  /** Mean difference of two images' values. */
  private static double difference(FaceImage one, FaceImage other) {
    long sum = 0;
    for (int y = 0; y < one.height(); y++) {
      for (int x = 0; x < one.width(); x++) {
        int a = one.rgb(x, y);
        int b = other.rgb(x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
          sum += Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF));
        }
      }
    }
    return sum / 3. / one.width() / one.height();
  }

  @Test
  void timesAreThoseOfTheFileNotOfTheRate() throws IOException {
    long[] times = {0, 33, 34, 70, 900, 2900, 2901};
    Path file = folder.resolve("uneven.mkv");
    try (ClipWriter writer =
        new ClipWriter(file, "mpeg4", codec -> codec.time_base().num(1).den(1000), Map.of())) {
      for (int i = 0; i < times.length; i++) {
        writer.add(ClipWriter.picture(i, 160, 120), times[i]);
      }
    }
    List<VideoFrame> frames = read(file);
    for (int i = 0; i < times.length; i++) {
      assertEquals(times[i] / 1000., frames.get(i).seconds().orElseThrow(), 1e-9);
    }
  }

  /** One colour in each of the ways in which video stores colours. */
  @ParameterizedTest
  @CsvSource({
    "120, 2, 0, 6", // 601 where nothing is said of a small picture
    "720, 2, 0, 1", // 709 where nothing is said of a large one
    "120, 1, 1, 1",
    "120, 1, 2, 1",
    "120, 6, 2, 6",
    "720, 6, 1, 6",
    "120, 9, 1, 9",
  })
  void coloursAreThoseOfTheFramesMatrixAndRange(int height, int told, int range, int matrix)
      throws IOException {
    int rgb = 0xC8785A;
    Path file = folder.resolve("colour.mkv");
    try (ClipWriter writer =
        new ClipWriter(
            file,
            "ffv1",
            codec -> {
              codec.height(height);
              codec.colorspace(told);
              codec.color_range(range);
            },
            Map.of())) {
      writer.add(
          FaceImage.plain(160, height, 0),
          0,
          frame -> {
            int[] yuv = yuv(rgb, matrix, range == 2);
            for (int plane = 0; plane < 3; plane++) {
              int size = frame.linesize(plane) * (plane == 0 ? height : height / 2);
              byte[] values = new byte[size];
              Arrays.fill(values, (byte) yuv[plane]);
              frame.data(plane).put(values);
            }
          });
    }
    FaceImage image = read(file).get(0).image();
    for (int shift = 0; shift <= 16; shift += 8) {
      assertEquals(rgb >> shift & 0xFF, image.rgb(80, 60) >> shift & 0xFF, 3);
    }
  }

  /** By the standards' formulas. */
  private static int[] yuv(int rgb, int matrix, boolean full) {
    double kr = matrix == 1 ? .2126 : matrix == 9 ? .2627 : .299;
    double kb = matrix == 1 ? .0722 : matrix == 9 ? .0593 : .114;
    double r = (rgb >> 16) / 255.;
    double g = (rgb >> 8 & 0xFF) / 255.;
    double b = (rgb & 0xFF) / 255.;
    double y = kr * r + (1 - kr - kb) * g + kb * b;
    double u = (b - y) / (2 * (1 - kb));
    double v = (r - y) / (2 * (1 - kr));
    return full
        ? new int[] {
          (int) Math.round(255 * y),
          (int) Math.round(128 + 255 * u),
          (int) Math.round(128 + 255 * v)
        }
        : new int[] {
          (int) Math.round(16 + 219 * y),
          (int) Math.round(128 + 224 * u),
          (int) Math.round(128 + 224 * v)
        };
  }

  /** Paper white of 203 candela is a light grey or white, not the 58 % that its code says. */
  @Tag("slow")
  @Test
  void brightnessBeyondTheScreensIsMapped() throws IOException {
    Path file = folder.resolve("hdr.mkv");
    ClipWriter.clip(file, "ffv1", 1, Map.of(), CodecTest::highDynamicRange);
    Path told = folder.resolve("sdr.mkv");
    ClipWriter.clip(
        told,
        "ffv1",
        1,
        Map.of(),
        codec -> {
          highDynamicRange(codec);
          codec.color_trc(avutil.AVCOL_TRC_BT709);
        });
    double mapped = mean(read(file).get(0).image());
    double plain = mean(read(told).get(0).image());
    assertTrue(Math.abs(mapped - plain) > 10, mapped + " against " + plain);
  }

  private static void highDynamicRange(AVCodecContext codec) {
    codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P10LE);
    codec.colorspace(avutil.AVCOL_SPC_BT2020_NCL);
    codec.color_primaries(avutil.AVCOL_PRI_BT2020);
    codec.color_trc(avutil.AVCOL_TRC_SMPTE2084);
    codec.color_range(avutil.AVCOL_RANGE_MPEG);
  }

  private static double mean(FaceImage image) {
    long sum = 0;
    for (int y = 20; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += image.rgb(x, y) >> 8 & 0xFF;
      }
    }
    return (double) sum / image.width() / (image.height() - 20);
  }

  @ParameterizedTest
  @CsvSource({"16, 11, 233, 120", "8, 9, 142, 120", "1, 1, 160, 120", "1, 90, 160, 120"})
  void pixelsBecomeSquare(int across, int down, int width, int height) throws IOException {
    Path file =
        ClipWriter.clip(
            folder.resolve("aspect.mkv"),
            "mpeg4",
            2,
            Map.of(),
            codec -> codec.sample_aspect_ratio().num(across).den(down));
    VideoFrame frame = read(file).get(0);
    assertEquals(width + " x " + height, frame.width() + " x " + frame.height());
    assertEquals(width, frame.image().width());
  }

  /** The eight ways in which a camera can be held or mirrored, as EXIF numbers them. */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1, 0, false",
    "-1, 0, 0, 1, 0, true",
    "-1, 0, 0, -1, 180, false",
    "1, 0, 0, -1, 180, true",
    "0, 1, 1, 0, 270, true",
    "0, 1, -1, 0, 90, false",
    "0, -1, -1, 0, 90, true",
    "0, -1, 1, 0, 270, false",
  })
  void theWholeDisplayMatrixIsApplied(int xx, int xy, int yx, int yy, int degrees, boolean mirrored)
      throws IOException {
    Path file = folder.resolve("turned.mp4");
    try (ClipWriter writer =
        new ClipWriter(file, "mpeg4", codec -> {}, Map.of(), new int[] {xx, xy, yx, yy}, "")) {
      writer.add(ClipWriter.picture(77, 160, 120), 0);
    }
    VideoFrame frame = read(file).get(0);
    FaceImage stored = ClipWriter.picture(77, 160, 120);
    FaceImage wanted = (mirrored ? stored.mirrored() : stored).turned(degrees, 0);
    assertEquals(wanted.width() + " x " + wanted.height(), frame.width() + " x " + frame.height());
    assertEquals(0, difference(wanted, frame.image()), 14);
    try (VideoSource video = VideoSource.open(file)) {
      assertEquals(wanted.width(), video.info().width());
    }
  }

  @Test
  void framesAreMadeSmallerWhereThatIsEnough() throws IOException {
    Path file = ClipWriter.clip(folder.resolve("large.mp4"), "mpeg4", 3, Map.of());
    try (VideoSource video = VideoSource.open(file, VideoOptions.defaults().withLongSide(80))) {
      VideoFrame frame = video.iterator().next();
      assertEquals("FaceImage 80 x 60", frame.image().toString());
      assertEquals("160 x 120", frame.width() + " x " + frame.height());
      FaceImage wanted = ClipWriter.picture(0, 160, 120).shrunkTo(80);
      assertEquals(0, difference(wanted, frame.image()), 14);
    }
  }

  @Test
  void interlacedFramesKeepTheirTimes() throws IOException {
    Path file = ClipWriter.interlaced(folder.resolve("fields.mpg"), 12);
    List<VideoFrame> frames = read(file);
    assertEquals(12, frames.size());
    double start = frames.get(0).seconds().orElseThrow();
    for (int i = 0; i < 12; i++) {
      assertEquals(i, ClipWriter.number(frames.get(i).image()));
      assertEquals(start + i / 25., frames.get(i).seconds().orElseThrow(), 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({"alpha.mkv, ffv1", "alpha8.webm, libvpx", "alpha9.webm, libvpx-vp9"})
  void alphaIsLaidOverWhite(String name, String encoder) throws IOException {
    Path file = folder.resolve(name);
    Map<String, String> options =
        encoder.equals("ffv1") ? Map.of() : Map.of("auto-alt-ref", "0", "deadline", "realtime");
    try (ClipWriter writer =
        new ClipWriter(
            file, encoder, codec -> codec.pix_fmt(avutil.AV_PIX_FMT_YUVA420P), options)) {
      writer.add(
          FaceImage.plain(160, 120, 100),
          0,
          frame -> frame.data(3).put(new byte[frame.linesize(3) * 120]));
    }
    assertEquals(0xFFFFFF, read(file).get(0).image().rgb(80, 60));
  }
}
