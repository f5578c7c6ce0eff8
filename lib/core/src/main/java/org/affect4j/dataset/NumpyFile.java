package org.affect4j.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads small NumPy arrays (format versions 1 to 3, little-endian) of numbers or of texts. */
final class NumpyFile {
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<|])([fiuU])(\\d+)'");
  private static final String MAGIC = "NUMPY";
  private static final int VERSION = 6;
  private static final int LENGTH = 8;

  private NumpyFile() {}

  /** All elements in file order; texts are read as the numbers that they hold. */
  static double[] numbers(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 12
        || !new String(bytes, 1, MAGIC.length(), StandardCharsets.US_ASCII).equals(MAGIC)) {
      throw new DatasetFormatException(file + " is no NumPy array; expected a .npy file");
    }
    in.position(LENGTH);
    int length = bytes[VERSION] == 1 ? in.getShort() & 0xFFFF : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new DatasetFormatException(file + " is cut short within its header");
    }
    byte[] header = new byte[length];
    in.get(header);
    Matcher type = TYPE.matcher(new String(header, StandardCharsets.US_ASCII));
    if (!type.find()) {
      throw new DatasetFormatException(
          "%s holds %s, expected numbers or texts in little-endian order"
              .formatted(file, new String(header, StandardCharsets.US_ASCII).strip()));
    }
    int size = Integer.parseInt(type.group(3));
    char kind = type.group(2).charAt(0);
    // NumPy counts text in characters of four bytes each.
    int width = kind == 'U' ? 4 * size : size;
    if (width == 0 || in.remaining() % width != 0) {
      throw new DatasetFormatException(
          "%s: %d bytes do not divide into elements of %d".formatted(file, in.remaining(), width));
    }
    double[] numbers = new double[in.remaining() / width];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(in, kind, width, file);
    }
    return numbers;
  }

  private static double number(ByteBuffer in, char kind, int width, Path file)
      throws DatasetFormatException {
    if (kind == 'U') {
      byte[] text = new byte[width];
      in.get(text);
      return LabelRow.number(new String(text, Charset.forName("UTF-32LE")).replace("\0", ""));
    }
    return switch (kind + String.valueOf(width)) {
      case "f8" -> in.getDouble();
      case "f4" -> in.getFloat();
      case "u1" -> in.get() & 0xFF;
      case "i1" -> in.get();
      case "u2" -> in.getShort() & 0xFFFF;
      case "i2" -> in.getShort();
      case "u4" -> in.getInt() & 0xFFFFFFFFL;
      case "i4" -> in.getInt();
      case "u8", "i8" -> in.getLong();
      default ->
          throw new DatasetFormatException(
              "%s holds elements of kind %s with %d bytes, which are not read"
                  .formatted(file, kind, width));
    };
  }
}
