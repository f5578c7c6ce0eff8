package org.affect4j.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.affect4j.face.Face;
import org.affect4j.face.internal.Rendering;
import tech.tablesaw.api.DoubleColumn;
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
public final class FaceTable extends FaceValues {
  static {
    Rendering.begin();
  }

  private final String name;

  private FaceTable(String name, Collection<Column<?>> columns) {
    super(columns);
    this.name = name;
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
    return ofInputs(faces.isEmpty() ? List.of() : List.of(AnalyzedInput.ofPhoto("", faces)));
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
   * @param fileOrFolder a CSV file, a folder of those of one tool, or Parquet by affect4j where the
   *     module affect4j-parquet is there
   * @return its rows, those without a face included; named after the tool
   * @throws IOException if a file cannot be read, is by none of the three, or is damaged
   */
  public static FaceTable read(Path fileOrFolder) throws IOException {
    Optional<PartFormat> parts = PartFormat.of(fileOrFolder);
    return parts.isPresent()
        ? FaceParts.read(fileOrFolder, parts.get())
        : FaceFiles.read(fileOrFolder);
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
    FaceTableBuilder builder = new FaceTableBuilder("faces", FaceColumns.of(inputs));
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
    FaceTableBuilder builder = new FaceTableBuilder("faces", FaceColumns.of(List.of(input)));
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
   * Returns everything as a table of Tablesaw.
   *
   * @return a copy that the caller may change
   */
  public Table table() {
    return Table.create(
        name, columns.values().stream().map(Column::copy).toArray(Column<?>[]::new));
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
   * Sets the rows of other tables below these.
   *
   * @param others have the columns of this table
   * @return a new table
   */
  public FaceTable append(FaceTable... others) {
    Table all = table();
    for (FaceTable other : others) {
      all.append(other.table());
    }
    return owning(name, all.columns());
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

  @Override
  public String toString() {
    return table().toString();
  }
}
