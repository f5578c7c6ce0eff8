package org.affect4j.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Detection;
import org.affect4j.face.Expression;
import org.affect4j.face.Face;
import org.affect4j.face.Landmarks;
import org.affect4j.face.PixelBox;
import org.affect4j.face.ValenceArousal;
import org.affect4j.face.internal.Rendering;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;

/**
 * Faces as rows: what a network read in photos or videos, what people labelled, what another tool
 * measured. Columns are those of {@link FaceColumns} and any others. Immutable.
 *
 * <p>Of analysed inputs there is one row per face, and one for every input without a face. Numbers
 * are exact; only files round them.
 */
public final class FaceTable {
  static {
    Rendering.begin();
  }

  private final String name;

  /** In order. A table of Tablesaw is made when it is asked for: it compares all names in turn. */
  private final Map<String, Column<?>> columns = new LinkedHashMap<>();

  private FaceTable(String name, Collection<Column<?>> columns) {
    this.name = name;
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

  /** Takes columns of one length that nobody else holds. */
  static FaceTable owning(String name, Collection<Column<?>> columns) {
    return new FaceTable(name, columns);
  }

  /**
   * Takes any table.
   *
   * @param table columns of {@link FaceColumns} have its types; copied
   * @return the table
   * @throws IllegalArgumentException if a known column has another type
   */
  public static FaceTable of(Table table) {
    return new FaceTable(table.name(), table.copy().columns());
  }

  /**
   * Makes a table of the faces of one photo; the column {@code input} is missing.
   *
   * @param faces the faces, perhaps none
   * @return one row per face
   */
  public static FaceTable of(List<Face> faces) {
    return faces.isEmpty()
        ? ofInputs(List.of())
        : ofInputs(List.of(AnalyzedInput.ofPhoto("", faces)));
  }

  /**
   * Reads what a tool wrote of faces; the header tells which tool it was.
   *
   * <ul>
   *   <li>affect4j ({@code input, …}, this version or an earlier one): the columns of the file;
   *       those of the user's own are numbers where all their cells are.
   *   <li>OpenFace 2 (Baltrusaitis et al., FG 2018), of videos {@code frame, face_id, timestamp,
   *       confidence, success, …}, of photos {@code face, confidence, …}, one file per photo:
   *       {@code input} is the name of the file without {@code .csv}, {@code au01} the presence (0
   *       or 1), {@code au01_intensity} 0 to 5. Frames, which it counts from 1, in which it lost
   *       the face have status {@code no_face}.
   *   <li>py-feat (Cheong et al., Affective Science 2023): box, {@code au01} and so on and {@code
   *       p_anger} and so on as probabilities, the most probable {@code expression}; {@code
   *       face_id} counts the rows of a photo or frame; an input with one {@code frame} alone is a
   *       photo.
   * </ul>
   *
   * <p>{@code score} is the tool's own confidence. Action units that affect4j does not know are
   * columns such as {@code au14}.
   *
   * @param fileOrFolder a CSV file, or a folder of those of one tool
   * @return its rows, those without a face included; named after the tool
   * @throws IOException if a file cannot be read, is by none of the three, or is damaged
   */
  public static FaceTable read(Path fileOrFolder) throws IOException {
    return FaceFiles.read(fileOrFolder);
  }

  /**
   * Makes a table of any numbers.
   *
   * @param inputs name of each face
   * @param columns name of each number, all different
   * @param values one row per input with one number per column; NaN is missing
   * @return the table
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public static FaceTable ofNumbers(List<String> inputs, List<String> columns, double[][] values) {
    if (values.length != inputs.size()
        || Arrays.stream(values).anyMatch(row -> row.length != columns.size())) {
      throw new IllegalArgumentException(
          "%d inputs and %d columns need as many rows of as many numbers"
              .formatted(inputs.size(), columns.size()));
    }
    List<Column<?>> all = new ArrayList<>(List.of(StringColumn.create(FaceColumns.INPUT, inputs)));
    for (int c = 0; c < columns.size(); c++) {
      int column = c;
      all.add(
          DoubleColumn.create(
              columns.get(c), Arrays.stream(values).mapToDouble(row -> row[column]).toArray()));
    }
    return owning("features", all);
  }

  /**
   * Makes a table of several inputs.
   *
   * @param inputs what became of each
   * @return one row per face, and one per input without a face
   */
  public static FaceTable ofInputs(List<AnalyzedInput> inputs) {
    FaceTableBuilder builder = new FaceTableBuilder("faces", FaceColumns.analysis(0));
    inputs.forEach(builder::add);
    return builder.build();
  }

  /**
   * Makes a table of one input, to be written into a file.
   *
   * @param input what became of it
   * @param embeddings whether the embedding is in it
   * @return one row per face, or one without a face
   */
  public static FaceTable ofInput(AnalyzedInput input, boolean embeddings) {
    FaceTableBuilder builder = new FaceTableBuilder("faces", FaceColumns.analysis(0));
    return (embeddings ? builder : builder.withoutEmbeddings()).add(input).build();
  }

  /**
   * Returns the name.
   *
   * @return for headings
   */
  public String name() {
    return name;
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
   * Returns everything as a table of Tablesaw.
   *
   * @return a copy that the caller may change
   */
  public Table table() {
    return Table.create(
        name, columns.values().stream().map(Column::copy).toArray(Column<?>[]::new));
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
    if (!has(column)) {
      return OptionalDouble.empty();
    }
    NumericColumn<?> numbers = numeric(column);
    return numbers.isMissing(row)
        ? OptionalDouble.empty()
        : OptionalDouble.of(numbers.getDouble(row));
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
    required(column);
    NumericColumn<?> found = numeric(column);
    return IntStream.range(0, size())
        .mapToDouble(row -> found.isMissing(row) ? Double.NaN : found.getDouble(row))
        .toArray();
  }

  private Column<?> required(String column) {
    if (!has(column)) {
      throw new IllegalArgumentException(
          "the table has no column '%s'; it has %s".formatted(column, columns()));
    }
    return columns.get(column);
  }

  private NumericColumn<?> numeric(String column) {
    if (columns.get(column) instanceof NumericColumn<?> numbers) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "column '%s' holds %s; expected numbers".formatted(column, columns.get(column).type()));
  }

  /**
   * Returns where a face is.
   *
   * @param row 0 to {@code size() - 1}
   * @return box, score and landmarks; empty if one of their numbers is missing
   */
  public Optional<Detection> detection(int row) {
    OptionalDouble score = number(row, FaceColumns.SCORE);
    return score.isEmpty()
        ? Optional.empty()
        : box(row)
            .flatMap(
                box ->
                    landmarks(row).map(points -> new Detection(box, score.getAsDouble(), points)));
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
   * @return all outputs of the network, the embedding empty if there is none; empty if a
   *     probability, valence or arousal is missing
   */
  public Optional<Behaviour> behaviour(int row) {
    double[] expressions = row(row, Expression.ALL.stream().map(Expression::column));
    double[] units = row(row, ActionUnit.ALL.stream().map(ActionUnit::column));
    double[] affect = row(row, Stream.of(FaceColumns.VALENCE, FaceColumns.AROUSAL));
    if (!isComplete(expressions) || !isComplete(units) || !isComplete(affect)) {
      return Optional.empty();
    }
    double[] numbers = row(row, columns(FeatureGroup.EMBEDDING));
    float[] embedding = new float[isComplete(numbers) ? numbers.length : 0];
    IntStream.range(0, embedding.length).forEach(i -> embedding[i] = (float) numbers[i]);
    return Optional.of(
        new Behaviour(expressions, units, new ValenceArousal(affect[0], affect[1]), embedding));
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

  /**
   * Returns the probabilities of the action units.
   *
   * @return a new table: input, {@code au01 … au26}
   */
  public Table actionUnits() {
    return part(FeatureGroup.ACTION_UNITS::holds);
  }

  /**
   * Returns the expressions.
   *
   * @return a new table: input, expression, {@code p_neutral … p_surprise}
   */
  public Table expressions() {
    return part(c -> c.equals(FaceColumns.EXPRESSION) || FeatureGroup.EXPRESSIONS.holds(c));
  }

  /**
   * Returns valence and arousal.
   *
   * @return a new table: input, valence, arousal
   */
  public Table valenceArousal() {
    return part(FeatureGroup.VALENCE_AROUSAL::holds);
  }

  /**
   * Returns where the faces are.
   *
   * @return a new table: input, score, box in pixels of the file
   */
  public Table boxes() {
    List<String> names = FaceColumns.BOX.stream().map(FaceColumn::name).toList();
    return part(c -> c.equals(FaceColumns.SCORE) || names.contains(c));
  }

  /**
   * Returns the embeddings.
   *
   * @return a new table: input, {@code e000 …}
   */
  public Table embeddings() {
    return part(FeatureGroup.EMBEDDING::holds);
  }

  private Table part(Predicate<String> wanted) {
    return selectColumns(wanted).table();
  }

  /**
   * Keeps the names of the faces and some columns.
   *
   * @param wanted tells by its name whether a column stays; input, frame and face_id do
   * @return all rows
   */
  public FaceTable selectColumns(Predicate<String> wanted) {
    Set<String> names = Set.of(FaceColumns.INPUT, FaceColumns.FRAME, FaceColumns.FACE);
    // Columns are never changed, so that two tables may share them.
    return new FaceTable(
        name,
        columns.values().stream()
            .filter(c -> wanted.test(c.name()) || isNaming(names, c))
            .collect(Collectors.toList()));
  }

  /** Frame and face are left out where no row has one. */
  private static boolean isNaming(Set<String> names, Column<?> column) {
    return names.contains(column.name()) && column.countMissing() < column.size();
  }

  /**
   * Keeps the names of the faces and the columns of some groups.
   *
   * @param groups at least one, in any order
   * @return all rows, columns in the order of this table
   * @throws IllegalArgumentException if a group has no column here
   */
  public FaceTable select(FeatureGroup... groups) {
    requireAll(groups);
    return selectColumns(c -> Arrays.stream(groups).anyMatch(g -> g.holds(c)));
  }

  private void requireAll(FeatureGroup... groups) {
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
   * Keeps some rows.
   *
   * @param rows numbers of rows
   * @return these rows in this order
   */
  public FaceTable rows(int... rows) {
    return new FaceTable(
        name, columns.values().stream().map(c -> c.subset(rows)).collect(Collectors.toList()));
  }

  /**
   * Keeps some rows.
   *
   * @param wanted tells by its number whether a row stays
   * @return these rows in order
   */
  public FaceTable filter(IntPredicate wanted) {
    return rows(IntStream.range(0, size()).filter(wanted).toArray());
  }

  /**
   * Keeps the rows that Tablesaw selects, such as {@code faces.where(t ->
   * t.stringColumn("split").isEqualTo("test"))}.
   *
   * @param selection gets this table, which it must not change
   * @return these rows in order
   */
  public FaceTable where(Function<Table, Selection> selection) {
    return rows(selection.apply(Table.create(name, columns.values())).toArray());
  }

  /**
   * Keeps the rows that hold a face.
   *
   * @return rows whose face_id is not missing
   */
  public FaceTable faces() {
    return filter(row -> number(row, FaceColumns.FACE).isPresent());
  }

  /**
   * Adds a column, or replaces it.
   *
   * @param column one value per row; copied
   * @return a new table
   */
  public FaceTable with(Column<?> column) {
    if (column.size() != size()) {
      throw new IllegalArgumentException(
          "column '%s' has %d values, expected one for each of %d rows"
              .formatted(column.name(), column.size(), size()));
    }
    Map<String, Column<?>> all = new LinkedHashMap<>(columns);
    all.put(column.name(), column.copy());
    return new FaceTable(name, all.values());
  }

  /**
   * Sets the rows of another table below these.
   *
   * @param other has the columns of this table
   * @return a new table
   */
  public FaceTable append(FaceTable other) {
    return of(table().append(other.table()));
  }

  /**
   * Names the inputs otherwise.
   *
   * @param name gives the new name of each
   * @return the same rows under their new names
   */
  public FaceTable renamed(UnaryOperator<String> name) {
    return with(
        StringColumn.create(
            FaceColumns.INPUT, texts(FaceColumns.INPUT).stream().map(name).toList()));
  }

  /**
   * Names the inputs by their place in a folder, as label files usually do.
   *
   * @param folder contains all inputs
   * @return the same rows, named such as {@code "anger/00.jpg"}, with {@code /} on every system
   * @throws IllegalArgumentException if an input lies elsewhere
   */
  public FaceTable relativeTo(Path folder) {
    Path base = folder.toAbsolutePath().normalize();
    return renamed(
        name -> {
          Path file = InputName.path(name).toAbsolutePath().normalize();
          if (!file.startsWith(base)) {
            throw new IllegalArgumentException("input '" + name + "' is not in " + folder);
          }
          return base.relativize(file).toString().replace('\\', '/');
        });
  }

  /**
   * Sets the columns of another table beside these, for the rows that {@link FaceNames} pairs.
   *
   * @param other rows of the same faces, in any order
   * @return this table with the columns of the other that it has not; missing where a row has no
   *     partner
   */
  public FaceTable join(FaceTable other) {
    List<OptionalInt> partners = FaceNames.of(other).find(this);
    List<Column<?>> joined = new ArrayList<>(columns.values());
    for (Column<?> column : other.columns.values()) {
      if (!has(column.name())) {
        Column<?> added = column.emptyCopy();
        for (OptionalInt partner : partners) {
          if (partner.isPresent()) {
            append(added, column, partner.getAsInt());
          } else {
            added.appendMissing();
          }
        }
        joined.add(added);
      }
    }
    return new FaceTable(name, joined);
  }

  @SuppressWarnings("unchecked")
  private static <T> void append(Column<T> to, Column<?> from, int row) {
    to.append((Column<T>) from, row);
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

  @Override
  public String toString() {
    return table().toString();
  }
}
