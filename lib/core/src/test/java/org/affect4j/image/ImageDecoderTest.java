package org.affect4j.image;

import static org.affect4j.image.TestPictures.ascii;
import static org.affect4j.image.TestPictures.bytes;
import static org.affect4j.image.TestPictures.chunk;
import static org.affect4j.image.TestPictures.deflated;
import static org.affect4j.image.TestPictures.encoded;
import static org.affect4j.image.TestPictures.exif;
import static org.affect4j.image.TestPictures.joined;
import static org.affect4j.image.TestPictures.png;
import static org.affect4j.image.TestPictures.profile;
import static org.affect4j.image.TestPictures.riff;
import static org.affect4j.image.TestPictures.riffChunk;
import static org.affect4j.image.TestPictures.tiff;
import static org.affect4j.image.TestPictures.twoPages;
import static org.affect4j.image.TestPictures.webp;
import static org.affect4j.image.TestPictures.withSegment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.affect4j.Bundled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final Map<Integer, int[]> RGB =
      Map.of(258, new int[] {8, 8, 8}, 262, new int[] {2}, 277, new int[] {3});

  /** D50 primaries of Display P3. */
  private static final double[][] P3 = {
    {.5151, .2412, -.0011}, {.2920, .6922, .0419}, {.1571, .0666, .7841}
  };

  private static FaceImage decode(byte[] file) throws IOException {
    return FaceImage.decode(file, "test");
  }

  private static void assertRgb(int red, int green, int blue, FaceImage image, int x, int y) {
    int rgb = image.rgb(x, y);
    String message = "%06x at %d, %d".formatted(rgb, x, y);
    assertEquals(red, rgb >> 16, 1.0, message);
    assertEquals(green, rgb >> 8 & 0xFF, 1.0, message);
    assertEquals(blue, rgb & 0xFF, 1.0, message);
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(5);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  // --- Orientation ---

  private static byte[] turned(String format, byte[] exif) throws IOException {
    byte[] row = new byte[3 * 8];
    return switch (format) {
      case "jpg" -> {
        BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_3BYTE_BGR);
        yield withSegment(encoded(image, "jpeg", "", false), 0xE1, joined(ascii("Exif\0\0"), exif));
      }
      case "png" -> png(8, 4, 8, 2, row, chunk("eXIf", exif));
      case "webp" -> webp(exif);
      case "webp with Exif" -> webp(joined(ascii("Exif\0\0"), exif));
      default -> throw new IllegalArgumentException(format);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "webp", "webp with Exif"})
  void everyOrientationOfEveryFormatButNeverTheThumbnails(String format) throws IOException {
    for (int value = 0; value <= 9; value++) {
      boolean swapped = value >= 5 && value <= 8;
      FaceImage image = decode(turned(format, exif(value, swapped ? 1 : 6)));
      assertEquals(swapped ? 4 : 8, image.width(), format + value);
    }
    assertEquals(8, decode(turned(format, exif(-1, 6))).width());
    assertEquals(8, decode(turned(format, exif(61_234, 6))).width());
    assertEquals(8, decode(turned(format, Arrays.copyOf(exif(6, 6), 12))).width());
  }

  @Test
  void orientationsOfTiffMoveTheFirstPixel() throws IOException {
    byte[] strip = new byte[8 * 4 * 3];
    Arrays.fill(strip, 0, 3, (byte) 255);
    int[][] corners = {{0, 0}, {7, 0}, {7, 3}, {0, 3}, {0, 0}, {3, 0}, {3, 7}, {0, 7}};
    for (int value = 0; value <= 9; value++) {
      Map<Integer, int[]> tags = new HashMap<>(RGB);
      tags.put(274, new int[] {value});
      FaceImage image = decode(tiff(8, 4, tags, strip));
      int[] corner = corners[value < 1 || value > 8 ? 0 : value - 1];
      assertRgb(255, 255, 255, image, corner[0], corner[1]);
    }
  }

  // --- Colours ---

  @ParameterizedTest
  @CsvSource({"1, 85", "2, 85", "4, 119", "8, 64", "16, 64"})
  void greyOfAnyDepthKeepsItsValueAndItsTransparentOneIsWhite(int depth, int value)
      throws IOException {
    int most = (1 << depth) - 1;
    int stored = depth == 1 ? 0 : depth == 16 ? value * 257 : value * most / 255;
    int shown = depth == 1 ? 0 : value;
    int samples = Math.max(1, 8 / depth);
    byte[] row;
    if (depth == 16) {
      row = bytes(stored >> 8, stored & 0xFF, 0xFF, 0xFF);
    } else if (depth == 8) {
      row = bytes(stored, 0xFF);
    } else {
      row = bytes(stored << 8 - depth | (1 << 8 - depth) - 1);
    }
    int width = Math.max(2, samples);
    FaceImage plain = decode(png(width, 3, depth, 0, row));
    assertRgb(shown, shown, shown, plain, 0, 1);
    assertRgb(255, 255, 255, plain, 1, 1);
    FaceImage other =
        decode(png(width, 3, depth, 0, row, chunk("tRNS", bytes(most >> 8, most & 0xFF))));
    assertRgb(shown, shown, shown, other, 0, 1);
    FaceImage clear =
        decode(png(width, 3, depth, 0, row, chunk("tRNS", bytes(stored >> 8, stored & 0xFF))));
    assertRgb(255, 255, 255, clear, 0, 1);
  }

  @Test
  void alphaLiesOverWhiteInEveryKindOfPng() throws IOException {
    FaceImage grey = decode(png(2, 2, 8, 4, bytes(64, 255, 64, 128)));
    assertRgb(64, 64, 64, grey, 0, 0);
    assertRgb(159, 159, 159, grey, 1, 0);
    FaceImage deep = decode(png(1, 2, 16, 4, bytes(64, 64, 128, 128)));
    assertRgb(159, 159, 159, deep, 0, 0);
    FaceImage colour = decode(png(1, 1, 8, 6, bytes(200, 100, 0, 51)));
    assertRgb(244, 224, 204, colour, 0, 0);
    FaceImage palette =
        decode(
            png(
                4,
                1,
                2,
                3,
                bytes(0b00_01_10_11),
                chunk("PLTE", bytes(1, 2, 3, 50, 60, 70, 200, 100, 0, 9, 9, 9)),
                chunk("tRNS", bytes(255, 0, 51))));
    assertRgb(1, 2, 3, palette, 0, 0);
    assertRgb(255, 255, 255, palette, 1, 0);
    assertRgb(244, 224, 204, palette, 2, 0);
    assertRgb(9, 9, 9, palette, 3, 0);
    FaceImage key =
        decode(png(2, 1, 8, 2, bytes(1, 2, 3, 1, 2, 4), chunk("tRNS", bytes(0, 1, 0, 2, 0, 3))));
    assertRgb(255, 255, 255, key, 0, 0);
    assertRgb(1, 2, 4, key, 1, 0);
  }

  private static byte[] bmp(int bits, int compression, byte[] palette, byte[] pixels) {
    ByteBuffer file =
        ByteBuffer.allocate(54 + palette.length + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("BM")).putInt(file.capacity()).putInt(0).putInt(54 + palette.length);
    file.putInt(40).putInt(4).putInt(1).putShort((short) 1).putShort((short) bits);
    file.putInt(compression).putInt(pixels.length).putLong(0);
    file.putInt(compression == 3 ? 0 : palette.length / 4).putInt(0);
    return file.put(palette).put(pixels).array();
  }

  @Test
  void bmpOf15And16BitsAndRunLengths() throws IOException {
    byte[] white = bytes(0xFF, 0x7F, 0, 0, 0x1F, 0, 0, 0x7C);
    FaceImage fifteen = decode(bmp(16, 0, new byte[0], white));
    assertRgb(255, 255, 255, fifteen, 0, 0);
    assertRgb(0, 0, 255, fifteen, 2, 0);
    assertRgb(255, 0, 0, fifteen, 3, 0);
    byte[] masks = bytes(0, 0xF8, 0, 0, 0xE0, 7, 0, 0, 0x1F, 0, 0, 0);
    byte[] pixels = bytes(0xFF, 0xFF, 0, 0, 0x10, 0x84, 0, 0xF8);
    FaceImage sixteen = decode(bmp(16, 3, masks, pixels));
    assertRgb(255, 255, 255, sixteen, 0, 0);
    assertRgb(132, 130, 132, sixteen, 2, 0);
    assertRgb(255, 0, 0, sixteen, 3, 0);
    byte[] palette = bytes(0, 0, 0, 0, 30, 20, 10, 0);
    FaceImage runs = decode(bmp(8, 1, palette, bytes(3, 1, 1, 0, 0, 1)));
    assertRgb(10, 20, 30, runs, 2, 0);
    assertRgb(0, 0, 0, runs, 3, 0);
  }

  /** What sRGB shows of linear light. */
  private static int srgb(double light) {
    double v = light <= .0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - .055;
    return (int) Math.round(255 * Math.max(0, Math.min(1, v)));
  }

  /** A JPEG of four flat components, numbered 1 to 4, with a marker of Adobe's or none. */
  private static byte[] fourComponents(int[] values, byte[] adobe) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, values);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return adobe.length == 0 ? out.toByteArray() : withSegment(out.toByteArray(), 0xEE, adobe);
  }

  @Test
  void inksWithAndWithoutAdobesMarker() throws IOException {
    byte[] cmyk = joined(ascii("Adobe"), bytes(0, 100, 0, 0, 0, 0, 0));
    byte[] ycck = joined(ascii("Adobe"), bytes(0, 100, 0, 0, 0, 0, 2));
    int[] stored = {200, 100, 50, 128}; // inverted, so light and not ink
    assertRgb(100, 50, 25, decode(fourComponents(stored, cmyk)), 5, 5);
    assertRgb(100, 50, 25, decode(fourComponents(stored, new byte[0])), 5, 5);
    // The same light, the other way round as Adobe does it, in luminance and differences.
    int[] differences = {131, 176, 70, 128};
    FaceImage image = decode(fourComponents(differences, ycck));
    int red = (int) Math.round(255 - (131 + 1.402 * (70 - 128)));
    int green = (int) Math.round(255 - (131 - .344136 * 48 + .714136 * 58));
    int blue = (int) Math.round(255 - (131 + 1.772 * 48));
    assertRgb(red * 128 / 255, green * 128 / 255, blue * 128 / 255, image, 5, 5);
  }

  @Test
  void embeddedProfilesAreConverted() throws IOException {
    // A colour that both spaces hold: P3's (180, 120, 90) of gamma 2.2, by its matrix to sRGB.
    double[] light = {
      Math.pow(180 / 255., 2.2), Math.pow(120 / 255., 2.2), Math.pow(90 / 255., 2.2)
    };
    int red = srgb(1.2249 * light[0] - .2247 * light[1]);
    int green = srgb(-.0420 * light[0] + 1.0419 * light[1]);
    int blue = srgb(-.0197 * light[0] - .0786 * light[1] + 1.0979 * light[2]);
    byte[] icc = profile(P3, 2.2);
    byte[] iccp = chunk("iCCP", joined(ascii("p3\0\0"), deflated(icc)));
    byte[] pixel = bytes(180, 120, 90);
    assertRgb(red, green, blue, decode(png(1, 1, 8, 2, pixel, iccp)), 0, 0);
    Map<Integer, int[]> tags = new HashMap<>(RGB);
    tags.put(34675, IntStream.range(0, icc.length).map(i -> icc[i] & 0xFF).toArray());
    assertRgb(red, green, blue, decode(tiff(1, 1, tags, pixel)), 0, 0);
    BufferedImage plain = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 256; i++) {
      plain.setRGB(i % 16, i / 16, 180 << 16 | 120 << 8 | 90);
    }
    byte[] jpeg = encoded(plain, "jpeg", "", false);
    FaceImage before = decode(jpeg);
    FaceImage after =
        decode(withSegment(jpeg, 0xE2, joined(ascii("ICC_PROFILE\0"), bytes(1, 1), icc)));
    // The coding's own error is that of the picture without a profile.
    assertEquals(red - 180, (after.rgb(8, 8) >> 16) - (before.rgb(8, 8) >> 16), 2.0);
    assertEquals(blue - 90, (after.rgb(8, 8) & 0xFF) - (before.rgb(8, 8) & 0xFF), 2.0);
  }

  @Test
  void greyWithAProfileIsConvertedAndWithoutOneKept() throws IOException {
    byte[] icc = profile(new double[0][], 1.8);
    byte[] iccp = chunk("iCCP", joined(ascii("grey\0\0"), deflated(icc)));
    int shown = srgb(Math.pow(100 / 255., 1.8));
    assertRgb(shown, shown, shown, decode(png(1, 1, 8, 0, bytes(100), iccp)), 0, 0);
    assertRgb(100, 100, 100, decode(png(1, 1, 8, 0, bytes(100))), 0, 0);
    byte[] broken = chunk("iCCP", joined(ascii("grey\0\0"), bytes(1, 2, 3)));
    assertRgb(100, 100, 100, decode(png(1, 1, 8, 0, bytes(100), broken)), 0, 0);
  }

  // --- TIFF ---

  @ParameterizedTest
  @ValueSource(strings = {"", "LZW", "Deflate", "ZLib", "PackBits"})
  void tiffOfEveryCompressionEqualsPng(String compression) throws IOException {
    BufferedImage image = noise(70, 50);
    assertEquals(
        decode(encoded(image, "png", "", false)),
        decode(encoded(image, "tiff", compression, false)));
  }

  @Test
  void tiffOf16BitsWithAPredictorInksAndSeveralPages() throws IOException {
    Map<Integer, int[]> deep =
        Map.of(
            258, new int[] {16},
            259, new int[] {8},
            262, new int[] {1},
            277, new int[] {1},
            317, new int[] {2});
    // Each sample is the difference from the one before it.
    byte[] strip = deflated(bytes(0x40, 0, 0x10, 0, 0xF0, 0));
    FaceImage image = decode(tiff(3, 1, deep, strip));
    assertRgb(0x40, 0x40, 0x40, image, 0, 0);
    assertRgb(0x50, 0x50, 0x50, image, 1, 0);
    assertRgb(0x40, 0x40, 0x40, image, 2, 0);
    Map<Integer, int[]> inks =
        Map.of(258, new int[] {8, 8, 8, 8}, 262, new int[] {5}, 277, new int[] {4});
    FaceImage red = decode(tiff(1, 1, inks, bytes(0, 255, 155, 51)));
    assertRgb(204, 0, 80, red, 0, 0);
    FaceImage first = decode(twoPages(1, 1, RGB, bytes(1, 2, 3)));
    assertRgb(1, 2, 3, first, 0, 0);
    assertEquals("the first of 2 pages", first.note());
    assertEquals("", red.note());
  }

  @Test
  void tiffInTilesAndPlanes() throws IOException {
    Map<Integer, int[]> tags = new HashMap<>(RGB);
    tags.put(284, new int[] {2});
    tags.put(278, new int[] {1});
    FaceImage planes = decode(tiff(2, 1, tags, bytes(1, 4), bytes(2, 5), bytes(3, 6)));
    assertRgb(1, 2, 3, planes, 0, 0);
    assertRgb(4, 5, 6, planes, 1, 0);
    Map<Integer, int[]> grey = Map.of(258, new int[] {8}, 322, new int[] {16}, 323, new int[] {16});
    byte[] left = new byte[256];
    byte[] right = new byte[256];
    Arrays.fill(left, (byte) 50);
    right[3 * 16 + 2] = 70;
    Map<Integer, int[]> tiles = new HashMap<>(grey);
    tiles.put(262, new int[] {1});
    tiles.put(277, new int[] {1});
    FaceImage tiled = decode(tiff(20, 10, tiles, left, right));
    assertEquals("FaceImage 20 x 10", tiled.toString());
    assertEquals("", tiled.damage());
    assertRgb(50, 50, 50, tiled, 15, 9);
    assertRgb(70, 70, 70, tiled, 18, 3);
    assertRgb(0, 0, 0, tiled, 19, 3);
  }

  private static boolean decodes(byte[] file) throws IOException {
    try {
      return decode(file).width() > 0;
    } catch (UnreadableImageException e) {
      return true;
    }
  }

  // --- Animations ---

  @Test
  void aFramesPositionsAreThoseOfItsCanvas() throws IOException {
    BufferedImage dot = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_INDEXED);
    dot.setRGB(0, 0, 0xFFFF0000);
    byte[] gif = encoded(dot, "gif", "", false);
    ByteBuffer screen = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
    screen.putShort(6, (short) 20).putShort(8, (short) 10);
    int frame = 13 + 3 * 256;
    while (gif[frame] != 0x2C) {
      frame++;
    }
    screen.putShort(frame + 1, (short) 7).putShort(frame + 3, (short) 5);
    FaceImage image = decode(gif);
    assertEquals("FaceImage 20 x 10", image.toString());
    assertRgb(255, 255, 255, image, 0, 0);
    assertRgb(255, 0, 0, image, 7, 5);
    assertRgb(0, 0, 0, image, 10, 7);
  }

  // --- Size ---

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "tiff"})
  void shrinkingWhileDecodingIsAveraging(String format) throws IOException {
    BufferedImage image = noise(601, 403);
    byte[] file = encoded(image, format, "", format.equals("jpeg"));
    FaceImage full = decode(file);
    FaceImage third = ImageDecoder.decode(file, "test", new DecodeOptions(1_000_000, 200));
    assertEquals(3, third.subsampling());
    assertEquals("FaceImage 201 x 135", third.toString());
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += full.rgb(30 + i % 3, 60 + i / 3) & 0xFF;
    }
    assertEquals(sum / 9.0, third.rgb(10, 20) & 0xFF, .6);
    // A column of one pixel and a row of one are averages too.
    assertEquals(full.rgb(600, 402), third.rgb(200, 134));
  }

  @Test
  void absurdHeadersAndWhatTheHeapCannotHoldAreRefusedUnread() throws IOException {
    byte[] absurd = png(1, 1, 8, 2, bytes(1, 2, 3));
    ByteBuffer.wrap(absurd).putInt(16, 60_000).putInt(20, 60_000);
    UnreadableImageException e = assertThrows(UnreadableImageException.class, () -> decode(absurd));
    assertTrue(e.getMessage().contains("60,000 x 60,000"), e.getMessage());
    // A lossy WebP is decoded whole.
    byte[] frame = joined(bytes(0x10, 0, 0, 0x9D, 1, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F), new byte[30]);
    byte[] huge = riff(riffChunk("VP8 ", frame));
    DecodeOptions any = new DecodeOptions(Long.MAX_VALUE, 2048);
    e = assertThrows(UnreadableImageException.class, () -> ImageDecoder.decode(huge, "w", any));
    assertTrue(e.getMessage().contains("MiB of memory") || e.getMessage().contains("decoded"));
  }

  /** Reads the files it is given in a heap of its own size. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] files) throws IOException {
      for (String file : files) {
        System.out.println(FaceImage.read(Path.of(file), DecodeOptions.forAnalysis()));
      }
    }
  }

  @Tag("slow")
  @Test
  void largePhotosAreDecodedInASmallHeap(@TempDir Path folder) throws Exception {
    BufferedImage grey = new BufferedImage(6000, 4000, BufferedImage.TYPE_3BYTE_BGR);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx80m", "-cp", System.getProperty("java.class.path")));
    command.add(SmallHeap.class.getName());
    for (String format : List.of("jpeg", "png", "tiff")) {
      byte[] file = encoded(grey, format, format.equals("tiff") ? "LZW" : "", false);
      command.add(Files.write(folder.resolve(format), file).toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("FaceImage 3000 x 2000\n".repeat(3), answer.replace("\r", ""));
  }

  // --- Damage ---

  private static byte[] portrait(String format, boolean progressive) throws IOException {
    FaceImage image = FaceImage.read(Bundled.path("data/portraits/001.jpg")).resized(120, 150);
    return encoded(image.toBufferedImage(), format, "", progressive);
  }

  @ParameterizedTest
  @CsvSource({"jpeg, false", "jpeg, true", "png, false", "tiff, false"})
  void halfAFileIsAPartOfItsPicture(String format, boolean progressive) throws IOException {
    byte[] file = portrait(format, progressive);
    FaceImage whole = decode(file);
    assertEquals("", whole.damage());
    FaceImage half = decode(Arrays.copyOf(file, file.length / 2));
    assertTrue(!half.damage().isEmpty(), half.damage());
    assertEquals(whole.toString(), half.toString());
    if (!progressive && !format.equals("tiff")) {
      assertEquals(whole.rgb(60, 10), half.rgb(60, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHeaderAloneIsNoPicture(boolean progressive) throws IOException {
    byte[] file = portrait("jpeg", progressive);
    int scan = 2;
    while ((file[scan] & 0xFF) != 0xFF || (file[scan + 1] & 0xFF) != 0xDA) {
      scan++;
    }
    for (int end = scan; end < scan + 20; end++) {
      byte[] cut = Arrays.copyOf(file, end);
      try {
        assertTrue(!decode(cut).damage().isEmpty(), end - scan + " bytes of the first scan");
      } catch (UnreadableImageException e) {
        assertTrue(e.getMessage().contains("truncated"), e.getMessage());
      }
    }
  }

  @Test
  void aProgressivePictureNeedsAllItsScans() throws IOException {
    byte[] file = portrait("jpeg", true);
    List<Integer> scans =
        IntStream.range(2, file.length - 1)
            .filter(i -> (file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == 0xDA)
            .boxed()
            .toList();
    assertTrue(scans.size() > 2);
    for (int scan : scans.subList(1, scans.size())) {
      byte[] cut = joined(Arrays.copyOf(file, scan), bytes(0xFF, 0xD9));
      FaceImage image = decode(cut);
      assertTrue(image.damage().contains("scans"), scan + ": " + image.damage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "progressive", "png", "gif", "bmp", "tiff", "webp"})
  void damagedFilesNeverCrashOrHang(String format) throws IOException {
    byte[] file =
        switch (format) {
          case "webp" -> webp(exif(6, 1));
          case "progressive" -> portrait("jpeg", true);
          default -> portrait(format, false);
        };
    Random random = new Random(8);
    for (int i = 0; i < 40; i++) {
      byte[] damaged =
          i % 2 == 0 ? Arrays.copyOf(file, 1 + random.nextInt(file.length)) : file.clone();
      for (int j = 0; j < i % 4; j++) {
        damaged[random.nextInt(Math.min(400, damaged.length))] = (byte) random.nextInt();
      }
      String what = format + " " + i;
      assertTimeoutPreemptively(
          Duration.ofSeconds(60), () -> assertTrue(decodes(damaged), what), what);
    }
  }
}
