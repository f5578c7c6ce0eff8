package org.affect4j.synthesis.internal.clip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.analysis.FaceAnalyzer;
import org.affect4j.analysis.ProgressListener;
import org.affect4j.series.FaceSeries;
import org.affect4j.series.SeriesStatistics;
import org.affect4j.synthesis.internal.common.RandomStream;
import org.affect4j.synthesis.internal.sample.Studio;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceStream;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import org.affect4j.video.VideoAnalysis;

/**
 * A table of statistics of short clips in six moods, read by the networks as any video is: one row
 * per clip.
 */
public final class MoodTable {
  private static final int RATERS = 5;
  private static final List<String> NAMES = List.of(FaceColumns.INPUT, FaceColumns.SUBJECT, "mood");

  private MoodTable() {}

  /**
   * Draws, analyses and sums up clips, of each person one in each mood; the clips are not kept.
   *
   * @param studio the face model and its samplers
   * @param threads 1 or more; does not change pixels
   * @param seed same seed, same pixels
   * @param persons how many, 1 or more
   * @param analyzer reads the faces
   * @param folder where to; made if it is not there
   * @param command the command line, for the provenance
   * @param progress receives a line every ten clips
   * @throws IOException if the folder cannot be written
   */
  public static void write(
      Studio studio,
      int threads,
      long seed,
      int persons,
      FaceAnalyzer analyzer,
      Path folder,
      String command,
      Consumer<String> progress)
      throws IOException {
    Files.createDirectories(folder);
    ClipWriter writer = new ClipWriter(studio, threads, seed);
    List<Mood> moods = List.of(Mood.values());
    List<String> columns =
        new ArrayList<>(
            Stream.concat(
                    NAMES.stream(), IntStream.rangeClosed(1, RATERS).mapToObj(r -> "rater" + r))
                .toList());
    FaceTableBuilder table = new FaceTableBuilder("moods", List.of(FaceColumns.INPUT));
    Path video = Files.createTempDirectory("moods").resolve("clip.mp4");
    for (int i = 0; i < persons * moods.size(); i++) {
      Mood mood = moods.get(i % moods.size());
      int person = i / moods.size();
      RandomStream r = RandomStream.of(seed, 10_000 + i);
      writer.write(mood.story("clip%03d".formatted(i), person, r.branch()), video, frame -> {});
      FaceTable rows = VideoAnalysis.standard().run(analyzer, video, ProgressListener.silent());
      FaceTable windows =
          SeriesStatistics.ofWindows(Mood.SECONDS)
              .of(
                  FaceSeries.of(rows),
                  Stream.concat(FaceSeries.AFFECT.stream(), FaceSeries.UNITS.stream()).toList());
      table.set(FaceColumns.INPUT, "clip%03d".formatted(i));
      table.set(FaceColumns.SUBJECT, "person%02d".formatted(person)).set("mood", mood.label());
      for (int rater = 1; rater <= RATERS; rater++) {
        table.set("rater" + rater, mood.rated(r).label());
      }
      statistics(windows, table, columns);
      table.add();
      if ((i + 1) % 10 == 0 || i + 1 == persons * moods.size()) {
        progress.accept("moods: %d of %d clips".formatted(i + 1, persons * moods.size()));
      }
    }
    Files.deleteIfExists(video);
    Files.delete(video.getParent());
    Path csv = folder.resolve("moods.csv");
    try (OutputStream out = Files.newOutputStream(csv);
        FaceStream stream = new FaceStream(out, csv, columns)) {
      stream.append(table.build());
    }
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("command", command);
    own.put("seed", seed);
    own.put("clips", persons * moods.size());
    Files.writeString(folder.resolve("provenance.json"), studio.provenance(own));
  }

  /** The statistics of the face that was seen longest; empty cells if there was none. */
  private static void statistics(FaceTable windows, FaceTableBuilder to, List<String> columns) {
    if (windows.size() == 0) {
      return;
    }
    double[] seen = windows.numbers(SeriesStatistics.SEEN);
    int longest =
        IntStream.range(0, seen.length).reduce((a, b) -> seen[b] > seen[a] ? b : a).orElseThrow();
    for (String column : windows.table().columnNames()) {
      if (!column.equals(FaceColumns.INPUT)
          && !column.equals(FaceColumns.FACE)
          && !column.equals(SeriesStatistics.START)) {
        if (!columns.contains(column)) {
          columns.add(column);
        }
        windows
            .number(longest, column)
            .ifPresent(v -> to.set(column, String.format(Locale.ROOT, "%.4f", v)));
      }
    }
  }
}
