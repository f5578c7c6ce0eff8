package org.affect4j.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Behaviour;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.Detection;
import org.affect4j.face.Landmarks;
import org.affect4j.face.Landmarks68;
import org.affect4j.face.PixelBox;
import org.affect4j.face.ValenceArousal;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/**
 * What stands in the rows of a {@link FaceTable}: texts, numbers, and what they make up together.
 * Immutable.
 */
abstract class FaceValues {
  /** In order. A table of Tablesaw is made when it is asked for: it compares all names in turn. */
  final Map<String, Column<?>> columns = new LinkedHashMap<>();

  FaceValues(Collection<Column<?>> columns) {
    for (Column<?> column : columns) {
      Optional<FaceColumn> known = FaceColumns.find(column.name());
      if (known.isPresent() && !known.get().type().equals(column.type())) {
        throw new IllegalArgumentException(
            "column '%s' should hold %s (%s), but holds %s"
                .formatted(
                    column.name(), known.get().type(), known.get().meaning(), column.type()));
      }
      if (this.columns.put(column.name(), column) != null) {
        throw new IllegalArgumentException("column '" + column.name() + "' occurs more than once");
      }
    }
  }

  /**
   * Returns how many rows there are.
   *
   * @return rows, those without a face included
   */
  public int size() {
    return columns.values().stream().findFirst().map(Column::size).orElse(0);
  }

  /**
   * Returns the names of the columns.
   *
   * @return names in order, unmodifiable
   */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Tells whether there is a column.
   *
   * @param column its name
   * @return true if there is
   */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /**
   * Returns a text.
   *
   * @param row 0 to {@code size() - 1}
   * @param column any column; numbers are written as texts
   * @return the text; empty if it, or the column, is missing
   */
  public Optional<String> text(int row, String column) {
    return has(column) && !columns.get(column).isMissing(row)
        ? Optional.of(columns.get(column).getString(row))
        : Optional.empty();
  }

  /**
   * Returns a number.
   *
   * @param row 0 to {@code size() - 1}
   * @param column a column of numbers
   * @return the number; empty if it, or the column, is missing
   * @throws IllegalArgumentException if the column holds no numbers
   */
  public OptionalDouble number(int row, String column) {
    double number = has(column) ? numeric(column).getDouble(row) : Double.NaN;
    return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  /**
   * Returns the texts of a column.
   *
   * @param column a column that is there; numbers are written as texts
   * @return one text per row; the empty string where it is missing; unmodifiable
   * @throws IllegalArgumentException if there is no such column
   */
  public List<String> texts(String column) {
    Column<?> found = required(column);
    return IntStream.range(0, size())
        .mapToObj(row -> found.isMissing(row) ? "" : found.getString(row))
        .toList();
  }

  /**
   * Returns the numbers of a column.
   *
   * @param column a column of numbers that is there
   * @return one number per row; NaN where it is missing, as in Tablesaw
   * @throws IllegalArgumentException if there is no such column, or it holds no numbers
   */
  public double[] numbers(String column) {
    return IntStream.range(0, size()).mapToDouble(numeric(column)::getDouble).toArray();
  }

  private Column<?> required(String column) {
    if (!has(column)) {
      throw new IllegalArgumentException(
          "the table has no column '%s'; it has %s".formatted(column, columns()));
    }
    return columns.get(column);
  }

  private NumericColumn<?> numeric(String column) {
    if (required(column) instanceof NumericColumn<?> numbers) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "column '%s' holds %s; expected numbers".formatted(column, columns.get(column).type()));
  }

  /**
   * Returns where a face is.
   *
   * @param row 0 to {@code size() - 1}
   * @return box, score and landmarks, the 68 ones where they are there; empty if one of the other
   *     numbers is missing
   */
  public Optional<Detection> detection(int row) {
    OptionalDouble score = number(row, FaceColumns.SCORE);
    Optional<PixelBox> box = box(row);
    return score.isEmpty() || box.isEmpty()
        ? Optional.empty()
        : landmarks(row)
            .map(points -> new Detection(box.get(), score.getAsDouble(), points, landmarks68(row)));
  }

