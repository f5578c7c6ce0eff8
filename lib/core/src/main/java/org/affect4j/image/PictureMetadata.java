package org.affect4j.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * What a picture's file says besides the pixels. Read here, because the decoders tell only parts of
 * it, and none of it if anything is damaged.
 *
 * @param format the kind of file
 * @param orientation 1 to 8 as in EXIF 2.3, tag 0x0112; 1 if there is none or a wrong one
 * @param profile embedded colour profile that the decoder leaves to us
 * @param transparent the grey, or the three values, that PNG's tRNS chunk declares transparent, of
 *     8 or 16 bits as the decoder gives them
 * @param inks how the four components of a JPEG stand for inks
 * @param frame where the first frame of an animation lies
 * @param damage what is missing in the file although a decoder may not notice; empty if nothing
 */
record PictureMetadata(
    PictureFormat format,
    int orientation,
    Optional<byte[]> profile,
    Optional<int[]> transparent,
    Inks inks,
    Frame frame,
    String damage) {
  private static final int MAXIMUM_CHUNK = 1 << 24;

  /** Four components of a JPEG; all inverted, as every program has come to write and read them. */
  enum Inks {
    /** There are not four. */
    NONE,
    /** Cyan, magenta, yellow, black. */
    CMYK,
    /** The first three as luminance and two colour differences, by Adobe's marker. */
    YCCK
  }

  /** A frame's left upper corner on a canvas, and the canvas's size; zeros if there is none. */
  record Frame(int left, int top, int canvasWidth, int canvasHeight) {}

  /** Reads what there is, and leaves the stream anywhere. */
  static PictureMetadata of(PictureFormat format, ImageInputStream stream) {
    Reading reading = new Reading(stream);
    try {
      switch (format) {
        case JPEG -> reading.jpeg();
        case PNG -> reading.png();
        case WEBP -> reading.webp();
        case GIF -> reading.gif();
        case TIFF -> reading.tiff(0);
        default -> {}
      }
    } catch (IOException | RuntimeException damaged) {
      // What was read so far holds; the decoder will complain where pixels are concerned.
      reading.brokenOff();
    }
    return reading.result(format);
  }

  /** The walk through one file. */
  private static final class Reading {
    private final ImageInputStream stream;
    private int orientation = 1;
    private Optional<byte[]> profile = Optional.empty();
    private Optional<int[]> transparent = Optional.empty();
    private Inks inks = Inks.NONE;
    private Frame frame = new Frame(0, 0, 0, 0);
    private String damage = "";
    private boolean inPixels;

    Reading(ImageInputStream stream) {
      this.stream = stream;
    }

    PictureMetadata result(PictureFormat format) {
      return new PictureMetadata(format, orientation, profile, transparent, inks, frame, damage);
    }

    void brokenOff() {
      if (inPixels && damage.isEmpty()) {
        damage = "the file ends early";
      }
    }

    void tiff(long start) {
      TiffTags tags = TiffTags.of(stream, start);
      orientation = tags.orientation();
      if (start == 0) {
        profile = tags.profile();
      }
    }

    private String ascii(int count) throws IOException {
      byte[] bytes = new byte[count];
      stream.readFully(bytes);
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(long count) throws IOException {
      byte[] bytes = new byte[(int) Math.min(count, MAXIMUM_CHUNK)];
      stream.readFully(bytes);
      return bytes;
    }

    void jpeg() throws IOException {
      JpegScans parts = new JpegScans();
      ByteArrayOutputStream icc = new ByteArrayOutputStream();
      boolean turned = false;
      int transform = 0;
      stream.seek(2);
      // A decoder makes grey pixels of a header that ends within its last part.
      inPixels = true;
      for (int marker = nextMarker(); marker != 0xD9; marker = nextMarker()) {
        long start = stream.getStreamPosition();
        int size = stream.readUnsignedShort();
        if (marker == 0xE1 && !turned && size > 8 && ascii(6).equals("Exif\0\0")) {
          tiff(start + 8);
          turned = true;
        } else if (marker == 0xE2 && size > 16 && ascii(12).equals("ICC_PROFILE\0")) {
          stream.skipBytes(2);
          icc.writeBytes(bytes(size - 16L));
        } else if (marker == 0xEE && size >= 14 && ascii(5).equals("Adobe")) {
          transform = bytes(7)[6];
        } else if (JpegScans.isFrame(marker)) {
          parts.frame(marker, bytes(size - 2L));
        } else if (marker == 0xDA) {
          parts.scan(bytes(size - 2L));
          if (parts.isSingle()) {
            break;
          }
          damage = parts.missing();
        }
        stream.seek(start + size);
      }
      if (parts.components() == 4) {
        inks = transform == 2 ? Inks.YCCK : Inks.CMYK;
      }
      if (parts.components() != 3 && icc.size() > 0) {
        // The JDK's decoder sees to profiles, but of coloured pictures only.
        profile = Optional.of(icc.toByteArray());
      }
    }

    /** The next marker's code, behind fill bytes and the data of a scan. */
    private int nextMarker() throws IOException {
      byte[] block = new byte[4096];
      boolean mark = false;
      while (true) {
        long at = stream.getStreamPosition();
        int n = stream.read(block);
        if (n <= 0) {
          throw new EOFException();
        }
        for (int i = 0; i < n; i++) {
          int value = block[i] & 0xFF;
          if (mark && value != 0 && value != 0xFF && (value < 0xD0 || value > 0xD7)) {
            stream.seek(at + i + 1);
            return value;
          }
          mark = value == 0xFF;
        }
      }
    }

    void png() throws IOException {
      stream.setByteOrder(ByteOrder.BIG_ENDIAN);
      int most = 0;
      int colours = 0;
      for (long at = 8; at + 8 <= stream.length(); ) {
        stream.seek(at);
        long size = stream.readUnsignedInt();
        String type = ascii(4);
        switch (type) {
          case "IHDR" -> {
            byte[] header = bytes(10);
            most = (1 << header[8]) - 1;
            colours = header[9];
          }
          case "tRNS" -> {
            if (colours == 0 || colours == 2) {
              int[] values = new int[colours == 0 ? 1 : 3];
              for (int i = 0; i < values.length; i++) {
                int value = stream.readUnsignedShort();
                values[i] = most < 255 ? (value * 255 + most / 2) / most : value;
              }
              transparent = Optional.of(values);
            }
          }
          case "iCCP" -> profile = inflated(bytes(size));
          case "eXIf" -> tiff(at + 8);
          case "IEND" -> {
            return;
          }
          default -> {}
        }
        at += 12 + size;
      }
    }

    private static Optional<byte[]> inflated(byte[] chunk) {
      int name = new String(chunk, StandardCharsets.ISO_8859_1).indexOf('\0');
      if (name < 0 || name + 2 >= chunk.length) {
        return Optional.empty();
      }
      try (InflaterInputStream in =
          new InflaterInputStream(
              new ByteArrayInputStream(chunk, name + 2, chunk.length - name - 2))) {
        return Optional.of(in.readNBytes(MAXIMUM_CHUNK));
      } catch (IOException damaged) {
        return Optional.empty();
      }
    }

    void webp() throws IOException {
      stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      stream.seek(4);
      long end = 8 + stream.readUnsignedInt();
      if (end > stream.length()) {
        damage = "the file ends early: %,d of %,d bytes".formatted(stream.length(), end);
      }
      int width = 0;
      int height = 0;
      for (long at = 12; at + 8 <= Math.min(end, stream.length()); ) {
        stream.seek(at);
        String type = ascii(4);
        long size = stream.readUnsignedInt();
        switch (type) {
          case "VP8X" -> {
            stream.skipBytes(4);
            width = 1 + threeBytes();
            height = 1 + threeBytes();
          }
          case "ANMF" -> {
            if (frame.canvasWidth() == 0) {
              frame = new Frame(2 * threeBytes(), 2 * threeBytes(), width, height);
            }
          }
          case "EXIF" -> tiff(at + 8 + (ascii(6).equals("Exif\0\0") ? 6 : 0));
          default -> {}
        }
        at += 8 + size + (size & 1);
      }
    }

    private int threeBytes() throws IOException {
      return stream.readUnsignedShort() | stream.read() << 16;
    }

    void gif() throws IOException {
      stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      stream.seek(6);
      int width = stream.readUnsignedShort();
      int height = stream.readUnsignedShort();
      int flags = stream.read();
      stream.skipBytes(2 + colourTable(flags));
      while (true) {
        int block = stream.readUnsignedByte();
        if (block == 0x21) {
          stream.skipBytes(1);
          skipData();
        } else if (block == 0x2C) {
          int left = stream.readUnsignedShort();
          int top = stream.readUnsignedShort();
          int right = left + stream.readUnsignedShort();
          int bottom = top + stream.readUnsignedShort();
          frame = new Frame(left, top, Math.max(width, right), Math.max(height, bottom));
          inPixels = true;
          stream.skipBytes(colourTable(stream.readUnsignedByte()) + 1);
          skipData();
          return;
        } else {
          return;
        }
      }
    }

    private static int colourTable(int flags) {
      return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
    }

    private void skipData() throws IOException {
      for (int n = stream.readUnsignedByte(); n > 0; n = stream.readUnsignedByte()) {
        stream.seek(stream.getStreamPosition() + n);
      }
    }
  }

  /** What the scans of a JPEG have brought. */
  private static final class JpegScans {
    private static final int COEFFICIENTS = 64;

    private boolean progressive;
    private byte[] ids = new byte[0];
    private int[][] missingBits = new int[0][];
    private int count;
    private int inFirst;

    static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Whether one scan is all there is to come. */
    boolean isSingle() {
      return !progressive && inFirst == ids.length;
    }

    int components() {
      return ids.length;
    }

    void frame(int marker, byte[] header) {
      progressive = marker == 0xC2 || marker == 0xCA;
      ids = new byte[header[5]];
      missingBits = new int[ids.length][COEFFICIENTS];
      for (int c = 0; c < ids.length; c++) {
        ids[c] = header[6 + 3 * c];
        Arrays.fill(missingBits[c], Integer.MAX_VALUE);
      }
    }

    void scan(byte[] header) {
      int n = header[0];
      int first = progressive ? header[1 + 2 * n] : 0;
      int last = progressive ? header[2 + 2 * n] : COEFFICIENTS - 1;
      int low = progressive ? header[3 + 2 * n] & 0xF : 0;
      count++;
      inFirst = count == 1 ? n : inFirst;
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < ids.length; c++) {
          if (ids[c] == header[1 + 2 * i]) {
            Arrays.fill(missingBits[c], first, Math.min(COEFFICIENTS, last + 1), low);
          }
        }
      }
    }

    String missing() {
      boolean complete =
          Arrays.stream(missingBits).allMatch(c -> Arrays.stream(c).allMatch(bits -> bits == 0));
      return complete ? "" : "the file ends before the last of its scans";
    }
  }
}
