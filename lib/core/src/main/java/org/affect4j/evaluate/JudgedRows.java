package org.affect4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.affect4j.compound.ZeroShotCompound;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.evaluate.Predictions.Reading;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.Behaviour;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.affect4j.face.ValenceArousal;
import org.affect4j.table.AnalyzedInput;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

/** Labels and predictions of the same rows as arrays; -1 and NaN stand for what is not there. */
final class JudgedRows {
  private static final String NOT_PREDICTED = "not_predicted";

  final int[] row;
  final String[] image;
  final String[] person;
  final String[] status;
  final boolean personsAreNamed;

  /** Expression as annotated; -1 for none and for those without an output of the network. */
  final int[] expression;

  final int[] readExpression;
  final double[][] probabilities;
  final double[][] units;
  final double[][] readUnits;
  final double[] valence;
  final double[] readValence;
  final double[] arousal;
  final double[] readArousal;
  final List<CompoundExpression> categories;
  final int[] compound;
  final int[] readCompound;

  /** Rows annotated as contempt or other. */
  final long foreignExpressions;

  /** Labels that are no category of the library. */
  final long foreignCompounds;

  private final Table table;

  private JudgedRows(
      AffectDataset dataset, Table rows, Predictions predictions, double activeFrom) {
    int n = rows.rowCount();
    table = rows;
    row = IntStream.range(0, n).map(rows.intColumn("row")::getInt).toArray();
    image = rows.stringColumn("image").asObjectArray();
    person = rows.stringColumn("subject").asObjectArray();
    personsAreNamed = n > 0 && rows.stringColumn("subject").countMissing() == 0;
    for (int i = 0; i < n; i++) {
      person[i] = person[i].isEmpty() ? "#" + row[i] : person[i];
    }
    List<Optional<Reading>> readings = predictions.match(dataset, rows);
    status =
        readings.stream()
            .map(r -> r.map(Reading::status).orElse(NOT_PREDICTED))
            .toArray(String[]::new);
    List<String> labels = rows.stringColumn("expression").asList();
    expression = labels.stream().mapToInt(JudgedRows::basic).toArray();
    foreignExpressions =
        IntStream.range(0, n).filter(i -> expression[i] < 0 && !labels.get(i).isEmpty()).count();
    readExpression =
        readings.stream().mapToInt(r -> r.map(Reading::expression).orElse(-1)).toArray();
    probabilities =
        readings.stream()
            .map(r -> r.map(Reading::probabilities).orElse(nothing(Expression.COUNT)))
            .toArray(double[][]::new);
    readUnits =
        readings.stream()
            .map(r -> r.map(Reading::units).orElse(nothing(ActionUnit.COUNT)))
            .toArray(double[][]::new);
    units = new double[n][];
    for (int i = 0; i < n; i++) {
      units[i] = unitLabels(rows, i, readUnits[i], activeFrom);
    }
    readValence = values(readings, Reading::valence);
    readArousal = values(readings, Reading::arousal);
    valence = where(readValence, rows.doubleColumn("valence").asDoubleArray());
    arousal = where(readArousal, rows.doubleColumn("arousal").asDoubleArray());
    List<String> pairs = rows.stringColumn("compound").asList();
    categories =
        Arrays.stream(CompoundExpression.values()).filter(c -> pairs.contains(c.label())).toList();
    compound = pairs.stream().mapToInt(p -> labels(categories).indexOf(p)).toArray();
    foreignCompounds =
        IntStream.range(0, n).filter(i -> compound[i] < 0 && !pairs.get(i).isEmpty()).count();
    readCompound = compounds(readings);
  }

  static JudgedRows of(
      AffectDataset dataset, Table rows, Predictions predictions, double activeFrom) {
    return new JudgedRows(dataset, rows, predictions, activeFrom);
  }

  /** Photos of the rows without a prediction. */
  List<String> notPredicted() {
    return IntStream.range(0, size())
        .filter(i -> status[i].equals(NOT_PREDICTED))
        .mapToObj(i -> image[i])
        .toList();
  }

