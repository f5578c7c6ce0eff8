package org.affect4j.synthesis.internal.geometry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The compact file of a face model: {@code model.bin} and {@code wrinkles.bin}, alone or in {@code
 * ict-compact.zip}. Numbers are little-endian; offsets are stored as zig-zag differences, low bytes
 * before high bytes, which deflates well.
 */
final class CompactFormat {
  static final String ARCHIVE = "ict-compact.zip";
  static final String MODEL = "model.bin";
  static final String WRINKLES = "wrinkles.bin";

  /** Lists the SHA-256 of each file that the importer wrote beside it. */
  static final String CHECKSUMS = "geometry.sha256";

  /** SHA-256 of the files that were made from ICT-FaceKit at commit da5f95a. */
  static final String KNOWN_MODEL =
      "3238bdebb3b57fc7fb8ff34812c53487aec97da556a37942a3dcaa2b2a0f182e";

  static final String KNOWN_WRINKLES =
      "b5f066831f6c8637922c93704f75513403664ce8e32fbaac711e0ffb1dd53b61";

  static final String MODEL_MAGIC = "ICTC";
  static final String WRINKLE_MAGIC = "ICTW";
  static final int VERSION = 1;
  static final float STEP_CM = .002f;

  private CompactFormat() {}

  static FaceGeometry read(Path location) throws GeometryException {
    Path folder = Files.isDirectory(location) ? location : location.toAbsolutePath().getParent();
    try {
      Path archive = Files.isDirectory(location) ? location.resolve(ARCHIVE) : location;
      byte[] model;
      byte[] wrinkles;
      if (Files.isRegularFile(archive) && archive.toString().endsWith(".zip")) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
          model = entry(zip, MODEL);
          wrinkles = entry(zip, WRINKLES);
        }
      } else if (folder != null && Files.isRegularFile(folder.resolve(MODEL))) {
        model = Files.readAllBytes(folder.resolve(MODEL));
        wrinkles = Files.readAllBytes(folder.resolve(WRINKLES));
      } else {
        throw new GeometryException(
            "no face geometry at " + location + ": expected " + ARCHIVE + ". " + howToFetch());
      }
      String modelSum = DigestUtils.sha256Hex(model);
      verify(MODEL, modelSum, KNOWN_MODEL, folder);
      verify(WRINKLES, DigestUtils.sha256Hex(wrinkles), KNOWN_WRINKLES, folder);
      return new FaceGeometry(readModel(model), readWrinkles(wrinkles), modelSum);
    } catch (GeometryException e) {
      throw e;
    } catch (IOException
        | BufferUnderflowException
        | IllegalArgumentException
        | NegativeArraySizeException e) {
      throw new GeometryException(
          "the face geometry at "
              + location
              + " cannot be read ("
              + e
              + "): the file is damaged. "
              + howToFetch(),
          e);
    }
  }

  static String howToFetch() {
    return "The geometry is not shipped. Fetch the folder FaceXModel of the MIT-licensed"
        + " ICT-FaceKit (USC-ICT/ICT-FaceKit on GitHub, commit da5f95a) and run 'affect4j-synth"
        + " import --obj FaceXModel -o DIR', or put a compact file beside it whose "
        + MODEL
        + " has SHA-256 "
        + KNOWN_MODEL;
  }

  private static byte[] entry(ZipFile zip, String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new GeometryException(zip.getName() + " lacks " + name + ". " + howToFetch());
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static void verify(String name, String actual, String known, Path folder)
      throws IOException {
    List<String> allowed = new ArrayList<>(List.of(known));
    Path list = folder.resolve(CHECKSUMS);
    if (Files.isRegularFile(list)) {
      for (String line : Files.readAllLines(list)) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length == 2 && fields[1].equals(name)) {
          allowed.add(fields[0]);
        }
      }
    }
    if (!allowed.contains(actual)) {
      throw new GeometryException(
          "%s in %s was altered: its SHA-256 is %s, expected one of %s. %s"
              .formatted(name, folder, actual, allowed, howToFetch()));
    }
  }

  private static ByteBuffer begun(byte[] bytes, String name, String magic)
      throws GeometryException {
    ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] first = new byte[magic.length()];
    b.get(first);
    if (!magic.equals(new String(first, StandardCharsets.US_ASCII))) {
      throw new GeometryException(name + " does not begin with " + magic + ". " + howToFetch());
    }
    return b;
  }

  static FaceGeometry.Data readModel(byte[] bytes) throws GeometryException {
    ByteBuffer b = begun(bytes, MODEL, MODEL_MAGIC);
    int version = b.getInt();
    if (version != VERSION) {
      throw new GeometryException(
          MODEL + " has version " + version + "; this program reads version " + VERSION);
    }
    int vertices = b.getInt();
    int triangles = b.getInt();
    int modes = b.getInt();
    int shapes = b.getInt();
    int parts = b.getInt();
    int landmarks = b.getInt();
    b.getInt(); // flags, none defined
    float modeStep = b.getFloat();
    float shapeStep = b.getFloat();
    FaceGeometry.Data a = new FaceGeometry.Data();
    a.parts = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      String name = text(b);
      int first = b.getInt();
      int end = b.getInt();
      a.parts.add(new FaceGeometry.Part(name, first, end, Material.ALL.get(b.get())));
    }
    a.neutral = new float[3 * vertices];
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i < vertices; i++) {
        a.neutral[3 * i + axis] = b.getFloat();
      }
    }
    a.triangles = new int[3 * triangles];
    for (int corner = 0; corner < 3; corner++) {
      for (int i = 0; i < triangles; i++) {
        a.triangles[3 * i + corner] = b.getShort() & 0xFFFF;
      }
    }
    a.materials = new Material[triangles];
    for (int i = 0; i < triangles; i++) {
      a.materials[i] = Material.ALL.get(b.get());
    }
    a.landmarks = new int[landmarks];
    for (int i = 0; i < landmarks; i++) {
      a.landmarks[i] = b.getShort() & 0xFFFF;
    }
    a.attributes = new float[vertices];
    for (int i = 0; i < vertices; i++) {
      a.attributes[i] = b.getShort() / 1000f;
    }
    a.modes = new FaceGeometry.Mode[modes];
    for (int k = 0; k < modes; k++) {
      a.modes[k] = new FaceGeometry.Mode(planes(b, vertices), modeStep);
    }
    a.shapes = new FaceGeometry.Blendshape[shapes];
    for (int k = 0; k < shapes; k++) {
      String name = text(b);
      int[] moved = new int[b.getInt()];
      int previous = -1;
      for (int i = 0; i < moved.length; i++) {
        previous += 1 + (b.getShort() & 0xFFFF);
        moved[i] = previous;
      }
      a.shapes[k] = new FaceGeometry.Blendshape(name, moved, planes(b, moved.length), shapeStep);
    }
    return a;
  }

  static WrinkleMaps readWrinkles(byte[] bytes) throws GeometryException {
    ByteBuffer b = begun(bytes, WRINKLES, WRINKLE_MAGIC);
    int count = b.getInt();
    int height = b.getInt();
    int width = b.getInt();
    float pixelsPerCm = b.getFloat();
    float left = b.getFloat();
    float top = b.getFloat();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(text(b));
    }
    byte[] values = new byte[count * height * width];
    b.get(values);
    return new WrinkleMaps(names, height, width, pixelsPerCm, left, top, values);
  }

  private static String text(ByteBuffer b) {
    byte[] s = new byte[b.get() & 0xFF];
    b.get(s);
    return new String(s, StandardCharsets.US_ASCII);
  }

  private static short[] planes(ByteBuffer b, int n) {
    short[] out = new short[3 * n];
    byte[] low = new byte[n];
    byte[] high = new byte[n];
    for (int axis = 0; axis < 3; axis++) {
      b.get(low);
      b.get(high);
      int sum = 0;
      for (int i = 0; i < n; i++) {
        int z = low[i] & 0xFF | (high[i] & 0xFF) << 8;
        sum += z >>> 1 ^ -(z & 1);
        out[3 * i + axis] = (short) sum;
      }
    }
    return out;
  }
}
