package org.affect4j.evaluate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.model.ModelEntry;

/** Which model predicted, as name and value; and the file that keeps it beside the predictions. */
final class ModelRecord {
  private static final String FILE = "run.json";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private ModelRecord() {}

  static Map<String, String> of(FaceAnalyzer analyzer) {
    Map<String, String> entries = new LinkedHashMap<>();
    ModelEntry network = analyzer.behaviourModel().entry();
    entries.put("model", network.name());
    entries.put("model SHA-256", network.sha256());
    entries.put(
        "views",
        analyzer.behaviourModel().options().flipAveraging()
            ? "two: mean of the face and its mirror image"
            : "one");
    entries.put(
        "detector", analyzer.detector().entry().map(ModelEntry::name).orElse("not catalogued"));
    analyzer.detector().entry().ifPresent(e -> entries.put("detector SHA-256", e.sha256()));
    analyzer
        .detector()
        .refinerEntry()
        .ifPresent(
            e -> {
              entries.put("landmarks", e.name());
              entries.put("landmarks SHA-256", e.sha256());
            });
    return entries;
  }

  /** The record in the folder of predictions; empty if there is none. */
  static Map<String, String> beside(Path csv) throws IOException {
    Path file = csv.resolveSibling(FILE);
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    try {
      Map<String, String> read =
          GSON.fromJson(
              Files.readString(file), new TypeToken<LinkedHashMap<String, String>>() {}.getType());
      return read == null ? Map.of() : read;
    } catch (JsonParseException e) {
      throw new IOException(
          file + " is not the record of a run; remove it, or name another folder", e);
    }
  }

  /**
   * Writes the record of a run, or checks that predictions that are there are of the same one.
   *
   * @throws IOException if predictions were made by another model, on other data or otherwise
   */
  static void keep(Path csv, Map<String, String> entries) throws IOException {
    Map<String, String> before = beside(csv);
    if (Files.isRegularFile(csv) && !before.equals(entries)) {
      Map<String, String> differing = new LinkedHashMap<>(entries);
      differing.entrySet().removeIf(e -> e.getValue().equals(before.get(e.getKey())));
      throw new IOException(
          "%s holds predictions of another run (now %s, then %s); name another folder, or remove it"
              .formatted(
                  csv, differing, before.isEmpty() ? "not recorded" : pick(before, differing)));
    }
    Files.writeString(csv.resolveSibling(FILE), GSON.toJson(entries) + System.lineSeparator());
  }

  private static Map<String, String> pick(Map<String, String> from, Map<String, String> names) {
    Map<String, String> picked = new LinkedHashMap<>();
    names.keySet().forEach(name -> picked.put(name, from.getOrDefault(name, "nothing")));
    return picked;
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
