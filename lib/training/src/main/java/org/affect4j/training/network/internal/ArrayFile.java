package org.affect4j.training.network.internal;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named arrays of floats and some words about them, in the form of safetensors: a header in JSON,
 * and the values behind it.
 *
 * @param words what is said of the arrays, by name
 * @param arrays the values by name
 */
public record ArrayFile(Map<String, String> words, Map<String, float[]> arrays) {
  private static final String WORDS = "__metadata__";
  private static final int LARGEST_HEADER = 100_000_000;

  /** What the header says of an array; the offsets count from behind the header. */
  private record Entry(
      String dtype, List<Integer> shape, @SerializedName("data_offsets") long[] offsets) {}

  /**
   * Writes a file beside the place and moves it there when it is on the disk.
   *
   * @param shapes lengths of each array, in the order of the file
   */
  public void write(Path file, Map<String, List<Integer>> shapes) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(WORDS, words);
    long offset = 0;
    for (Map.Entry<String, List<Integer>> array : shapes.entrySet()) {
      long end = offset + (long) arrays.get(array.getKey()).length * Float.BYTES;
      header.put(array.getKey(), new Entry("F32", array.getValue(), new long[] {offset, end}));
      offset = end;
    }
    byte[] json = new Gson().toJson(header).getBytes(StandardCharsets.UTF_8);
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(out, little(Long.BYTES + json.length).putLong(json.length).put(json).flip());
      for (String name : shapes.keySet()) {
        ByteBuffer bytes = little(arrays.get(name).length * Float.BYTES);
        bytes.asFloatBuffer().put(arrays.get(name));
        write(out, bytes);
      }
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no such file, or cut off
   */
  public static ArrayFile read(Path file) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    Map<String, float[]> arrays = new LinkedHashMap<>();
    try (FileChannel in = FileChannel.open(file)) {
      long length = read(in, 0, Long.BYTES).getLong();
      if (length < 2 || length > LARGEST_HEADER) {
        throw new IllegalArgumentException("its header has a length of " + length + " bytes");
      }
      ByteBuffer json = read(in, Long.BYTES, Long.BYTES + length);
      Gson gson = new Gson();
      JsonObject header =
          gson.fromJson(StandardCharsets.UTF_8.decode(json).toString(), JsonObject.class);
      for (Map.Entry<String, JsonElement> e : header.entrySet()) {
        if (e.getKey().equals(WORDS)) {
          e.getValue().getAsJsonObject().asMap().forEach((k, v) -> words.put(k, v.getAsString()));
        } else {
          Entry entry = gson.fromJson(e.getValue(), Entry.class);
          if (!entry.dtype.equals("F32")) {
            throw new IllegalArgumentException("its values are no 32-bit floats");
          }
          long start = Long.BYTES + length;
          ByteBuffer bytes = read(in, start + entry.offsets[0], start + entry.offsets[1]);
          float[] values = new float[bytes.remaining() / Float.BYTES];
          bytes.asFloatBuffer().get(values);
          arrays.put(e.getKey(), values);
        }
      }
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | UnsupportedOperationException
        | ArithmeticException
        | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("its header cannot be read: " + e.getMessage(), e);
    }
    return new ArrayFile(words, arrays);
  }

  private static ByteBuffer read(FileChannel in, long from, long to) throws IOException {
    if (from < 0 || to < from || to > in.size()) {
      throw new IllegalArgumentException("it ends before " + to + " bytes");
    }
    ByteBuffer bytes = little(Math.toIntExact(to - from));
    while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {
      // A channel may give less at a time than it is asked for.
    }
    return bytes.flip();
  }
}