  /**
   * Returns the box of a face.
   *
   * @param row 0 to {@code size() - 1}
   * @return the box in pixels of the file; empty if one of its numbers is missing
   */
  public Optional<PixelBox> box(int row) {
    double[] box = row(row, FaceColumns.BOX.stream().map(FaceColumn::name));
    return isComplete(box)
        ? Optional.of(new PixelBox(box[0], box[1], box[2], box[3]))
        : Optional.empty();
  }

  /**
   * Returns the landmarks of a face.
   *
   * @param row 0 to {@code size() - 1}
   * @return the five points in pixels of the file; empty if one of their numbers is missing
   */
  public Optional<Landmarks> landmarks(int row) {
    double[] points = row(row, FaceColumns.LANDMARKS.stream().map(FaceColumn::name));
    return isComplete(points) ? Optional.of(Landmarks.of(points)) : Optional.empty();
  }

  /**
   * Returns the 68 landmarks of a face.
   *
   * @param row 0 to {@code size() - 1}
   * @return the points in pixels of the file; empty if one of their numbers is missing, as where
   *     the head's pose was not asked for
   */
  public Optional<Landmarks68> landmarks68(int row) {
    // Asked of every face, and mostly not there.
    if (!has(FaceColumns.LANDMARKS_68.get(0).name())) {
      return Optional.empty();
    }
    double[] points = row(row, FaceColumns.LANDMARKS_68.stream().map(FaceColumn::name));
    return isComplete(points) ? Optional.of(Landmarks68.of(points)) : Optional.empty();
  }

  /**
   * Returns the numbers by which a dataset finds the photos of a filtered or sorted table.
   *
   * @return the column {@code row}
   * @throws IllegalArgumentException if there is no such column
   */
  public int[] rowNumbers() {
    return Arrays.stream(numbers(FaceColumns.ROW)).mapToInt(row -> (int) row).toArray();
  }

  /**
   * Returns what was read in a face.
   *
   * @param row 0 to {@code size() - 1}
   * @return all outputs of the network for which the table has columns, the embedding empty if
   *     there is none; empty if there are no such columns, a probability, valence or arousal is
   *     missing, or the expressions are only some of those that were told apart
   */
  public Optional<Behaviour> behaviour(int row) {
    List<AnnotatedExpression> classes =
        Arrays.stream(AnnotatedExpression.values()).filter(e -> has(e.column())).toList();
    List<ActionUnit> units = ActionUnit.ALL.stream().filter(u -> has(u.column())).toList();
    List<String> dimensions =
        Stream.of(FaceColumns.VALENCE, FaceColumns.AROUSAL).filter(this::has).toList();
    double[] expressions = row(row, classes.stream().map(AnnotatedExpression::column));
    double[] active = row(row, units.stream().map(ActionUnit::column));
    double[] affect = row(row, dimensions.stream());
    boolean isNothing = expressions.length + active.length + affect.length == 0;
    if (isNothing
        || expressions.length == 1
        || affect.length == 1
        || !isComplete(expressions)
        || !isComplete(active)
        || !isComplete(affect)
        || expressions.length > 0 && !Behaviour.isWhole(expressions)) {
      return Optional.empty();
    }
    double[] numbers = row(row, columns(FeatureGroup.EMBEDDING));
    float[] embedding = new float[isComplete(numbers) ? numbers.length : 0];
    IntStream.range(0, embedding.length).forEach(i -> embedding[i] = (float) numbers[i]);
    Behaviour behaviour =
        new Behaviour(
            new BehaviourVocabulary(
                classes, units.stream().map(ActionUnit::number).toList(), affect.length > 0),
            expressions,
            active,
            affect.length > 0
                ? Optional.of(new ValenceArousal(affect[0], affect[1]))
                : Optional.empty(),
            embedding);
    OptionalDouble contempt =
        has(FaceColumns.CONTEMPT) ? number(row, FaceColumns.CONTEMPT) : OptionalDouble.empty();
    return Optional.of(
        contempt.isPresent() ? behaviour.withContempt(contempt.getAsDouble()) : behaviour);
  }