  private static List<String> labels(List<CompoundExpression> categories) {
    return categories.stream().map(CompoundExpression::label).toList();
  }

  private static int basic(String label) {
    return label.isEmpty()
        ? -1
        : AnnotatedExpression.ofLabel(label).basic().map(Expression::ordinal).orElse(-1);
  }

  private static double[] nothing(int count) {
    double[] values = new double[count];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  private interface Value {
    double of(Reading reading);
  }

  private static double[] values(List<Optional<Reading>> readings, Value value) {
    return readings.stream().mapToDouble(r -> r.map(value::of).orElse(Double.NaN)).toArray();
  }

  /** Labels of those rows that have a prediction. */
  private static double[] where(double[] read, double[] labels) {
    return IntStream.range(0, read.length)
        .mapToDouble(i -> Double.isNaN(read[i]) ? Double.NaN : labels[i])
        .toArray();
  }

  private static double[] unitLabels(Table rows, int i, double[] read, double activeFrom) {
    return ActionUnit.ALL.stream()
        .mapToDouble(
            unit -> {
              double label = rows.doubleColumn(unit.column()).getDouble(i);
              boolean both = !Double.isNaN(label) && !Double.isNaN(read[unit.ordinal()]);
              return both ? label >= activeFrom ? 1 : 0 : Double.NaN;
            })
        .toArray();
  }

  /** The zero-shot rule's choice among the categories that occur, where all it needs was read. */
  private int[] compounds(List<Optional<Reading>> readings) {
    int[] read = new int[readings.size()];
    Arrays.fill(read, -1);
    if (categories.isEmpty()) {
      return read;
    }
    ZeroShotCompound rule = ZeroShotCompound.of(categories, Relatedness.du());
    for (int i = 0; i < read.length; i++) {
      if (compound[i] >= 0 && isComplete(i)) {
        Behaviour behaviour =
            new Behaviour(
                probabilities[i],
                readUnits[i],
                new ValenceArousal(readValence[i], readArousal[i]),
                new float[0]);
        read[i] = categories.indexOf(rule.predict(behaviour));
      }
    }
    return read;
  }

  private boolean isComplete(int i) {
    return !Double.isNaN(readValence[i])
        && !Double.isNaN(readArousal[i])
        && Arrays.stream(probabilities[i]).noneMatch(Double::isNaN)
        && Arrays.stream(readUnits[i]).noneMatch(Double::isNaN);
  }

  int size() {
    return row.length;
  }

  int[] all(IntPredicate wanted) {
    return IntStream.range(0, size()).filter(wanted).toArray();
  }

  /** How many rows ended with each status. */
  Map<String, Long> coverage(int[] indices) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (AnalyzedInput.Status known : AnalyzedInput.Status.values()) {
      counts.put(known.label(), 0L);
    }
    counts.put(NOT_PREDICTED, 0L);
    for (int i : indices) {
      counts.merge(status[i], 1L, Long::sum);
    }
    return counts;
  }

  boolean hasColumn(String attribute) {
    return table.containsColumn(attribute);
  }

  /** Group of each of some samples by a column; the empty string where it is missing. */
  List<String> groups(String attribute, int[] indices) {
    List<String> groups = new ArrayList<>();
    boolean numbers = table.column(attribute).type() != ColumnType.STRING;
    for (int i : indices) {
      String text = table.column(attribute).isMissing(i) ? "" : table.getString(i, attribute);
      groups.add(numbers && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text);
    }
    return groups;
  }

  List<String> persons(int[] indices) {
    return Arrays.stream(indices).mapToObj(i -> person[i]).toList();
  }

  /** Rows by official split, for the record. */
  Map<String, Long> splits() {
    Map<String, Long> counts = new TreeMap<>();
    table.stringColumn("split").forEach(s -> counts.merge(s, 1L, Long::sum));
    return counts;
  }

  int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  double[][] pick(double[][] values, int[] indices) {
    return Arrays.stream(indices).mapToObj(i -> values[i]).toArray(double[][]::new);
  }
}
