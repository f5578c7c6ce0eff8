package org.affect4j.analysis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.Point;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FeatureGroup;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Faces as a table: one row per face, and one row for every input without a face.
 *
 * <p>Columns, in this order:
 *
 * <table>
 * <caption>Columns of a behaviour table</caption>
 * <tr><th>column</th><th>meaning and range</th></tr>
 * <tr><td>input</td><td>the input as the user named it</td></tr>
 * <tr><td>frame, timestamp_s</td><td>frame number from 0 and its time in seconds; missing for photos</td></tr>
 * <tr><td>face_id</td><td>number of the face in its input from 0; missing without a face</td></tr>
 * <tr><td>status</td><td>ok, whole_crop, no_face, partial (a damaged file, with faces or without),
 * unreadable ({@link AnalyzedInput.Status})</td></tr>
 * <tr><td>score</td><td>detector's probability of a face, 0 to 1</td></tr>
 * <tr><td>box_x, box_y, box_width, box_height</td><td>pixels of the file</td></tr>
 * <tr><td>eye_left_x … mouth_right_y</td><td>ten coordinates of {@link Landmarks#NAMES} in pixels of
 * the file; left and right in the image</td></tr>
 * <tr><td>expression</td><td>the most probable of the seven</td></tr>
 * <tr><td>p_neutral … p_surprise</td><td>probabilities 0 to 1 that add up to 1</td></tr>
 * <tr><td>au01 … au26</td><td>17 probabilities 0 to 1, each unit for itself</td></tr>
 * <tr><td>valence, arousal</td><td>-1 to 1</td></tr>
 * <tr><td>reason</td><td>why there is no face, or no detection, what is damaged, or of how many pages
 * the first was read; missing otherwise</td></tr>
 * <tr><td>roll_deg</td><td>{@link Landmarks#rollDegrees()}, -180 to 180, clockwise positive; missing
 * without landmarks</td></tr>
 * <tr><td>e000 …</td><td>embedding, only when asked for</td></tr>
 * </table>
 */
public final class BehaviourTable {
  /** Added after files had been written: those without it are read and continued as they are. */
  static final String ROLL = "roll_deg";

  private static final String NAME = "faces";

  /** All but the embedding. */
  private static final List<String> COLUMNS = columnNames();

  private BehaviourTable() {}

  private static List<String> columnNames() {
    List<String> names =
        new ArrayList<>(
            List.of(
                "input",
                "frame",
                "timestamp_s",
                "face_id",
                "status",
                "score",
                "box_x",
                "box_y",
                "box_width",
                "box_height"));
    for (String point : Landmarks.NAMES) {
      names.add(point + "_x");
      names.add(point + "_y");
    }
    names.add("expression");
    Expression.ALL.forEach(e -> names.add(e.column()));
    ActionUnit.ALL.forEach(u -> names.add(u.column()));
    names.addAll(List.of("valence", "arousal", "reason", ROLL));
    return List.copyOf(names);
  }

  /**
   * Returns the names of the columns.
   *
   * @param embeddingLength length of the embedding at the end; 0 to leave it out
   * @return names in order, unmodifiable
   */
  public static List<String> columns(int embeddingLength) {
    List<String> names = new ArrayList<>(COLUMNS);
    IntStream.range(0, embeddingLength)
        .forEach(i -> names.add(String.format(Locale.ROOT, "e%03d", i)));
    return Collections.unmodifiableList(names);
  }

  /**
   * Makes a table of the faces of one photo; the column {@code input} is missing.
   *
   * @param faces the faces, perhaps none
   * @return one row per face
   */
  public static Table of(List<Face> faces) {
    return faces.isEmpty() ? table(List.of()) : table(rows(AnalyzedInput.ofPhoto("", faces), 0));
  }

  /**
   * Makes a table of several inputs.
   *
   * @param inputs what became of each
   * @return one or more rows per input
   */
  public static Table ofInputs(List<AnalyzedInput> inputs) {
    List<List<String>> rows = new ArrayList<>();
    inputs.forEach(input -> rows.addAll(rows(input, 0)));
    return table(rows);
  }

  /**
   * Reads a file that {@link FolderAnalysis} or the command line wrote, this version or an earlier
   * one.
   *
   * @param csv the file
   * @return the table with the columns of the file, numbers as numbers, names as they are ({@link
   *     InputName#path} finds their files)
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if its header is not that of a behaviour table
   */
  public static Table read(Path csv) throws IOException {
    List<String> header = Csv.header(csv);
    List<String> named = new ArrayList<>(header);
    named.removeIf(FeatureGroup.EMBEDDING::holds);
    if (!named.equals(COLUMNS) && !isEarlier(named, COLUMNS)) {
      throw new IllegalArgumentException(
          csv + " is not a behaviour table: its header should begin with " + COLUMNS);
    }
    return Csv.table(csv, NAME, BehaviourTable::type);
  }

  /** Whether a file of an earlier version has these columns where there are others now. */
  static boolean isEarlier(List<String> header, List<String> columns) {
    List<String> before = new ArrayList<>(columns);
    return before.remove(ROLL) && before.equals(header);
  }

  /**
   * Returns the rows that hold a face.
   *
   * @param table a behaviour table
   * @return the rows whose face_id is not missing
   */
  public static Table faces(Table table) {
    return table.where(table.intColumn("face_id").isNotMissing());
  }

  /**
   * Returns the action units of the rows that hold a face.
   *
   * @param table a behaviour table
   * @return one row of 17 probabilities per face, in the order of {@link ActionUnit#ALL}
   */
  public static double[][] actionUnits(Table table) {
    Table faces = faces(table);
    double[][] values = new double[faces.rowCount()][ActionUnit.COUNT];
    for (ActionUnit unit : ActionUnit.ALL) {
      DoubleColumn column = faces.doubleColumn(unit.column());
      for (int row = 0; row < values.length; row++) {
        values[row][unit.ordinal()] = column.getDouble(row);
      }
    }
    return values;
  }

  /**
   * Returns how often a unit is active among the faces in which another is: {@code P(j | i)}.
   *
   * @param table a behaviour table
   * @param threshold a unit counts as active from this probability on, 0 to 1
   * @return 17 x 17 fractions, row i given, column j asked; a row is NaN if unit i is never active
   */
  public static double[][] coOccurrence(Table table, double threshold) {
    double[][] together = new double[ActionUnit.COUNT][ActionUnit.COUNT];
    for (double[] face : actionUnits(table)) {
      for (int i = 0; i < face.length; i++) {
        for (int j = 0; j < face.length; j++) {
          together[i][j] += face[i] >= threshold && face[j] >= threshold ? 1 : 0;
        }
      }
    }
    for (int i = 0; i < together.length; i++) {
      double active = together[i][i];
      for (int j = 0; j < together.length; j++) {
        together[i][j] /= active;
      }
    }
    return together;
  }

  private static Table table(List<List<String>> rows) {
    return Csv.table(COLUMNS, rows, NAME, BehaviourTable::type);
  }

  private static ColumnType type(String column) {
    return switch (column) {
      case "input", "status", "expression", "reason" -> ColumnType.STRING;
      case "frame", "face_id" -> ColumnType.INTEGER;
      default -> ColumnType.DOUBLE;
    };
  }

  /** One line of the file per face, or a single one without a face. */
  static List<List<String>> rows(AnalyzedInput input, int embeddingLength) {
    if (input.faces().isEmpty()) {
      return List.of(row(input, Optional.empty(), embeddingLength));
    }
    return input.faces().stream()
        .map(face -> row(input, Optional.of(face), embeddingLength))
        .toList();
  }

  private static List<String> row(AnalyzedInput input, Optional<Face> face, int embeddingLength) {
    List<String> cells = new ArrayList<>(COLUMNS.size());
    cells.add(input.input());
    cells.add("");
    cells.add("");
    cells.add(face.map(f -> Integer.toString(f.id())).orElse(""));
    cells.add(input.status().label());
    addDetection(cells, face.flatMap(Face::detection));
    addBehaviour(cells, face.map(Face::behaviour));
    cells.add(input.reason());
    cells.add(
        face.flatMap(Face::detection)
            // Rounded as a whole number first, so that level eyes never give "-0.0".
            .map(d -> number(Math.round(10 * d.landmarks().rollDegrees()) / 10.0, 1))
            .orElse(""));
    float[] embedding = face.map(f -> f.behaviour().embedding()).orElse(new float[0]);
    for (int i = 0; i < embeddingLength; i++) {
      cells.add(i < embedding.length ? number(embedding[i], 5) : "");
    }
    return cells;
  }

  private static void addDetection(List<String> cells, Optional<Detection> detection) {
    if (detection.isEmpty()) {
      cells.addAll(Collections.nCopies(5 + 2 * Landmarks.NAMES.size(), ""));
      return;
    }
    PixelBox box = detection.get().box();
    cells.add(number(detection.get().score(), 4));
    for (double v : new double[] {box.x(), box.y(), box.width(), box.height()}) {
      cells.add(number(v, 1));
    }
    for (Point p : detection.get().landmarks().points()) {
      cells.add(number(p.x(), 1));
      cells.add(number(p.y(), 1));
    }
  }

  private static void addBehaviour(List<String> cells, Optional<Behaviour> behaviour) {
    if (behaviour.isEmpty()) {
      cells.addAll(Collections.nCopies(1 + Expression.COUNT + ActionUnit.COUNT + 2, ""));
      return;
    }
    Behaviour b = behaviour.get();
    cells.add(b.expression().label());
    for (double p : b.expressionProbabilities()) {
      cells.add(number(p, 4));
    }
    for (double p : b.actionUnitProbabilities()) {
      cells.add(number(p, 4));
    }
    cells.add(number(b.valenceArousal().valence(), 4));
    cells.add(number(b.valenceArousal().arousal(), 4));
  }

  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
