package org.affect4j.training.train;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.training.network.internal.ArrayFile;

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
  private static final String KIND = "checkpoint";
  private static final String VERSION = "2";
  private static final String SETTING = "setting/";
  private static final String SUM = "sum/";

  /** Writes a file; an older one is there until the new one is whole. */
  void write(Path file) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(KIND, VERSION);
    words.put("network", network);
    words.put("specification", specification);
    words.put("epoch", String.valueOf(epoch));
    words.put("step", String.valueOf(step));
    best.ifPresent(value -> words.put("best", String.valueOf(value)));
    words.put("best epoch", String.valueOf(bestEpoch));
    words.put("seconds", String.valueOf(seconds));
    settings.forEach((name, value) -> words.put(SETTING + name, value));
    running.forEach((name, sum) -> words.put(SUM + name, String.valueOf(sum)));
    Map<String, float[]> all = new LinkedHashMap<>();
    arrays.forEach(
        (group, named) -> named.forEach((name, values) -> all.put(group + "/" + name, values)));
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    all.forEach((name, values) -> shapes.put(name, List.of(values.length)));
    new ArrayFile(words, all).write(file, shapes);
  }

  /**
   * Reads a file.
   *
   * @throws CheckpointException if it is no checkpoint, or damaged
   */
  static Checkpoint read(Path file) throws IOException {
    try {
      ArrayFile found = ArrayFile.read(file);
      Map<String, String> words = found.words();
      if (!VERSION.equals(words.get(KIND))) {
        throw new CheckpointException(
            file + " is no checkpoint of this version; choose another folder or start anew");
      }
      Map<String, String> settings = new LinkedHashMap<>();
      Map<String, Double> running = new LinkedHashMap<>();
      words.forEach(
          (name, value) -> {
            if (name.startsWith(SETTING)) {
              settings.put(name.substring(SETTING.length()), value);
            } else if (name.startsWith(SUM)) {
              running.put(name.substring(SUM.length()), Double.valueOf(value));
            }
          });
      Map<String, Map<String, float[]>> arrays = new LinkedHashMap<>();
      found
          .arrays()
          .forEach(
              (name, values) -> {
                String[] parts = name.split("/", 2);
                arrays.computeIfAbsent(parts[0], n -> new LinkedHashMap<>()).put(parts[1], values);
              });
      return new Checkpoint(
          words.get("network"),
          words.get("specification"),
          settings,
          Integer.parseInt(words.get("epoch")),
          Integer.parseInt(words.get("step")),
          Optional.ofNullable(words.get("best")).map(Double::valueOf),
          Integer.parseInt(words.get("best epoch")),
          Double.parseDouble(words.get("seconds")),
          running,
          arrays);
    } catch (IllegalArgumentException e) {
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
