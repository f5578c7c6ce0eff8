package org.affect4j.table;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the rows of a CSV file came about. It lies beside the file, as {@code
 * faces.csv.provenance.json} beside {@code faces.csv}.
 *
 * @param library name and version of what wrote the rows
 * @param settings models with their checksums, and all options that change a row
 * @param folder what relative names of inputs start from: relative to the folder of the CSV where
 *     one of the two lies in the other, else absolute
 * @param started when the first run started, ISO 8601 in UTC
 * @param ended when the last run ended; empty while it goes on, and after it was interrupted
 * @param inputs inputs in the file by status, when the last run ended
 * @param unrecorded inputs that were in the file before this record was begun, of which it is not
 *     known how they were read
 * @param videos facts of each video by its name: where its clock starts, when it was recorded
 */
public record Provenance(
    String library,
    Map<String, String> settings,
    String folder,
    String started,
    String ended,
    Map<String, Integer> inputs,
    int unrecorded,
    Map<String, Map<String, String>> videos) {
  /** Begins the names of settings that hold for videos alone. */
  public static final String OF_VIDEOS = "video ";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Copies the maps. */
  public Provenance {
    Objects.requireNonNull(library);
    Objects.requireNonNull(folder);
    Objects.requireNonNull(started);
    Objects.requireNonNull(ended);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    // Gson finds none in the records of earlier versions.
    videos = videos == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(videos));
  }

  /**
   * Returns the settings, and how many inputs they are not known to hold for.
   *
   * @return name and value of each, unmodifiable
   */
  public Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>(settings);
    if (unrecorded > 0) {
      entries.put("predictions of unknown origin", String.valueOf(unrecorded));
    }
    return Collections.unmodifiableMap(entries);
  }

  /** The record of a run that starts now, in this folder. */
  static Provenance starting(Path csv, Map<String, String> settings) {
    return new Provenance(
        currentLibrary(), settings, folder(csv), now(), "", Map.of(), 0, Map.of());
  }

  /** This record while another run goes on with the file, perhaps with the first videos of it. */
  Provenance continued(Map<String, String> now) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    now.forEach(all::putIfAbsent);
    return new Provenance(currentLibrary(), all, folder, started, "", inputs, unrecorded, videos);
  }

  Provenance withUnrecorded(int count) {
    return new Provenance(library, settings, folder, started, ended, inputs, count, videos);
  }

  Provenance ending(Map<String, Integer> counts) {
    return new Provenance(library, settings, folder, started, now(), counts, unrecorded, videos);
  }

  Provenance with(String video, Map<String, String> facts) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>(videos);
    all.put(video, facts);
    return new Provenance(library, settings, folder, started, ended, inputs, unrecorded, all);
  }

  boolean isEnded() {
    return !ended.isEmpty();
  }

  /**
   * Returns name and version of this library.
   *
   * @return such as {@code "affect4j 0.2.0"}
   */
  public static String currentLibrary() {
    return "affect4j "
        + Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String folder(Path csv) {
    Path here = InputName.real(Path.of(""));
    Path there = InputName.real(csv).getParent();
    if (here.startsWith(there) || there.startsWith(here)) {
      // So that both can be moved together.
      Path near = there.relativize(here);
      if (InputName.of(near).equals(near.toString())) {
        return near.toString();
      }
    }
    return InputName.of(here);
  }

  /** What relative names of inputs start from; this folder if the recorded one is gone. */
  Path base(Path csv) {
    Path here = InputName.real(Path.of(""));
    Path recorded = InputName.real(csv).resolveSibling(InputName.path(folder));
    return Files.isDirectory(recorded) ? InputName.real(recorded) : here;
  }

  /**
   * Reads the record beside a CSV file.
   *
   * @param csv the table
   * @return its record; empty if there is none, as for files of earlier versions
   * @throws IOException if there is one that cannot be read
   */
  public static Optional<Provenance> beside(Path csv) throws IOException {
    Path file = file(csv);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(GSON.fromJson(Files.readString(file), Provenance.class));
    } catch (RuntimeException e) {
      // Not JSON, or without the parts of a record: Gson has several exceptions for that.
      throw new IOException(
          file + " is not the record of a run; remove it, or name another output", e);
    }
  }

  /** Writes the record beside a CSV file, in one step. */
  void save(Path csv) throws IOException {
    Path draft = sibling(csv, ".provenance.json.new");
    Files.writeString(draft, GSON.toJson(this) + "\n");
    Files.move(
        draft, file(csv), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path file(Path csv) {
    return sibling(csv, ".provenance.json");
  }

  private static Path sibling(Path csv, String ending) {
    Path real = InputName.real(csv);
    return real.resolveSibling(real.getFileName() + ending);
  }

  /**
   * Checks that a run makes rows of the same kind. Settings of videos count only where both this
   * record and the run have videos.
   *
   * @throws IOException naming what differs, if models or options are others
   */
  void require(Map<String, String> now, Path csv) throws IOException {
    Map<String, String> differing = new LinkedHashMap<>(now);
    differing.entrySet().removeAll(settings.entrySet());
    Map<String, String> then = new LinkedHashMap<>(settings);
    then.entrySet().removeAll(now.entrySet());
    if (!hasVideos(now) || !hasVideos(settings)) {
      differing.keySet().removeIf(Provenance::isOfVideos);
      then.keySet().removeIf(Provenance::isOfVideos);
    }
    if (!differing.isEmpty() || !then.isEmpty()) {
      throw new IOException(
          "%s holds rows of other models or options (now %s, then %s); name another file, or replace it (--overwrite)"
              .formatted(csv, differing, then));
    }
  }

  private static boolean isOfVideos(String setting) {
    return setting.startsWith(OF_VIDEOS);
  }

  private static boolean hasVideos(Map<String, String> settings) {
    return settings.keySet().stream().anyMatch(Provenance::isOfVideos);
  }
}
