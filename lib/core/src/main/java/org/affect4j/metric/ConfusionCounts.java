package org.affect4j.metric;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.affect4j.face.Expression;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How often each class was taken for each class, and what follows from it: accuracy, precision,
 * recall and F1 per class, macro F1, and unweighted average recall.
 *
 * <p>A ratio without a single case is 0, as scikit-learn has it with {@code zero_division=0}: the
 * recall and F1 of a class that never occurs, the precision of one that is never predicted. Such a
 * class counts in {@link #macroF1()} and is left out of {@link #unweightedAverageRecall()}; {@link
 * #absentClasses()} names it, so that nobody takes a missing class for a bad one. Without any
 * sample all averages are NaN.
 */
public final class ConfusionCounts implements MetricResult {
  private final List<String> labels;
  private final long[][] counts;

  private ConfusionCounts(List<String> labels, long[][] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /**
   * Counts from class indices.
   *
   * @param labels names of the classes, all different, at least one
   * @param truth true class of each sample, an index into the labels
   * @param prediction predicted class of the same samples
   * @return the counts
   * @throws IllegalArgumentException if the lengths differ, an index is outside the labels, or
   *     labels repeat
   */
  public static ConfusionCounts of(List<String> labels, int[] truth, int[] prediction) {
    List<String> names = List.copyOf(labels);
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("classes need different names, got " + names);
    }
    Check.sameLength("truth", truth.length, "prediction", prediction.length);
    long[][] counts = new long[names.size()][names.size()];
    for (int i = 0; i < truth.length; i++) {
      Check.index("truth", truth[i], i, names.size());
      Check.index("prediction", prediction[i], i, names.size());
      counts[truth[i]][prediction[i]]++;
    }
    return new ConfusionCounts(names, counts);
  }

  /**
   * Counts from class names.
   *
   * @param labels names of the classes, all different, at least one
   * @param truth true class of each sample, one of the labels
   * @param prediction predicted class of the same samples
   * @return the counts
   * @throws IllegalArgumentException if the lengths differ, a name is not among the labels, or
   *     labels repeat
   */
  public static ConfusionCounts of(
      List<String> labels, List<String> truth, List<String> prediction) {
    return of(labels, indices("truth", labels, truth), indices("prediction", labels, prediction));
  }

  /**
   * Counts basic expressions.
   *
   * @param truth true expression of each sample
   * @param prediction predicted expression of the same samples
   * @return counts over the seven expressions in the order of {@link Expression#ALL}
   * @throws IllegalArgumentException if the lengths differ
   */
  public static ConfusionCounts ofExpressions(List<Expression> truth, List<Expression> prediction) {
    return of(
        Expression.ALL.stream().map(Expression::label).toList(),
        truth.stream().mapToInt(Expression::ordinal).toArray(),
        prediction.stream().mapToInt(Expression::ordinal).toArray());
  }

  private static int[] indices(String what, List<String> labels, List<String> names) {
    int[] result = names.stream().mapToInt(labels::indexOf).toArray();
    for (int i = 0; i < result.length; i++) {
      if (result[i] < 0) {
        throw new IllegalArgumentException(
            "%s of sample %d is '%s', expected one of %s".formatted(what, i, names.get(i), labels));
      }
    }
    return result;
  }

  /**
   * Returns the names of the classes.
   *
   * @return unmodifiable list in the order of all indices
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Returns all counts.
   *
   * @return a copy; row = truth, column = prediction
   */
  public long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /**
   * Returns how often one class was taken for another.
   *
   * @param truth index of the true class
   * @param prediction index of the predicted class
   * @return samples
   */
  public long count(int truth, int prediction) {
    return counts[truth][prediction];
  }

  /**
   * Returns how many samples were counted.
   *
   * @return samples
   */
  public long total() {
    return each().mapToLong(this::support).sum();
  }

  /**
   * Returns how often a class occurs in the truth.
   *
   * @param label index of the class
   * @return samples
   */
  public long support(int label) {
    return Arrays.stream(counts[label]).sum();
  }

  /**
   * Returns how often a class was predicted.
   *
   * @param label index of the class
   * @return samples
   */
  public long predicted(int label) {
    return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
  }

  /**
   * Returns the classes that never occur in the truth.
   *
   * @return names, empty if every class occurs
   */
  public List<String> absentClasses() {
    return each().filter(i -> support(i) == 0).mapToObj(labels::get).toList();
  }

  /**
   * Returns the fraction of samples whose class is right.
   *
   * @return 0 to 1, NaN without samples
   */
  public double accuracy() {
    long right = each().mapToLong(i -> counts[i][i]).sum();
    return (double) right / total();
  }

  /**
   * Returns how many of those taken for a class belong to it: {@code TP / (TP + FP)}.
   *
   * @param label index of the class
   * @return 0 to 1; 0 if the class was never predicted
   */
  public double precision(int label) {
    return Check.ratio(counts[label][label], predicted(label));
  }

  /**
   * Returns how many of a class were found, the true-positive rate: {@code TP / (TP + FN)}.
   *
   * @param label index of the class
   * @return 0 to 1; 0 if the class never occurs
   */
  public double recall(int label) {
    return Check.ratio(counts[label][label], support(label));
  }

  /**
   * Returns the harmonic mean of precision and recall: {@code 2 TP / (2 TP + FP + FN)}.
   *
   * @param label index of the class
   * @return 0 to 1; 0 if the class neither occurs nor is predicted
   */
  public double f1(int label) {
    return Check.ratio(2 * counts[label][label], support(label) + predicted(label));
  }

  /**
   * Returns the mean F1 over all classes, absent ones included with 0.
   *
   * @return 0 to 1, NaN without samples
   */
  public double macroF1() {
    return total() == 0 ? Double.NaN : each().mapToDouble(this::f1).average().orElseThrow();
  }

  /**
   * Returns the mean recall over the classes that occur: the mean diagonal of the row-normalised
   * matrix, which RAF-DB's protocol calls average accuracy.
   *
   * @return 0 to 1, NaN without samples
   */
  public double unweightedAverageRecall() {
    return each()
        .filter(i -> support(i) > 0)
        .mapToDouble(this::recall)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Returns one row per class: {@code class, support, predicted, precision, recall, f1}; ratios
   * without a case are missing.
   */
  @Override
  public Table table() {
    return Table.create(
        "classes",
        StringColumn.create("class", labels),
        LongColumn.create("support", each().mapToLong(this::support).toArray()),
        LongColumn.create("predicted", each().mapToLong(this::predicted).toArray()),
        ratios("precision", this::precision, this::predicted),
        ratios("recall", this::recall, this::support),
        ratios("f1", this::f1, i -> support(i) + predicted(i)));
  }

  private DoubleColumn ratios(String name, IntToDoubleFunction ratio, IntToLongFunction cases) {
    return DoubleColumn.create(
        name,
        each()
            .mapToDouble(i -> cases.applyAsLong(i) == 0 ? Double.NaN : ratio.applyAsDouble(i))
            .toArray());
  }

  private IntStream each() {
    return IntStream.range(0, labels.size());
  }

  @Override
  public String toString() {
    String heading =
        "accuracy %.3f, macro F1 %.3f, UAR %.3f (%d samples)"
            .formatted(accuracy(), macroF1(), unweightedAverageRecall(), total());
    List<String> absent = absentClasses();
    String note =
        absent.isEmpty()
            ? ""
            : "%nnever in the truth, 0 in macro F1, left out of UAR: %s"
                .formatted(String.join(", ", absent));
    return heading + System.lineSeparator() + MetricResult.text("per class", table()) + note;
  }
}
