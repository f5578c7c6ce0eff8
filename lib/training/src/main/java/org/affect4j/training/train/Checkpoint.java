package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a run needs to go on to the same numbers.
 *
 * @param network name of the specification
 * @param specification checksum of the specification
 * @param settings everything that decides the numbers, by name
 * @param epoch epoch of the next step, 0 for the first
 * @param step next step in the epoch
 * @param best best result so far; empty before the first validation
 * @param bestEpoch epoch of the best result, -1 before the first validation
 * @param seconds time spent in training so far
 * @param running sums of the epoch so far, by name
 * @param arrays values by group and name
 */
record Checkpoint(
    String network,
    String specification,
    Map<String, String> settings,
    int epoch,
    int step,
    Optional<Double> best,
    int bestEpoch,
    double seconds,
    Map<String, Double> running,
    Map<String, Map<String, float[]>> arrays) {
  private static final int MAGIC = 0x41464B50;
  private static final int VERSION = 1;
  private static final int MOST_VALUES = 1 << 28;

  /** Writes the file whole or not at all. */
  void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileOutputStream raw = new FileOutputStream(part.toFile());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, 1 << 20))) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(network);
      out.writeUTF(specification);
      out.writeInt(settings.size());
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        out.writeUTF(setting.getKey());
        out.writeUTF(setting.getValue());
      }
      out.writeInt(epoch);
      out.writeInt(step);
      out.writeDouble(best.orElse(Double.NaN));
      out.writeInt(bestEpoch);
      out.writeDouble(seconds);
      out.writeInt(running.size());
      for (Map.Entry<String, Double> sum : running.entrySet()) {
        out.writeUTF(sum.getKey());
        out.writeDouble(sum.getValue());
      }
      out.writeInt(arrays.size());
      for (Map.Entry<String, Map<String, float[]>> group : arrays.entrySet()) {
        out.writeUTF(group.getKey());
        out.writeInt(group.getValue().size());
        for (Map.Entry<String, float[]> array : group.getValue().entrySet()) {
          out.writeUTF(array.getKey());
          writeFloats(array.getValue(), out);
        }
      }
      // Marks that nothing is missing.
      out.writeInt(MAGIC);
      out.flush();
      raw.getFD().sync();
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void writeFloats(float[] values, DataOutputStream out) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  private static float[] readFloats(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_VALUES) {
      throw new EOFException();
    }
    byte[] bytes = new byte[length * Float.BYTES];
    in.readFully(bytes);
    float[] values = new float[length];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  /** Reads a file. */
  static Checkpoint read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        throw new CheckpointException(
            file + " is no checkpoint of this version; choose another folder or start anew");
      }
      String network = in.readUTF();
      String specification = in.readUTF();
      Map<String, String> settings = new LinkedHashMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        settings.put(in.readUTF(), in.readUTF());
      }
      int epoch = in.readInt();
      int step = in.readInt();
      double best = in.readDouble();
      int bestEpoch = in.readInt();
      double seconds = in.readDouble();
      Map<String, Double> running = new LinkedHashMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        running.put(in.readUTF(), in.readDouble());
      }
      Map<String, Map<String, float[]>> arrays = new LinkedHashMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        Map<String, float[]> group = new LinkedHashMap<>();
        arrays.put(in.readUTF(), group);
        for (int k = in.readInt(); k > 0; k--) {
          group.put(in.readUTF(), readFloats(in));
        }
      }
      if (in.readInt() != MAGIC) {
        throw new EOFException();
      }
      return new Checkpoint(
          network,
          specification,
          settings,
          epoch,
          step,
          Double.isNaN(best) ? Optional.empty() : Optional.of(best),
          bestEpoch,
          seconds,
          running,
          arrays);
    } catch (EOFException | UTFDataFormatException e) {
      throw new CheckpointException(
          file + " is cut off or damaged; delete it and start anew, or take an older copy");
    }
  }

  /**
   * Refuses to go on with another network or other settings.
   *
   * @param file for the message
   * @param wantedNetwork name of the specification
   * @param wantedSpecification its checksum
   * @param wanted the settings
   */
  void requireSame(
      Path file, String wantedNetwork, String wantedSpecification, Map<String, String> wanted)
      throws CheckpointException {
    if (!specification.equals(wantedSpecification)) {
      throw new CheckpointException(
          "%s belongs to the network '%s' of specification %.12s, but '%s' of %.12s is to be trained; give the same network, or another folder"
              .formatted(file, network, specification, wantedNetwork, wantedSpecification));
    }
    List<String> differences = new ArrayList<>();
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(settings.get(name))) {
            differences.add("%s was %s and is now %s".formatted(name, settings.get(name), value));
          }
        });
    settings.keySet().stream()
        .filter(name -> !wanted.containsKey(name))
        .forEach(name -> differences.add(name + " is not set now"));
    if (!differences.isEmpty()) {
      throw new CheckpointException(
          "%s was made with other settings: %s; repeat them to go on, or give another folder"
              .formatted(file, String.join("; ", differences)));
    }
  }

  /** Values of arrays by name. */
  static Map<String, float[]> floats(Map<String, NDArray> arrays) {
    Map<String, float[]> values = new LinkedHashMap<>();
    arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
    return values;
  }

  /** Gives arrays the values that {@link #floats} took. */
  static void restore(Map<String, NDArray> arrays, Map<String, float[]> values) {
    arrays.forEach((name, array) -> array.set(FloatBuffer.wrap(values.get(name))));
  }
}
