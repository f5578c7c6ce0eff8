package org.affect4j.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.compound.ZeroShotCompound;
import org.affect4j.dataset.FerPlus;
import org.affect4j.dataset.internal.ClipEnds;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.BehaviourVocabulary;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Expression;
import org.affect4j.face.Relatedness;
import org.affect4j.table.AnalyzedInput;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;

/** Rows of labels beside the rows of predictions that belong to them. */
final class JudgedRows {
  static final List<String> AFFECT = List.of(FaceColumns.VALENCE, FaceColumns.AROUSAL);
  private static final String NOT_PREDICTED = "not_predicted";

  /** No class, no row. */
  private static final int NONE = -1;

  final int[] row;
  final List<String> input;
  final boolean personsAreNamed;

  /** What intervals draw whole: persons, clips or single rows. */
  final String drawn;

  /** Ordinals of the expressions; labels that the network has no output for are negative. */
  final int[] expression;

  final int[] readExpression;

  /** Valence and arousal of those rows that have a prediction, NaN for the others. */
  final double[][] affect;

  final double[][] readAffect;

  /** As the metrics take them: NaN where there is none. */
  final double[][] probabilities;

  /** 0 or 1 as the metrics take them: NaN where label or prediction is missing. */
  final double[][] units;

  final double[][] readUnits;
  final List<CompoundExpression> categories;

  /** Indices among the categories, negative where there is none. */
  final int[] compound;

  final int[] readCompound;

  /** Rows annotated as contempt or other. */
  final long foreignExpressions;

  /** Labels that are no category of the library. */
  final long foreignCompounds;

