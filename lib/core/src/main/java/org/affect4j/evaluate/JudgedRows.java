package org.affect4j.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.compound.ZeroShotCompound;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/** Rows of labels beside the rows of predictions that belong to them. */
final class JudgedRows {
  private static final String NOT_PREDICTED = "not_predicted";

  final int[] row;
  final List<String> input;
  final boolean personsAreNamed;

  /** Ordinals of the expressions; labels that the network has no output for are empty. */
  final List<OptionalInt> expression;

  final List<OptionalInt> readExpression;

  /** Labels of those rows that have a prediction. */
  final List<OptionalDouble> valence;

  final List<OptionalDouble> readValence;
  final List<OptionalDouble> arousal;
  final List<OptionalDouble> readArousal;

  /** As the metrics take them: NaN where there is none. */
  final double[][] probabilities;

  /** 0 or 1 as the metrics take them: NaN where label or prediction is missing. */
  final double[][] units;

  final double[][] readUnits;
  final List<CompoundExpression> categories;

  /** Indices among the categories. */
  final List<OptionalInt> compound;

  final List<OptionalInt> readCompound;

  /** Rows annotated as contempt or other. */
  final long foreignExpressions;

  /** Labels that are no category of the library. */
  final long foreignCompounds;

  private final FaceTable labels;
  private final FaceTable read;
  private final List<OptionalInt> partners;
  private final List<String> person;
  private final List<String> status;

  /**
   * Sets predictions beside labels.
   *
   * @param labels rows of a dataset
   * @param matches for each row of the whole dataset its row of the predictions
   * @param relatedness weights of the zero-shot rule
   */
  JudgedRows(
      FaceTable labels,
      Predictions predictions,
      List<OptionalInt> matches,
      Relatedness relatedness) {
    this.labels = labels;
    this.read = predictions.table();
    row = labels.rowNumbers();
    partners = Arrays.stream(row).mapToObj(matches::get).toList();
    input = labels.texts(FaceColumns.INPUT);
    List<String> subjects = labels.texts(FaceColumns.SUBJECT);
    personsAreNamed = size() > 0 && !subjects.contains("");
    person = each(i -> subjects.get(i).isEmpty() ? "#" + row[i] : subjects.get(i));
    status =
        each(
            i ->
                partners.get(i).stream()
                    .mapToObj(predictions::status)
                    .findFirst()
                    .orElse(NOT_PREDICTED));
    List<String> annotated = labels.texts(FaceColumns.EXPRESSION);
    List<String> expressions = Expression.ALL.stream().map(Expression::label).toList();
    expression = each(i -> ordinal(annotated.get(i)));
    foreignExpressions = foreign(annotated, expression);
    readExpression = each(i -> index(expressions, predicted(i, FaceColumns.EXPRESSION)));
    probabilities = predicted(Expression.ALL.stream().map(Expression::column));
    readUnits = predicted(ActionUnit.ALL.stream().map(ActionUnit::column));
    units = unitLabels();
    readValence = each(i -> predictedNumber(i, FaceColumns.VALENCE));
    readArousal = each(i -> predictedNumber(i, FaceColumns.AROUSAL));
    valence = each(i -> labelOf(i, FaceColumns.VALENCE, readValence));
    arousal = each(i -> labelOf(i, FaceColumns.AROUSAL, readArousal));
    List<String> pairs = labels.texts(FaceColumns.COMPOUND);
    categories =
        Arrays.stream(CompoundExpression.values()).filter(c -> pairs.contains(c.label())).toList();
    List<String> names = categories.stream().map(CompoundExpression::label).toList();
    compound = each(i -> index(names, pairs.get(i)));
    foreignCompounds = foreign(pairs, compound);
    readCompound = compounds(relatedness);
  }

  private <T> List<T> each(IntFunction<T> value) {
    return IntStream.range(0, size()).mapToObj(value).toList();
  }

