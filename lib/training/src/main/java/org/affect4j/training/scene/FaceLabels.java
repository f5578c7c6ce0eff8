package org.affect4j.training.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Faces with boxes and landmarks as a table beside pictures states them, in either set of names.
 */
public final class FaceLabels {
  /** Score from which on a detected face is taken for one. */
  static final double SURE = .9;

  private static final List<String> TRAINING = List.of("", "train", "training");
  private static final List<String> OTHER_NAMES =
      List.of("eye1", "eye2", "nose", "mouth1", "mouth2");

  private FaceLabels() {}

  /**
   * A face as it is labelled, whether it is to be used or only to be kept out of others.
   *
   * @param box where it is
   * @param landmarks its five landmarks; empty where a detector that labelled it was not sure
   */
  public record Labelled(PixelBox box, Optional<Landmarks> landmarks) {}

  /**
   * Reads the table beside a place.
   *
   * @param place a folder of pictures, or an archive
   * @param skip hears of each row that is left out, and why
   * @return faces by file; empty if there is no table with boxes and landmarks
   * @throws IOException if the table cannot be read
   */
  public static Map<String, List<Labelled>> of(Path place, Consumer<String> skip)
      throws IOException {
    Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().getParent();
    for (String name : List.of("detections.csv", "labels.csv")) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        Table table =
            Table.read()
                .csv(
                    CsvReadOptions.builder(file.toFile())
                        .columnTypes(column -> ColumnType.STRING)
                        .build());
        Columns columns = new Columns(table);
        if (columns.areComplete()) {
          return labels(table, columns, skip);
        }
        if (Files.isDirectory(place)) {
          skip.accept(
              "table %s states no boxes and landmarks, so a detector finds the faces"
                  .formatted(name));
        }
      }
    }
    return Map.of();
  }

  private static Map<String, List<Labelled>> labels(
      Table table, Columns columns, Consumer<String> skip) {
    Map<String, List<Labelled>> labels = new LinkedHashMap<>();
    for (Row row : table) {
      if (!TRAINING.contains(columns.text(row, "split").toLowerCase(Locale.ROOT))) {
        skip.accept("face belongs to another split than training");
        continue;
      }
      try {
        labels
            .computeIfAbsent(columns.file(row), f -> new ArrayList<>())
            .add(columns.labelled(row));
      } catch (IllegalArgumentException e) {
        skip.accept("row of a table has no box or landmarks that can be read");
      }
    }
    // Files of which no row could be read stay away rather than being looked at without labels.
    labels.values().removeIf(List::isEmpty);
    return labels;
  }

  /** The columns of a table of faces, under either set of names. */
  private record Columns(Table table) {
    private boolean has(String... names) {
      return table.columnNames().containsAll(List.of(names));
    }

    boolean areComplete() {
      return (has("file") || has("image"))
          && (has("box_x", "box_y", "box_width", "box_height") || has("x1", "y1", "x2", "y2"))
          && (has(columns(Landmarks.NAMES)) || has(columns(OTHER_NAMES)));
    }

    private static String[] columns(List<String> points) {
      return points.stream().flatMap(p -> Stream.of(p + "_x", p + "_y")).toArray(String[]::new);
    }

    String text(Row row, String column) {
      return has(column) ? row.getString(column) : "";
    }

    String file(Row row) {
      return text(row, has("file") ? "file" : "image");
    }

    private static double number(Row row, String column) {
      return Double.parseDouble(row.getString(column));
    }

    Labelled labelled(Row row) {
      PixelBox box =
          has("box_x")
              ? new PixelBox(
                  number(row, "box_x"),
                  number(row, "box_y"),
                  number(row, "box_width"),
                  number(row, "box_height"))
              : PixelBox.ofCorners(
                  number(row, "x1"), number(row, "y1"), number(row, "x2"), number(row, "y2"));
      boolean sure = text(row, "score").isEmpty() || number(row, "score") >= SURE;
      String[] names = columns(has("eye_left_x") ? Landmarks.NAMES : OTHER_NAMES);
      return new Labelled(
          box,
          sure
              ? Optional.of(
                  Landmarks.of(Stream.of(names).mapToDouble(n -> number(row, n)).toArray()))
              : Optional.empty());
    }
  }
}