  private final FaceTable labels;
  private final FaceTable read;
  private final int[] partner;
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
    partner = ints(i -> matches.get(row[i]).orElse(NONE));
    input = labels.texts(FaceColumns.INPUT);
    List<String> subjects = labels.texts(FaceColumns.SUBJECT);
    List<String> clips = each(i -> clip(i));
    person =
        each(
            i ->
                !subjects.get(i).isEmpty()
                    ? subjects.get(i)
                    : clips.get(i).isEmpty() ? "#" + row[i] : clips.get(i));
    personsAreNamed =
        size() > 0
            && IntStream.range(0, size())
                .noneMatch(i -> subjects.get(i).isEmpty() && clips.get(i).isEmpty());
    drawn = !personsAreNamed ? "rows" : subjects.contains("") ? "clips" : "persons";
    status = each(i -> partner[i] == NONE ? NOT_PREDICTED : predictions.status(partner[i]));
    List<String> annotated = labels.texts(FaceColumns.EXPRESSION);
    List<String> expressions = Expression.ALL.stream().map(Expression::label).toList();
    expression = ints(i -> ordinal(annotated.get(i)));
    foreignExpressions = foreign(annotated, expression);
    probabilities = numbers(Expression.ALL.stream().map(Expression::column));
    readExpression =
        ints(i -> basic(predicted(i, FaceColumns.EXPRESSION), expressions, probabilities[i]));
    readUnits = numbers(ActionUnit.ALL.stream().map(ActionUnit::column));
    units = unitLabels();
    readAffect = numbers(AFFECT.stream());
    affect = affectLabels();
    List<String> pairs = labels.texts(FaceColumns.COMPOUND);
    categories =
        Arrays.stream(CompoundExpression.values()).filter(c -> pairs.contains(c.label())).toList();
    List<String> names = categories.stream().map(CompoundExpression::label).toList();
    compound = ints(i -> names.indexOf(pairs.get(i)));
    foreignCompounds = foreign(pairs, compound);
    readCompound = compounds(relatedness);
  }

  /** The clip of a frame; empty for photos. */
  private String clip(int i) {
    return labels.has(FaceColumns.FRAME) && labels.number(i, FaceColumns.FRAME).isPresent()
        ? ClipEnds.clip(input.get(i))
        : "";
  }

  private <T> List<T> each(IntFunction<T> value) {
    return IntStream.range(0, size()).mapToObj(value).toList();
  }

  private int[] ints(IntUnaryOperator value) {
    return IntStream.range(0, size()).map(value).toArray();
  }

  private static int ordinal(String label) {
    return label.isEmpty()
        ? NONE
        : AnnotatedExpression.ofLabel(label).basic().map(Expression::ordinal).orElse(NONE);
  }

  /** Of the seven the most probable one, where a network finds one of its others more probable. */
  private static int basic(String predicted, List<String> expressions, double[] probabilities) {
    int index = expressions.indexOf(predicted);
    if (index < 0 && !predicted.isEmpty() && !Double.isNaN(probabilities[0])) {
      for (int e = 0; e < probabilities.length; e++) {
        index = index < 0 || probabilities[e] > probabilities[index] ? e : index;
      }
    }
    return index;
  }

  private static long foreign(List<String> texts, int[] known) {
    return IntStream.range(0, known.length)
        .filter(i -> known[i] < 0 && !texts.get(i).isEmpty())
        .count();
  }

  private String predicted(int i, String column) {
    return partner[i] == NONE ? "" : read.text(partner[i], column).orElse("");
  }

  private double number(int i, String column) {
    return partner[i] == NONE ? Double.NaN : read.number(partner[i], column).orElse(Double.NaN);
  }

  private double[][] numbers(Stream<String> columns) {
    List<String> names = columns.toList();
    return each(i -> names.stream().mapToDouble(name -> number(i, name)).toArray())
        .toArray(double[][]::new);
  }

  private double[][] affectLabels() {
    double[][] rated = labels.values(AFFECT);
    for (int i = 0; i < rated.length; i++) {
      for (int d = 0; d < AFFECT.size(); d++) {
        rated[i][d] = Double.isNaN(readAffect[i][d]) ? Double.NaN : rated[i][d];
      }
    }
    return rated;
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
  private int[] compounds(Relatedness relatedness) {
    if (categories.isEmpty()) {
      return ints(i -> NONE);
    }
    ZeroShotCompound rule = ZeroShotCompound.of(categories, relatedness);
    return ints(
        i ->
            compound[i] < 0 || partner[i] == NONE
                ? NONE
                : read.behaviour(partner[i])
                    .filter(b -> b.vocabulary().covers(BehaviourVocabulary.standard()))
                    .map(behaviour -> categories.indexOf(rule.predict(behaviour)))
                    .orElse(NONE));
  }

  int size() {
    return row.length;
  }

  /** Photos of the rows without a prediction. */
  List<String> notPredicted() {
    return IntStream.range(0, size()).filter(i -> partner[i] == NONE).mapToObj(input::get).toList();
  }

  int[] all(IntPredicate wanted) {
    return IntStream.range(0, size()).filter(wanted).toArray();
  }

  /** Whether an expression is annotated and predicted. */
  boolean hasExpression(int i) {
    return expression[i] >= 0 && readExpression[i] >= 0;
  }

  boolean hasCompound(int i) {
    return compound[i] >= 0 && readCompound[i] >= 0;
  }

  /** Whether valence and arousal are annotated and predicted. */
  boolean hasAffect(int i) {
    return Arrays.stream(affect[i]).noneMatch(Double::isNaN);
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

  /** Part of the raters' votes that each expression has, where raters voted. */
  Optional<double[]> votes(int i) {
    return FerPlus.shares(labels, i);
  }

  /** How well one rater of an image does. */
  OptionalDouble raterAccuracy(int i) {
    return FerPlus.raterAccuracy(labels, i);
  }

  List<String> persons(int[] indices) {
    return Arrays.stream(indices).mapToObj(person::get).toList();
  }

  /** Rows by official split, for the record. */
  Map<String, Long> splits() {
    return labels.texts(FaceColumns.SPLIT).stream()
        .collect(Collectors.groupingBy(split -> split, TreeMap::new, Collectors.counting()));
  }

  int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  double[] pick(double[][] values, int column, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i][column]).toArray();
  }

  double[][] pick(double[][] values, int[] indices) {
    return Arrays.stream(indices).mapToObj(i -> values[i]).toArray(double[][]::new);
  }
}
