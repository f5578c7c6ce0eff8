package org.affect4j.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import boofcv.alg.filter.misc.AverageDownSampleOps;
import boofcv.struct.image.GrayU8;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaceImageTest {
  /** Left half red, right half blue, and a white bar along the top. */
  private static BufferedImage flag(int type) {
    BufferedImage image = new BufferedImage(48, 32, type);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, 24, 32);
    g.setColor(Color.BLUE);
    g.fillRect(24, 0, 24, 32);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 48, 8);
    g.dispose();
    return image;
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out), format);
    return out.toByteArray();
  }

  private static void assertColour(int rgb, FaceImage image, int x, int y) {
    int actual = image.rgb(x, y);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertEquals(rgb >> shift & 0xFF, actual >> shift & 0xFF, 40.0, "at %d, %d".formatted(x, y));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "gif"})
  void readsEveryFormatByItsBytes(String format, @TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("no-extension"), encoded(flag(5), format));
    FaceImage image = FaceImage.read(file);
    assertEquals("FaceImage 48 x 32", image.toString());
    assertColour(0xFF0000, image, 5, 20);
    assertColour(0x0000FF, image, 40, 20);
    assertColour(0xFFFFFF, image, 24, 3);
  }

  @Test
  void readsWebP() throws IOException {
    // A lossless 1 x 1 file; the smallest there is.
    byte[] webp = Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
    assertEquals(1, FaceImage.decode(webp, "dot.webp").width());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 48, 32, 24, 3", "2, 48, 32, 24, 3", "3, 48, 32, 24, 28", "4, 48, 32, 24, 28",
    "5, 32, 48, 3, 24", "6, 32, 48, 28, 24", "7, 32, 48, 28, 24", "8, 32, 48, 3, 24"
  })
  void turnsPhotosUprightByExif(int orientation, int width, int height, int whiteX, int whiteY)
      throws IOException {
    FaceImage image = FaceImage.decode(withExif(encoded(flag(5), "jpg"), orientation), "photo");
    assertEquals(width, image.width());
    assertEquals(height, image.height());
    assertColour(0xFFFFFF, image, whiteX, whiteY);
    // Red lies at the stored left: it is where orientation says that left goes.
    boolean redFirst = orientation == 1 || orientation == 4 || orientation == 5 || orientation == 6;
    int x = orientation <= 4 ? (redFirst ? 5 : 42) : 16;
    int y = orientation <= 4 ? 16 : (redFirst ? 5 : 42);
    assertColour(0xFF0000, image, x, y);
  }

  private static byte[] withExif(byte[] jpeg, int orientation) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(0xFFD8);
    out.writeShort(0xFFE1);
    out.writeShort(2 + 6 + 8 + 2 + 12 + 4);
    out.write("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    out.write("MM\0*".getBytes(StandardCharsets.US_ASCII));
    out.writeInt(8);
    out.writeShort(1);
    out.writeShort(0x0112);
    out.writeShort(3);
    out.writeInt(1);
    out.writeShort(orientation);
    out.writeShort(0);
    out.writeInt(0);
    out.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  @Test
  void greyKeepsItsValue() throws IOException {
    BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(((DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 100);
    assertEquals(0x646464, FaceImage.decode(encoded(grey, "png"), "grey.png").rgb(3, 3));
    assertColour(0x646464, FaceImage.decode(encoded(grey, "jpg"), "grey.jpg"), 3, 3);
    BufferedImage deep = new BufferedImage(20, 20, BufferedImage.TYPE_USHORT_GRAY);
    Arrays.fill(((DataBufferUShort) deep.getRaster().getDataBuffer()).getData(), (short) 0x64FF);
    assertEquals(0x646464, FaceImage.decode(encoded(deep, "png"), "deep.png").rgb(3, 3));
  }

  @Test
  void alphaLiesOverWhite() throws IOException {
    BufferedImage clear = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
    clear.setRGB(2, 2, 0xFF00FF00);
    FaceImage image = FaceImage.decode(encoded(clear, "png"), "clear.png");
    assertEquals(0xFFFFFF, image.rgb(0, 0));
    assertEquals(0x00FF00, image.rgb(2, 2));
  }

  @Test
  void cmykBecomesRgb() throws IOException {
    FaceImage image = FaceImage.decode(cmykJpeg(), "cmyk.jpg");
    int rgb = image.rgb(8, 8);
    // Full magenta and yellow is a red.
    assertTrue(
        (rgb >> 16 & 0xFF) > 150 && (rgb >> 8 & 0xFF) < 110 && (rgb & 0xFF) < 110,
        Integer.toHexString(rgb));
  }

  /** 16 x 16 pixels of full magenta and yellow, stored inverted with an Adobe marker. */
  private static byte[] cmykJpeg() {
    return Base64.getDecoder()
        .decode(
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3"
                + "OFBtUVdfYmdoZz5NcXlwZHhcZWdj/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAA"
                + "AAAH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAA4EQwBNAFkASwAAPwCgJ+n6gAAAAP/Z");
  }

  @Test
  void brokenFilesSayWhy(@TempDir Path folder) throws IOException {
    byte[] jpeg = encoded(flag(5), "jpg");
    byte[] png = encoded(flag(5), "png");
    assertUnreadable(Files.write(folder.resolve("empty.jpg"), new byte[0]), "is empty");
    assertUnreadable(Files.write(folder.resolve("head.jpg"), Arrays.copyOf(jpeg, 30)), "head.jpg");
    assertUnreadable(Files.write(folder.resolve("head.png"), Arrays.copyOf(png, 40)), "head.png");
    assertUnreadable(Files.writeString(folder.resolve("text.jpg"), "hello world"), "hello wo");
    assertUnreadable(folder, "not a file");
    assertThrows(NoSuchFileException.class, () -> FaceImage.read(folder.resolve("none.jpg")));
  }

  private static void assertUnreadable(Path file, String reason) {
    UnreadableImageException e =
        assertThrows(UnreadableImageException.class, () -> FaceImage.read(file), file.toString());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void decompressionBombsAreRefusedBeforeTheyAreDecoded() throws IOException {
    byte[] png = encoded(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY), "png");
    // The header claims 20,000 x 20,000; were it decoded, the missing rows would be complained of.
    byte[] bomb = png.clone();
    writeInt(bomb, 16, 20_000);
    writeInt(bomb, 20, 20_000);
    CRC32 crc = new CRC32();
    crc.update(bomb, 12, 17);
    writeInt(bomb, 29, (int) crc.getValue());
    UnreadableImageException e =
        assertThrows(UnreadableImageException.class, () -> FaceImage.decode(bomb, "bomb.png"));
    assertTrue(e.getMessage().contains("20,000 x 20,000"), e.getMessage());
  }

  private static void writeInt(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).putInt(at, value);
  }

  @Test
  void largePhotosAreSubsampledAndSaySo(@TempDir Path folder) throws IOException {
    BufferedImage large = new BufferedImage(1000, 600, BufferedImage.TYPE_3BYTE_BGR);
    Path file = Files.write(folder.resolve("large.png"), encoded(large, "png"));
    FaceImage image = FaceImage.read(file, new DecodeOptions(1_000_000, 300));
    assertEquals(3, image.subsampling());
    assertEquals(334, image.width());
    assertEquals(1, FaceImage.read(file).subsampling());
  }

  @Test
  void shrinkingAveragesAndNeverEnlarges() {
    BufferedImage checks = new BufferedImage(40, 40, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        checks.setRGB(x, y, (x + y) % 2 == 0 ? 0xFFFFFF : 0);
      }
    }
    FaceImage image = FaceImage.of(checks);
    assertColour(0x808080, image.shrunkTo(20), 10, 10);
    assertTrue(image.shrunkTo(640) == image);
    assertEquals(80, image.resized(80, 20).width());
  }

  @Test
  void shrinkingByAnyFactorKeepsTheMeanAndAgreesWithBoofCv() {
    Random random = new Random(2);
    GrayU8 noise = new GrayU8(123, 77);
    random.nextBytes(noise.data);
    GrayU8 expected = new GrayU8(50, 31);
    AverageDownSampleOps.down(noise, expected);
    byte[] actual = new byte[50 * 31];
    AreaAverage.shrink(noise.data, 123, 77, actual, 50, 31);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected.data[i] & 0xFF, actual[i] & 0xFF, 1.0, "pixel " + i);
    }
  }

  @Test
  void cutsMayLeaveTheImage() {
    FaceImage image = FaceImage.of(flag(5)).cut(-10, -10, 70, 60, 9);
    assertEquals(0x090909, image.rgb(0, 0));
    assertEquals(0xFFFFFF, image.rgb(10, 10));
    assertEquals(0x090909, image.rgb(69, 59));
    assertEquals(0xFF0000, image.mirrored().rgb(50, 30));
  }
}