  /**
   * Returns what was read in all faces.
   *
   * @return one value for each row that holds all outputs of the network, in order; unmodifiable
   */
  public List<Behaviour> behaviours() {
    return IntStream.range(0, size()).boxed().flatMap(row -> behaviour(row).stream()).toList();
  }

  private double[] row(int row, Stream<String> columns) {
    return columns.mapToDouble(c -> number(row, c).orElse(Double.NaN)).toArray();
  }

  private static boolean isComplete(double[] numbers) {
    return Arrays.stream(numbers).allMatch(Double::isFinite);
  }

  /** The columns of a group, in the order of this table. */
  private Stream<String> columns(FeatureGroup... groups) {
    return columns.keySet().stream().filter(c -> Arrays.stream(groups).anyMatch(g -> g.holds(c)));
  }

  /**
   * Returns the numbers of some groups of all rows.
   *
   * @param groups at least one, in any order
   * @return one row of numbers per row, in the order of the columns; NaN where one is missing
   * @throws IllegalArgumentException if a group has no column here
   */
  public double[][] values(FeatureGroup... groups) {
    requireAll(groups);
    return values(columns(groups).toList());
  }

  /**
   * Returns the numbers of some columns of all rows.
   *
   * @param columns names of columns of numbers
   * @return one row of numbers per row, in the order asked for; NaN where one is missing
   * @throws IllegalArgumentException if there is no such column, or it holds no numbers
   */
  public double[][] values(List<String> columns) {
    double[][] values = new double[size()][columns.size()];
    for (int c = 0; c < columns.size(); c++) {
      double[] numbers = numbers(columns.get(c));
      for (int row = 0; row < values.length; row++) {
        values[row][c] = numbers[row];
      }
    }
    return values;
  }

  /**
   * Returns the columns that describe a face to a classifier: those of a {@link FeatureGroup}, and
   * numbers of the user's own; where the face is, and how sure the detector was, is not among them.
   *
   * @return names in order, unmodifiable
   */
  public List<String> featureColumns() {
    return columns.values().stream()
        .filter(c -> c.type() == ColumnType.DOUBLE)
        .map(Column::name)
        .filter(
            c ->
                FaceColumns.find(c).isEmpty()
                    || Arrays.stream(FeatureGroup.values()).anyMatch(g -> g.holds(c)))
        .toList();
  }

  void requireAll(FeatureGroup... groups) {
    for (FeatureGroup group : groups) {
      if (columns(group).findAny().isEmpty()) {
        throw new IllegalArgumentException(
            "these features hold no %s; there are %s"
                .formatted(
                    group.label(),
                    Arrays.stream(FeatureGroup.values())
                        .filter(g -> columns(g).findAny().isPresent())
                        .map(FeatureGroup::label)
                        .toList()));
      }
    }
  }

  /**
   * Returns how often a unit is active among the faces in which another is: {@code P(j | i)}.
   *
   * @param threshold a unit counts as active from this probability on, 0 to 1
   * @return 17 x 17 fractions, row i given, column j asked; a row is NaN if unit i is never active
   */
  public double[][] coOccurrence(double threshold) {
    double[][] together = new double[ActionUnit.COUNT][ActionUnit.COUNT];
    for (double[] face : values(ActionUnit.ALL.stream().map(ActionUnit::column).toList())) {
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

  /**
   * Returns a fingerprint of the names of the faces and the numbers that describe them ({@link
   * #featureColumns}), for the record of an experiment.
   *
   * @return SHA-256 in lower-case hexadecimal
   */
  public String checksum() {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(String.join("\n", featureColumns()).getBytes(StandardCharsets.UTF_8));
    double[][] values = values(featureColumns());
    List<String> inputs = texts(FaceColumns.INPUT);
    for (int i = 0; i < values.length; i++) {
      digest.update(("\n" + inputs.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values[i].length);
      Arrays.stream(values[i]).forEach(bytes::putDouble);
      digest.update(bytes.array());
    }
    return Hex.encodeHexString(digest.digest());
  }
}
