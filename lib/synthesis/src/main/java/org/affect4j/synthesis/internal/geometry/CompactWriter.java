package org.affect4j.synthesis.internal.geometry;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;

/** Writes the compact file of a face model; {@link CompactFormat} says how it is laid out. */
final class CompactWriter {
  private CompactWriter() {}

  /** Writes the archive and the list of checksums beside it. */
  static void write(FaceGeometry.Data arrays, WrinkleMaps wrinkles, Path folder)
      throws IOException {
    byte[] model = modelBytes(arrays);
    byte[] maps = wrinkleBytes(wrinkles);
    Files.createDirectories(folder);
    Path partial = folder.resolve(CompactFormat.ARCHIVE + ".part");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(partial))) {
      zip.setLevel(9);
      put(zip, CompactFormat.MODEL, model);
      put(zip, CompactFormat.WRINKLES, maps);
    }
    Files.writeString(
        folder.resolve(CompactFormat.CHECKSUMS),
        "%s  %s%n%s  %s%n"
            .formatted(
                DigestUtils.sha256Hex(model),
                CompactFormat.MODEL,
                DigestUtils.sha256Hex(maps),
                CompactFormat.WRINKLES));
    Files.move(
        partial,
        folder.resolve(CompactFormat.ARCHIVE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  static byte[] modelBytes(FaceGeometry.Data a) throws IOException {
    Out out = new Out();
    out.ascii(CompactFormat.MODEL_MAGIC);
    out.i32(CompactFormat.VERSION);
    int vertices = a.attributes.length;
    out.i32(vertices);
    out.i32(a.materials.length);
    out.i32(a.modes.length);
    out.i32(a.shapes.length);
    out.i32(a.parts.size());
    out.i32(a.landmarks.length);
    out.i32(0);
    out.f32(CompactFormat.STEP_CM);
    out.f32(CompactFormat.STEP_CM);
    for (FaceGeometry.Part part : a.parts) {
      out.text(part.name());
      out.i32(part.firstVertex());
      out.i32(part.endVertex());
      out.u8(part.material().ordinal());
    }
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < vertices; i++) {
        out.f32(a.neutral[3 * i + axis]);
      }
    }
    for (int corner = 0; corner < 3; corner++) {
      for (int i = 0; i < a.materials.length; i++) {
        out.u16(a.triangles[3 * i + corner]);
      }
    }
    for (Material material : a.materials) {
      out.u8(material.ordinal());
    }
    for (int landmark : a.landmarks) {
      out.u16(landmark);
    }
    for (float attribute : a.attributes) {
      out.u16(Math.round(attribute * 1000));
    }
    for (FaceGeometry.Mode mode : a.modes) {
      out.planes(mode.steps());
    }
    for (FaceGeometry.Blendshape shape : a.shapes) {
      out.text(shape.name());
      out.i32(shape.vertices().length);
      int previous = -1;
      for (int vertex : shape.vertices()) {
        out.u16(vertex - previous - 1);
        previous = vertex;
      }
      out.planes(shape.steps());
    }
    return out.bytes.toByteArray();
  }

  static byte[] wrinkleBytes(WrinkleMaps maps) throws IOException {
    Out out = new Out();
    out.ascii(CompactFormat.WRINKLE_MAGIC);
    out.i32(maps.names().size());
    out.i32(maps.height());
    out.i32(maps.width());
    out.f32(maps.pixelsPerCm());
    out.f32(maps.left());
    out.f32(maps.top());
    for (String name : maps.names()) {
      out.text(name);
    }
    out.data.write(maps.values());
    return out.bytes.toByteArray();
  }

  /** Little-endian output. */
  private static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream data = new DataOutputStream(bytes);

    void u8(int v) throws IOException {
      data.writeByte(v);
    }

    void u16(int v) throws IOException {
      data.writeShort(Short.reverseBytes((short) v));
    }

    void i32(int v) throws IOException {
      data.writeInt(Integer.reverseBytes(v));
    }

    void f32(float v) throws IOException {
      i32(Float.floatToIntBits(v));
    }

    void ascii(String s) throws IOException {
      data.write(s.getBytes(StandardCharsets.US_ASCII));
    }

    void text(String s) throws IOException {
      u8(s.length());
      ascii(s);
    }

    void planes(short[] steps) throws IOException {
      int n = steps.length / 3;
      for (int axis = 0; axis < 3; axis++) {
        byte[] low = new byte[n];
        byte[] high = new byte[n];
        int previous = 0;
        for (int i = 0; i < n; i++) {
          // Differences wrap around in 16 bits, as the reader's sums do.
          short d = (short) (steps[3 * i + axis] - previous);
          previous = steps[3 * i + axis];
          int z = (d << 1 ^ d >> 15) & 0xFFFF;
          low[i] = (byte) z;
          high[i] = (byte) (z >>> 8);
        }
        data.write(low);
        data.write(high);
      }
    }
  }
}
