package org.affect4j.training.landmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.face.HeadPose;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * What the renderer knows of a face beyond its behaviour.
 *
 * @param file the picture
 * @param person whose faces are in one part of a set alone
 * @param five the landmarks by which faces are aligned, in pixels of the picture
 * @param all the 68, those that the head hides too
 * @param pose how the head was turned before a crop was aligned, if it was
 * @param closed how far the eyes are shut by units 43 and 45, 0 to 1
 */
public record RenderedTruth(
    String file, String person, Landmarks five, Landmarks68 all, HeadPose pose, double closed) {
  private static final List<String> TEXTS = List.of("file", "item");

  /** Of sets that tell it; in the others every item is another person. */
  private static final String PERSON = "person";

  private static final List<String> FIVE = coordinates(Landmarks.NAMES);
  private static final List<String> ALL = coordinates(Landmarks68.NAMES);
  private static final List<String> REST =
      List.of("yaw_deg", "pitch_deg", "roll_deg", "au43", "au45");

  /**
   * Reads the list of a set of {@code affect4j-synth}, such as {@code au-set} and {@code
   * portraits}, that shows one face in each picture.
   *
   * @param root its folder, with {@code labels.csv}
   * @return its faces in order
   * @throws IOException if there is none, or it names no 68 landmarks
   */
  public static List<RenderedTruth> read(Path root) throws IOException {
    Path labels = root.resolve("labels.csv");
    List<String> numbers = Stream.of(FIVE, ALL, REST).flatMap(List::stream).toList();
    Table table =
        Table.read()
            .usingOptions(
                CsvReadOptions.builder(labels.toFile())
                    .columnTypes(
                        name ->
                            TEXTS.contains(name) || name.equals(PERSON)
                                ? ColumnType.STRING
                                : numbers.contains(name) ? ColumnType.DOUBLE : ColumnType.SKIP));
    if (!table.columnNames().containsAll(numbers) || !table.columnNames().containsAll(TEXTS)) {
      throw new IOException(
          labels
              + " has no file, item, head pose and 68 points (p00_x to p67_y) of each face; draw the faces with 'affect4j-synth au-set'");
    }
    List<RenderedTruth> all = new ArrayList<>(table.rowCount());
    for (Row row : table) {
      all.add(
          new RenderedTruth(
              row.getString("file"),
              row.getString(table.containsColumn(PERSON) ? PERSON : "item"),
              Landmarks.of(numbers(row, FIVE)),
              Landmarks68.of(numbers(row, ALL)),
              // The renderer turns heads counter-clockwise.
              new HeadPose(
                  row.getDouble("yaw_deg"), row.getDouble("pitch_deg"), -row.getDouble("roll_deg")),
              Math.max(row.getDouble("au43"), row.getDouble("au45"))));
    }
    return all;
  }

  private static List<String> coordinates(List<String> points) {
    return points.stream().flatMap(p -> Stream.of(p + "_x", p + "_y")).toList();
  }

  private static double[] numbers(Row row, List<String> columns) {
    return columns.stream().mapToDouble(row::getDouble).toArray();
  }
}