  private static OptionalInt index(List<String> names, String name) {
    int index = names.indexOf(name);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private static OptionalInt ordinal(String label) {
    return label.isEmpty()
        ? OptionalInt.empty()
        : AnnotatedExpression.ofLabel(label).basic().stream()
            .mapToInt(Expression::ordinal)
            .findFirst();
  }

  private static long foreign(List<String> texts, List<OptionalInt> known) {
    return IntStream.range(0, texts.size())
        .filter(i -> known.get(i).isEmpty() && !texts.get(i).isEmpty())
        .count();
  }

  private String predicted(int i, String column) {
    OptionalInt partner = partners.get(i);
    return partner.isEmpty() ? "" : read.text(partner.getAsInt(), column).orElse("");
  }

  private OptionalDouble predictedNumber(int i, String column) {
    OptionalInt partner = partners.get(i);
    return partner.isEmpty() ? OptionalDouble.empty() : read.number(partner.getAsInt(), column);
  }

  private double[][] predicted(Stream<String> columns) {
    List<String> names = columns.toList();
    return each(i ->
            names.stream()
                .mapToDouble(name -> predictedNumber(i, name).orElse(Double.NaN))
                .toArray())
        .toArray(double[][]::new);
  }

  private OptionalDouble labelOf(int i, String column, List<OptionalDouble> predictions) {
    return predictions.get(i).isEmpty() ? OptionalDouble.empty() : labels.number(i, column);
  }

  private double[][] unitLabels() {
    double[][] active = new double[size()][ActionUnit.COUNT];
    for (ActionUnit unit : ActionUnit.ALL) {
      int u = unit.ordinal();
      double[] label = labels.numbers(unit.column());
      for (int i = 0; i < label.length; i++) {
        boolean both = !Double.isNaN(label[i]) && !Double.isNaN(readUnits[i][u]);
        active[i][u] = both ? label[i] >= EvaluationOptions.ACTIVE_FROM ? 1 : 0 : Double.NaN;
      }
    }
    return active;
  }

  /** The zero-shot rule's choice among the categories that occur, where all it needs was read. */
  private List<OptionalInt> compounds(Relatedness relatedness) {
    if (categories.isEmpty()) {
      return each(i -> OptionalInt.empty());
    }
    ZeroShotCompound rule = ZeroShotCompound.of(categories, relatedness);
    return each(
        i ->
            compound.get(i).isEmpty()
                ? OptionalInt.empty()
                : partners.get(i).stream()
                    .mapToObj(read::behaviour)
                    .flatMap(behaviour -> behaviour.stream())
                    .mapToInt(behaviour -> categories.indexOf(rule.predict(behaviour)))
                    .findFirst());
  }

  int size() {
    return row.length;
  }

  /** Photos of the rows without a prediction. */
  List<String> notPredicted() {
    return IntStream.range(0, size())
        .filter(i -> partners.get(i).isEmpty())
        .mapToObj(input::get)
        .toList();
  }

  int[] all(IntPredicate wanted) {
    return IntStream.range(0, size()).filter(wanted).toArray();
  }

  boolean hasUnits(int i) {
    return Arrays.stream(units[i]).anyMatch(label -> !Double.isNaN(label));
  }

  /** How many rows ended with each status. */
  Map<String, Long> coverage(int[] indices) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (AnalyzedInput.Status known : AnalyzedInput.Status.values()) {
      counts.put(known.label(), 0L);
    }
    counts.put(NOT_PREDICTED, 0L);
    for (int i : indices) {
      counts.merge(status.get(i), 1L, Long::sum);
    }
    return counts;
  }

  boolean hasColumn(String attribute) {
    return labels.has(attribute);
  }

  /** Group of each of some samples by a column; the empty string where it is missing. */
  List<String> groups(String attribute, int[] indices) {
    List<String> texts = labels.texts(attribute);
    return Arrays.stream(indices).mapToObj(texts::get).toList();
  }

  List<String> persons(int[] indices) {
    return Arrays.stream(indices).mapToObj(person::get).toList();
  }

  /** Rows by official split, for the record. */
  Map<String, Long> splits() {
    Map<String, Long> counts = new TreeMap<>();
    labels.texts(FaceColumns.SPLIT).forEach(s -> counts.merge(s, 1L, Long::sum));
    return counts;
  }

  int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  int[] pickInts(List<OptionalInt> values, int[] indices) {
    return Arrays.stream(indices).map(i -> values.get(i).orElseThrow()).toArray();
  }

  double[] pick(List<OptionalDouble> values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values.get(i).orElseThrow()).toArray();
  }

  double[][] pick(double[][] values, int[] indices) {
    return Arrays.stream(indices).mapToObj(i -> values[i]).toArray(double[][]::new);
  }
}
