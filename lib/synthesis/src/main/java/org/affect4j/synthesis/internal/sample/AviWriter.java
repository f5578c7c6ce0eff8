package org.affect4j.synthesis.internal.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Joins JPEG pictures to a Motion JPEG clip in an AVI file with an index. */
final class AviWriter {
  private static final int HEADER_BYTES = 224;
  private static final int HAS_INDEX = 0x10;
  private static final int KEY_FRAME = 0x10;

  private AviWriter() {}

  static void write(Path file, List<Path> frames, int width, int height, int framesPerSecond)
      throws IOException {
    int[] sizes = new int[frames.size()];
    int movie = 4;
    int greatest = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (int) Files.size(frames.get(i));
      greatest = Math.max(greatest, sizes[i]);
      movie += 8 + sizes[i] + (sizes[i] & 1);
    }
    int index = 16 * sizes.length;
    try (OutputStream out = Files.newOutputStream(file)) {
      ByteBuffer b = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      tag(b, "RIFF").putInt(HEADER_BYTES - 8 + movie - 4 + 8 + index);
      tag(b, "AVI ");
      tag(b, "LIST").putInt(192);
      tag(b, "hdrl");
      tag(b, "avih").putInt(56);
      b.putInt(1_000_000 / framesPerSecond).putInt(greatest * framesPerSecond).putInt(0);
      b.putInt(HAS_INDEX).putInt(sizes.length).putInt(0).putInt(1).putInt(greatest);
      b.putInt(width).putInt(height).putInt(0).putInt(0).putInt(0).putInt(0);
      tag(b, "LIST").putInt(116);
      tag(b, "strl");
      tag(b, "strh").putInt(56);
      tag(b, "vids");
      tag(b, "MJPG").putInt(0).putInt(0).putInt(0).putInt(1).putInt(framesPerSecond).putInt(0);
      b.putInt(sizes.length).putInt(greatest).putInt(-1).putInt(0);
      b.putShort((short) 0).putShort((short) 0).putShort((short) width).putShort((short) height);
      tag(b, "strf").putInt(40);
      b.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
      tag(b, "MJPG").putInt(3 * width * height).putInt(0).putInt(0).putInt(0).putInt(0);
      tag(b, "LIST").putInt(movie);
      tag(b, "movi");
      out.write(b.array());
      ByteBuffer entries = ByteBuffer.allocate(8 + index).order(ByteOrder.LITTLE_ENDIAN);
      tag(entries, "idx1").putInt(index);
      int offset = 4;
      for (int i = 0; i < sizes.length; i++) {
        ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        tag(head, "00dc").putInt(sizes[i]);
        out.write(head.array());
        out.write(Files.readAllBytes(frames.get(i)));
        if ((sizes[i] & 1) == 1) {
          out.write(0);
        }
        tag(entries, "00dc").putInt(KEY_FRAME).putInt(offset).putInt(sizes[i]);
        offset += 8 + sizes[i] + (sizes[i] & 1);
      }
      out.write(entries.array());
    }
  }

  private static ByteBuffer tag(ByteBuffer b, String name) {
    return b.put(name.getBytes(StandardCharsets.US_ASCII));
  }
}
