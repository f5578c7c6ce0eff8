package org.affect4j.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files of kinds that Java's writers do not write, byte by byte. */
final class TestPictures {
  private TestPictures() {}

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] encoded(BufferedImage image, String format, String compression, boolean progressive)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    if (!compression.isEmpty()) {
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
    }
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** EXIF data, or a whole TIFF header, of one tag; the thumbnail's directory says otherwise. */
  static byte[] exif(int orientation, int thumbnailOrientation) {
    ByteBuffer tiff = ByteBuffer.allocate(60);
    tiff.put(ascii("MM\0*")).putInt(8);
    boolean own = orientation >= 0;
    tiff.putShort((short) (own ? 1 : 0));
    if (own) {
      tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
      tiff.putShort((short) orientation).putShort((short) 0);
    }
    tiff.putInt(tiff.position() + 4);
    tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) thumbnailOrientation).putShort((short) 0).putInt(0);
    return tiff.array();
  }

  static byte[] jpegSegment(int marker, byte[] data) {
    int size = data.length + 2;
    return joined(bytes(0xFF, marker, size >> 8, size & 0xFF), data);
  }

  /** A JPEG with a segment behind its first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    byte[] rest = Arrays.copyOfRange(jpeg, 2, jpeg.length);
    return joined(bytes(0xFF, 0xD8), jpegSegment(marker, data), rest);
  }

  static byte[] chunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(ascii(type));
    crc.update(data);
    return joined(
        ByteBuffer.allocate(4).putInt(data.length).array(),
        ascii(type),
        data,
        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  static byte[] deflated(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] out = new byte[data.length + 100];
    int n = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, n);
  }

  /** A PNG of equal rows. */
  static byte[] png(
      int width, int height, int depth, int colourType, byte[] row, byte[]... chunks) {
    byte[] lines = new byte[0];
    for (int y = 0; y < height; y++) {
      lines = joined(lines, bytes(0), row);
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) colourType);
    return joined(
        bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10),
        chunk("IHDR", header.array()),
        joined(chunks),
        chunk("IDAT", deflated(lines)),
        chunk("IEND", new byte[0]));
  }

  /** A lossless WebP of 8 x 4 pixels, all (10, 20, 30), with EXIF data. */
  static byte[] webp(byte[] exif) {
    byte[] pixels = Base64.getDecoder().decode(VP8L);
    return riff(
        riffChunk("VP8X", bytes(8, 0, 0, 0, 7, 0, 0, 3, 0, 0)), pixels, riffChunk("EXIF", exif));
  }

  /** A chunk VP8L. */
  private static final String VP8L = "VlA4TBUAAAAvB8AAAA8wFIfQH4/5Dy3c/z+i/+EA";

  static byte[] riffChunk(String type, byte[] data) {
    ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(data.length);
    return joined(ascii(type), size.array(), data, new byte[data.length & 1]);
  }

  static byte[] riff(byte[]... chunks) {
    return riffChunk("RIFF", joined(ascii("WEBP"), joined(chunks)));
  }

  /** A TIFF with one page, of tags whose values are whole numbers, and its strips or tiles. */
  static byte[] tiff(int width, int height, Map<Integer, int[]> tags, byte[]... strips) {
    return joined(ascii("MM\0*\0\0\0\10"), page(8, 0, width, height, tags, strips));
  }

  /** Two pages of the same. */
  static byte[] twoPages(int width, int height, Map<Integer, int[]> tags, byte[] strip) {
    int size = page(8, 0, width, height, tags, strip).length;
    return joined(
        ascii("MM\0*\0\0\0\10"),
        page(8, 8 + size, width, height, tags, strip),
        page(8 + size, 0, width, height, tags, strip));
  }

  private static byte[] page(
      int at, int next, int width, int height, Map<Integer, int[]> more, byte[]... strips) {
    Map<Integer, int[]> tags = new TreeMap<>(more);
    tags.put(256, new int[] {width});
    tags.put(257, new int[] {height});
    tags.putIfAbsent(259, new int[] {1});
    int places = tags.containsKey(322) ? 324 : 273;
    tags.putIfAbsent(278, new int[] {height});
    tags.put(places, new int[strips.length]);
    tags.put(places == 273 ? 279 : 325, Stream.of(strips).mapToInt(s -> s.length).toArray());
    int values = at + 2 + 12 * tags.size() + 4;
    ByteArrayOutputStream far = new ByteArrayOutputStream();
    int farBytes = tags.values().stream().mapToInt(v -> v.length > 1 ? 4 * v.length : 0).sum();
    int offset = values + farBytes;
    for (int i = 0; i < strips.length; i++) {
      tags.get(places)[i] = offset;
      offset += strips[i].length;
    }
    ByteBuffer directory = ByteBuffer.allocate(2 + 12 * tags.size() + 4);
    directory.putShort((short) tags.size());
    tags.forEach(
        (tag, value) -> {
          boolean profile = tag == 34675;
          directory.putShort(tag.shortValue()).putShort((short) (profile ? 7 : 4));
          directory.putInt(value.length);
          if (value.length == 1) {
            directory.putInt(value[0]);
          } else {
            directory.putInt(values + far.size());
            ByteBuffer numbers = ByteBuffer.allocate(4 * value.length);
            for (int v : value) {
              if (profile) {
                numbers.put((byte) v);
              } else {
                numbers.putInt(v);
              }
            }
            far.writeBytes(numbers.array());
          }
        });
    directory.putInt(next);
    return joined(directory.array(), far.toByteArray(), joined(strips));
  }

  /** A colour profile of three primaries (in D50) or of grey, with a pure gamma. */
  static byte[] profile(double[][] primaries, double gamma) {
    boolean grey = primaries.length == 0;
    Map<String, byte[]> tags = new LinkedHashMap<>();
    tags.put("desc", joined(ascii("desc\0\0\0\0\0\0\0\2x\0"), new byte[78]));
    tags.put("cprt", ascii("text\0\0\0\0x\0"));
    tags.put("wtpt", xyz(.9642, 1, .8249));
    byte[] curve =
        ByteBuffer.allocate(14)
            .put(ascii("curv"))
            .putInt(0)
            .putInt(1)
            .putShort((short) Math.round(gamma * 256))
            .array();
    if (grey) {
      tags.put("kTRC", curve);
    }
    for (int i = 0; i < primaries.length; i++) {
      String band = "rgb".substring(i, i + 1);
      tags.put(band + "XYZ", xyz(primaries[i][0], primaries[i][1], primaries[i][2]));
      tags.put(band + "TRC", curve);
    }
    int size = 128 + 4 + 12 * tags.size();
    ByteBuffer table = ByteBuffer.allocate(4 + 12 * tags.size()).putInt(tags.size());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tags.forEach(
        (name, value) -> {
          table.put(ascii(name)).putInt(size + data.size()).putInt(value.length);
          data.writeBytes(joined(value, new byte[-value.length & 3]));
        });
    ByteBuffer header = ByteBuffer.allocate(128).putInt(size + data.size()).putInt(0);
    header.putInt(0x02100000).put(ascii("mntr" + (grey ? "GRAY" : "RGB ") + "XYZ "));
    header.position(36).put(ascii("acsp")).position(68);
    header.put(xyz(.9642, 1, .8249), 8, 12);
    return joined(header.array(), table.array(), data.toByteArray());
  }

  private static byte[] xyz(double x, double y, double z) {
    ByteBuffer bytes = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
    for (double v : new double[] {x, y, z}) {
      bytes.putInt((int) Math.round(v * 65536));
    }
    return bytes.array();
  }
}
