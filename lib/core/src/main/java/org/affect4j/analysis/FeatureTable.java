package org.affect4j.analysis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.Behaviour;
import org.affect4j.face.Expression;
import org.affect4j.face.ValenceArousal;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.AnalyzedInput.Status;
import org.affect4j.table.FeatureGroup;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * One row of numbers per face, to learn from. Immutable.
 *
 * <p>Each input has one face and stands in the table once; inputs without a face, or with a number
 * missing, are left out and listed in {@link #leftOut()}. Columns are those of {@link
 * BehaviourTable} and {@link HogFeatures}, or of the caller's own; {@link #select} takes any
 * concatenation of them.
 */
public final class FeatureTable {
  private final List<String> inputs;
  private final List<String> columns;
  private final double[][] values;
  private final List<LeftOut> leftOut;

  /**
   * An input that is not in the table.
   *
   * @param input its name
   * @param reason why
   */
  public record LeftOut(String input, String reason) {}

  private FeatureTable(
      List<String> inputs, List<String> columns, double[][] values, List<LeftOut> leftOut) {
    this.inputs = List.copyOf(inputs);
    this.columns = List.copyOf(columns);
    this.values = values;
    this.leftOut = List.copyOf(leftOut);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a feature table needs at least one column of numbers");
    }
    String column = firstRepeated(this.columns);
    if (!column.isEmpty()) {
      throw new IllegalArgumentException("column '" + column + "' occurs more than once");
    }
    String input = firstRepeated(this.inputs);
    if (!input.isEmpty()) {
      throw new IllegalArgumentException(
          "input '%s' occurs in %d rows, but features need one face per input: analyse crops, or keep one row of each"
              .formatted(input, this.inputs.stream().filter(input::equals).count()));
    }
  }

  private static String firstRepeated(List<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().filter(n -> !seen.add(n)).findFirst().orElse("");
  }

  /** Leaves out the rows that lack a number. */
  private static FeatureTable complete(
      List<String> inputs, List<String> columns, double[][] rows, List<LeftOut> before) {
    List<String> names = new ArrayList<>();
    List<double[]> kept = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>(before);
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      int gap =
          IntStream.range(0, row.length)
              .filter(c -> !Double.isFinite(row[c]))
              .findFirst()
              .orElse(-1);
      if (gap >= 0) {
        leftOut.add(new LeftOut(inputs.get(i), "no number in column " + columns.get(gap)));
      } else {
        names.add(inputs.get(i));
        kept.add(row);
      }
    }
    return new FeatureTable(names, columns, kept.toArray(double[][]::new), leftOut);
  }

  /**
   * Makes a table of any numbers.
   *
   * @param inputs name of each face, all different
   * @param columns name of each number, all different
   * @param values one row per input with one number per column; rows with a NaN or an infinite
   *     number are left out
   * @return the table
   * @throws IllegalArgumentException if names repeat, or the sizes do not fit
   */
  public static FeatureTable of(List<String> inputs, List<String> columns, double[][] values) {
    if (values.length != inputs.size()
        || Arrays.stream(values).anyMatch(row -> row.length != columns.size())) {
      throw new IllegalArgumentException(
          "%d inputs and %d columns need as many rows of as many numbers"
              .formatted(inputs.size(), columns.size()));
    }
    double[][] copy = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    return complete(inputs, columns, copy, List.of());
  }

  /**
   * Makes a table of the embedding, expressions, action units, valence and arousal of analysed
   * faces.
   *
   * @param analyzed what became of each input; those without a face are left out
   * @return the table
   * @throws IllegalArgumentException if an input has more than one face or there is no face at all
   */
  public static FeatureTable of(List<AnalyzedInput> analyzed) {
    List<String> inputs = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (AnalyzedInput input : analyzed) {
      if (input.faces().isEmpty()) {
        leftOut.add(
            new LeftOut(input.input(), (input.status().label() + " " + input.reason()).strip()));
      }
      for (var face : input.faces()) {
        Behaviour b = face.behaviour();
        inputs.add(input.input());
        rows.add(row(b));
        if (columns.isEmpty()) {
          columns.addAll(columns(b.embedding().length));
        }
      }
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "none of %d inputs has a face: there are no features".formatted(analyzed.size()));
    }
    return complete(inputs, columns, rows.toArray(double[][]::new), leftOut);
  }

  private static List<String> columns(int embeddingLength) {
    List<String> names = new ArrayList<>();
    IntStream.range(0, embeddingLength)
        .forEach(i -> names.add(String.format(Locale.ROOT, "e%03d", i)));
    Expression.ALL.forEach(e -> names.add(e.column()));
    ActionUnit.ALL.forEach(u -> names.add(u.column()));
    names.addAll(List.of("valence", "arousal"));
    return names;
  }

  private static double[] row(Behaviour b) {
    float[] embedding = b.embedding();
    return Stream.of(
            IntStream.range(0, embedding.length).mapToDouble(i -> embedding[i]).toArray(),
            b.expressionProbabilities(),
            b.actionUnitProbabilities(),
            new double[] {b.valenceArousal().valence(), b.valenceArousal().arousal()})
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  /**
   * Reads the features of a CSV file, such as {@code affect4j analyze --crops --embeddings} or
   * {@link HogFeatures} writes: the column {@code input} names the faces, columns of a {@link
   * FeatureGroup} are the numbers, others are ignored. Rows with a {@code status} but without a
   * face are left out.
   *
   * @param csv the file
   * @return the table
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it has no column {@code input} or no features, or an input
   *     has more than one face
   */
  public static FeatureTable read(Path csv) throws IOException {
    List<String> names = Csv.header(csv);
    if (!names.contains("input") || names.stream().noneMatch(FeatureTable::isFeature)) {
      throw new IllegalArgumentException(
          csv
              + " holds no features: expected a column 'input' and columns such as e000 (affect4j"
              + " analyze --embeddings), au01 or hog0000");
    }
    return of(
        Csv.table(csv, "features", n -> isFeature(n) ? ColumnType.DOUBLE : ColumnType.STRING));
  }

  private static boolean isFeature(String column) {
    return Arrays.stream(FeatureGroup.values()).anyMatch(g -> g.holds(column));
  }

  /**
   * Takes the features out of a table, as {@link #read} does out of a file.
   *
   * @param table has a text column {@code input} and number columns of a {@link FeatureGroup}
   * @return the table
   * @throws IllegalArgumentException if there are no features, or an input has more than one face
   */
  public static FeatureTable of(Table table) {
    List<String> columns = table.columnNames().stream().filter(FeatureTable::isFeature).toList();
    List<NumericColumn<?>> numbers = new ArrayList<>();
    columns.forEach(c -> numbers.add(table.numberColumn(c)));
    List<String> inputs = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    Set<String> faces = Set.of(Status.OK.label(), Status.WHOLE_CROP.label());
    for (int row = 0; row < table.rowCount(); row++) {
      String input = table.stringColumn("input").get(row);
      if (table.containsColumn("status")
          && !faces.contains(table.stringColumn("status").get(row))) {
        leftOut.add(new LeftOut(input, table.stringColumn("status").get(row)));
      } else {
        double[] values = new double[columns.size()];
        for (int c = 0; c < values.length; c++) {
          values[c] = numbers.get(c).getDouble(row);
        }
        inputs.add(input);
        rows.add(values);
      }
    }
    return complete(inputs, columns, rows.toArray(double[][]::new), leftOut);
  }

  /**
   * Returns the names of the faces.
   *
   * @return unmodifiable list in the order of the rows
   */
  public List<String> inputs() {
    return inputs;
  }

  /**
   * Returns the names of the numbers.
   *
   * @return unmodifiable list
   */
  public List<String> columns() {
    return columns;
  }

  /**
   * Returns how many faces there are.
   *
   * @return rows
   */
  public int rowCount() {
    return values.length;
  }

  /**
   * Returns the numbers of one face.
   *
   * @param row 0 to {@code rowCount() - 1}
   * @return a copy, one number per column
   */
  public double[] row(int row) {
    return values[row].clone();
  }

  /**
   * Returns the inputs that are not in the table, and why.
   *
   * @return unmodifiable list
   */
  public List<LeftOut> leftOut() {
    return leftOut;
  }

  /**
   * Keeps the columns of some groups.
   *
   * @param groups at least one, in any order
   * @return the columns of all of these groups, in the order of this table
   * @throws IllegalArgumentException if a group has no column here
   */
  public FeatureTable select(FeatureGroup... groups) {
    for (FeatureGroup group : groups) {
      if (columns.stream().noneMatch(group::holds)) {
        throw new IllegalArgumentException(
            "these features hold no %s; there are %s"
                .formatted(
                    group.label(),
                    Arrays.stream(FeatureGroup.values())
                        .filter(g -> columns.stream().anyMatch(g::holds))
                        .map(FeatureGroup::label)
                        .toList()));
      }
    }
    return selectColumns(c -> Arrays.stream(groups).anyMatch(g -> g.holds(c)));
  }

  /**
   * Keeps some columns.
   *
   * @param wanted tells by its name whether a column stays
   * @return the columns wanted, in the order of this table
   * @throws IllegalArgumentException if none is wanted
   */
  public FeatureTable selectColumns(Predicate<String> wanted) {
    int[] kept =
        IntStream.range(0, columns.size()).filter(c -> wanted.test(columns.get(c))).toArray();
    double[][] rows =
        Arrays.stream(values)
            .map(row -> Arrays.stream(kept).mapToDouble(c -> row[c]).toArray())
            .toArray(double[][]::new);
    return new FeatureTable(
        inputs, Arrays.stream(kept).mapToObj(columns::get).toList(), rows, leftOut);
  }

  /**
   * Keeps some rows.
   *
   * @param rows numbers of rows, each at most once
   * @return these rows in this order
   */
  public FeatureTable selectRows(int... rows) {
    return new FeatureTable(
        Arrays.stream(rows).mapToObj(inputs::get).toList(),
        columns,
        Arrays.stream(rows).mapToObj(r -> values[r]).toArray(double[][]::new),
        leftOut);
  }

  /**
   * Sets the numbers of another table beside these, by the names of the inputs.
   *
   * @param other features of the same inputs, in any order, with other columns
   * @return the inputs that are in both tables; the others are left out and listed
   * @throws IllegalArgumentException if no input is in both
   */
  public FeatureTable join(FeatureTable other) {
    Map<String, double[]> theirs = new HashMap<>();
    for (int i = 0; i < other.values.length; i++) {
      theirs.put(other.inputs.get(i), other.values[i]);
    }
    List<String> names = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<LeftOut> gone = new ArrayList<>(leftOut);
    gone.addAll(other.leftOut);
    for (int i = 0; i < values.length; i++) {
      double[] more = theirs.remove(inputs.get(i));
      if (more == null) {
        gone.add(new LeftOut(inputs.get(i), "not in the second of the tables that were joined"));
      } else {
        names.add(inputs.get(i));
        rows.add(Stream.of(values[i], more).flatMapToDouble(Arrays::stream).toArray());
      }
    }
    other.inputs.stream()
        .filter(theirs::containsKey)
        .forEach(n -> gone.add(new LeftOut(n, "not in the first of the tables that were joined")));
    if (names.isEmpty() && rowCount() > 0) {
      throw new IllegalArgumentException(
          "the tables have no face in common: the first names faces such as '%s' (%d), the second such as '%s' (%d)"
              .formatted(
                  inputs.get(0),
                  rowCount(),
                  other.inputs.stream().findFirst().orElse(""),
                  other.rowCount()));
    }
    List<String> all = new ArrayList<>(columns);
    all.addAll(other.columns);
    return new FeatureTable(names, all, rows.toArray(double[][]::new), gone);
  }

  /**
   * Names the inputs by their place in a folder, as label files usually do.
   *
   * @param folder contains all inputs
   * @return the same faces, named such as {@code "anger/00.jpg"}, with {@code /} on every system
   * @throws IllegalArgumentException if an input lies elsewhere
   */
  public FeatureTable relativeTo(Path folder) {
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
   * Names the inputs otherwise.
   *
   * @param name gives the new name of each
   * @return the same faces, and the same inputs left out, under their new names
   * @throws IllegalArgumentException if two inputs get the same name
   */
  public FeatureTable renamed(UnaryOperator<String> name) {
    return new FeatureTable(
        inputs.stream().map(name).toList(),
        columns,
        values,
        leftOut.stream().map(l -> new LeftOut(name.apply(l.input()), l.reason())).toList());
  }

  /**
   * Puts the network's outputs together again, for rules such as zero-shot recognition.
   *
   * @return one value per row; the embedding is empty if the table holds none
   * @throws IllegalArgumentException if expressions, action units, valence or arousal are not here
   */
  public List<Behaviour> behaviours() {
    FeatureTable expressions = select(FeatureGroup.EXPRESSIONS);
    FeatureTable units = select(FeatureGroup.ACTION_UNITS);
    FeatureTable affect = select(FeatureGroup.VALENCE_AROUSAL);
    int[] embedding =
        IntStream.range(0, columns.size())
            .filter(c -> FeatureGroup.EMBEDDING.holds(columns.get(c)))
            .toArray();
    return IntStream.range(0, values.length)
        .mapToObj(
            row -> {
              float[] e = new float[embedding.length];
              for (int i = 0; i < e.length; i++) {
                e[i] = (float) values[row][embedding[i]];
              }
              double[] va = affect.values[row];
              return new Behaviour(
                  expressions.values[row], units.values[row], new ValenceArousal(va[0], va[1]), e);
            })
        .toList();
  }

  /**
   * Returns a fingerprint of names and numbers, for the record of an experiment.
   *
   * @return SHA-256 in lower-case hexadecimal
   */
  public String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.join("\n", columns).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < values.length; i++) {
        digest.update(("\n" + inputs.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * columns.size());
        Arrays.stream(values[i]).forEach(bytes::putDouble);
        digest.update(bytes.array());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Returns the features as a table.
   *
   * @return a new table: {@code input}, then one column per feature
   */
  public Table table() {
    Table table = Table.create("features", StringColumn.create("input", inputs));
    for (int c = 0; c < columns.size(); c++) {
      int column = c;
      table.addColumns(
          DoubleColumn.create(
              columns.get(c), Arrays.stream(values).mapToDouble(r -> r[column]).toArray()));
    }
    return table;
  }

  @Override
  public String toString() {
    return "%d faces, %d features%s"
        .formatted(
            rowCount(),
            columns.size(),
            leftOut.isEmpty() ? "" : ", " + leftOut.size() + " inputs left out");
  }
}
