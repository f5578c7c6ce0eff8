package org.affect4j.synthesis.render;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Encodes pictures as PNG, without loss, or as baseline JPEG, the same bytes on every machine. */
public final class ImageFiles {
  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int DEFLATE_LEVEL = 4;

  private ImageFiles() {}

  /**
   * Encodes as PNG.
   *
   * @param pixels the picture
   * @return the bytes of a file
   */
  public static byte[] png(Pixels pixels) {
    return png(pixels, Optional.empty());
  }

  /**
   * Encodes as PNG with transparency.
   *
   * @param pixels the picture
   * @param opacity 0 to 255 for each pixel, row by row
   * @return the bytes of a file
   * @throws IllegalArgumentException if there is not one opacity for each pixel
   */
  public static byte[] png(Pixels pixels, byte[] opacity) {
    if (opacity.length != pixels.width() * pixels.height()) {
      throw new IllegalArgumentException(
          "a picture of %d x %d needs as many opacities, got %d"
              .formatted(pixels.width(), pixels.height(), opacity.length));
    }
    return png(pixels, Optional.of(opacity));
  }

  private static byte[] png(Pixels pixels, Optional<byte[]> opacity) {
    int width = pixels.width();
    int height = pixels.height();
    byte[] raw = new byte[height * ((opacity.isPresent() ? 4 : 3) * width + 1)];
    for (int y = 0, o = 0; y < height; y++) {
      raw[o++] = 1; // each byte minus the one of the pixel before
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int before = x == 0 ? 0 : pixels.value(x - 1, y, c);
          raw[o++] = (byte) (pixels.value(x, y, c) - before);
        }
        if (opacity.isPresent()) {
          int before = x == 0 ? 0 : opacity.get()[y * width + x - 1];
          raw[o++] = (byte) (opacity.get()[y * width + x] - before);
        }
      }
    }
    Deflater deflater = new Deflater(DEFLATE_LEVEL);
    // Differences of noisy pixels hardly repeat: looking for repetitions costs more than it saves.
    deflater.setStrategy(Deflater.HUFFMAN_ONLY);
    deflater.setInput(raw);
    deflater.finish();
    ByteArrayOutputStream data = new ByteArrayOutputStream(raw.length / 2);
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      data.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream(data.size() + 100);
    out.writeBytes(PNG_SIGNATURE);
    byte[] header = new byte[13];
    putInt(header, 0, width);
    putInt(header, 4, height);
    header[8] = 8; // bits a sample
    header[9] = (byte) (opacity.isPresent() ? 6 : 2); // colour with or without opacity
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", data.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] number = new byte[4];
    putInt(number, 0, data.length);
    out.writeBytes(number);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(name);
    out.writeBytes(data);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    putInt(number, 0, (int) crc.getValue());
    out.writeBytes(number);
  }

  private static void putInt(byte[] to, int at, int v) {
    to[at] = (byte) (v >>> 24);
    to[at + 1] = (byte) (v >>> 16);
    to[at + 2] = (byte) (v >>> 8);
    to[at + 3] = (byte) v;
  }

  /**
   * Encodes as baseline JPEG with colours at half resolution.
   *
   * @param pixels the picture
   * @param quality 1 (worst) to 100 (best), on the scale of the Independent JPEG Group
   * @return the bytes of a file
   * @throws IllegalArgumentException if the quality lies outside 1 to 100
   */
  public static byte[] jpeg(Pixels pixels, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("JPEG quality is 1 to 100, got " + quality);
    }
    return new JpegEncoder(pixels, quality).encode();
  }
}
