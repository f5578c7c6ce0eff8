package org.affect4j.training.sequence;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.Landmarks68;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.training.behaviour.internal.OwnList;

/**
 * A video of a dataset, before any picture is read.
 *
 * @param name its name
 * @param person who is in it
 * @param rows a row of the dataset's table for each frame, in order
 */
record Video(String name, String person, List<Integer> rows) {
  /** Columns of 68 landmarks, x and y of each in turn, in pixels of the picture. */
  static final List<String> LANDMARKS =
      Landmarks68.NAMES.stream().flatMap(p -> Stream.of(p + "_x", p + "_y")).toList();

  /**
   * Finds the videos of a dataset: those that its column {@code video} names, or else the folders
   * of its pictures.
   *
   * @param set name of the dataset, for messages
   * @throws IllegalArgumentException if no row has the number of a frame, or a frame stands twice
   */
  static List<Video> of(String set, FaceTable table) {
    Map<String, TreeMap<Integer, Integer>> all = new LinkedHashMap<>();
    double[] frames = numbers(table, FaceColumns.FRAME);
    for (int row = 0; row < frames.length; row++) {
      if (Double.isNaN(frames[row])) {
        continue;
      }
      String video = name(table, row);
      if (all.computeIfAbsent(video, v -> new TreeMap<>()).put((int) frames[row], row) != null) {
        throw new IllegalArgumentException(
            "'%s': frame %d of '%s' stands twice; a sequence is of one person"
                .formatted(set, (int) frames[row], video));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has no row with a frame of a video; networks over time are trained with datasets of videos, or a list with columns file, video and frame"
              .formatted(set));
    }
    List<Video> videos = new ArrayList<>();
    all.forEach(
        (name, rows) ->
            videos.add(
                new Video(
                    name,
                    table.text(rows.firstEntry().getValue(), FaceColumns.SUBJECT).orElse(name),
                    List.copyOf(rows.values()))));
    videos.sort(Comparator.comparing(Video::name));
    return videos;
  }

  static double[] numbers(FaceTable table, String column) {
    return table.has(column)
        ? table.numbers(column)
        : IntStream.range(0, table.size()).mapToDouble(i -> Double.NaN).toArray();
  }

  private static String name(FaceTable table, int row) {
    Optional<String> named =
        table.has(OwnList.VIDEO) ? table.text(row, OwnList.VIDEO) : Optional.empty();
    return named.orElseGet(
        () -> {
          Path folder = Path.of(table.text(row, FaceColumns.INPUT).orElse("")).getParent();
          return folder == null ? "" : folder.toString().replace('\\', '/');
        });
  }
}
