package org.affect4j.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.affect4j.face.Expression;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Labels that a classifier contradicts with confidence: where to look first for wrong ones.
 *
 * <p>This is confident learning (Northcutt, Jiang and Chuang, "Confident Learning: Estimating
 * Uncertainty in Dataset Labels", JAIR 70, 2021). The threshold of class j is the mean probability
 * of j over the samples that are labelled j (their equation 2), so that a class of which the
 * network is never sure is not held to the standard of one that it knows well. A sample labelled i
 * counts in the cell (i, j) of the confident joint (equation 1) if its probability of j reaches the
 * threshold of j, and j is the most probable of the classes that do. What lies off the diagonal is
 * suspect, and is ranked by the margin {@code p(given) - p(suggested)}, most negative first.
 *
 * <p>The probabilities must come from a network that was not trained on these labels: one that has
 * learned a wrong label by heart does not contradict it. And a suspect is a question to a person,
 * not an answer: the network may be the one that is wrong. Immutable.
 */
public final class LabelErrors implements MetricResult {
  /**
   * A label that is contradicted.
   *
   * @param row number from the column {@code row}
   * @param given its label
   * @param suggested the class that the classifier is confident of
   * @param givenProbability probability of the label, 0 to 1
   * @param suggestedProbability probability of the suggested class, 0 to 1
   */
  public record Suspect(
      int row,
      String given,
      String suggested,
      double givenProbability,
      double suggestedProbability) {
    /**
     * Returns by how much the label is the more probable of the two.
     *
     * @return -1 to 1; the most negative are the most suspect
     */
    public double margin() {
      return givenProbability - suggestedProbability;
    }
  }

  private final List<String> classes;
  private final double[] thresholds;
  private final long[][] joint;
  private final long[] labelled;
  private final List<Suspect> suspects;
  private final long leftOut;

  private LabelErrors(
      List<String> classes,
      double[] thresholds,
      long[][] joint,
      long[] labelled,
      List<Suspect> suspects,
      long leftOut) {
    this.classes = classes;
    this.thresholds = thresholds;
    this.joint = joint;
    this.labelled = labelled;
    this.suspects = List.copyOf(suspects);
    this.leftOut = leftOut;
  }

  /**
   * Looks for wrong labels among the seven expressions.
   *
   * @param labels a dataset's table, or a part of it that kept the columns {@code row} and {@code
   *     expression}
   * @param predictions what a network says of the same rows in the same order: columns {@code
   *     p_neutral … p_surprise}. Rows without a label, with a label outside the seven, or without
   *     probabilities are left out and counted
   * @return the suspects
   * @throws IllegalArgumentException if a column is absent, the tables differ in length, a
   *     probability is not in 0 to 1, or no row can be compared
   */
  public static LabelErrors ofExpressions(FaceTable labels, FaceTable predictions) {
    return of(
        Arrays.stream(labels.rowNumbers()).boxed().toList(),
        labels.texts(FaceColumns.EXPRESSION),
        Expression.ALL.stream().map(Expression::label).toList(),
        predictions.values(Expression.ALL.stream().map(Expression::column).toList()));
  }

  /**
   * Looks for wrong labels.
   *
   * @param rows number of each sample, by which it is found again
   * @param given label of each sample; those that are not among the classes, such as the empty
   *     text, are left out and counted
   * @param classes names of the classes, two or more, all different
   * @param probabilities for each sample one number in 0 to 1 per class; samples with a NaN are
   *     left out and counted
   * @return the suspects
   * @throws IllegalArgumentException if lengths differ, classes repeat, a probability is not in 0
   *     to 1, or no sample can be compared
   */
  public static LabelErrors of(
      List<Integer> rows, List<String> given, List<String> classes, double[][] probabilities) {
    List<String> names = List.copyOf(classes);
    if (names.size() < 2 || new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("expected two or more different classes, got " + names);
    }
    if (rows.size() != given.size() || rows.size() != probabilities.length) {
      throw new IllegalArgumentException(
          "lengths differ: %d rows, %d labels, %d rows of probabilities"
              .formatted(rows.size(), given.size(), probabilities.length));
    }
    int[] label = given.stream().mapToInt(names::indexOf).toArray();
    int[] compared =
        IntStream.range(0, label.length)
            .filter(i -> complete(probabilities[i], names.size(), i) && label[i] >= 0)
            .toArray();
    if (compared.length == 0) {
      throw new IllegalArgumentException(
          "none of %d samples has both a label among %s and probabilities"
              .formatted(label.length, names));
    }
    long[] labelled = new long[names.size()];
    double[] thresholds = new double[names.size()];
    for (int i : compared) {
      labelled[label[i]]++;
      thresholds[label[i]] += probabilities[i][label[i]];
    }
    for (int c = 0; c < thresholds.length; c++) {
      // Nothing can be said of a class that nobody carries: NaN is never reached.
      thresholds[c] = labelled[c] == 0 ? Double.NaN : thresholds[c] / labelled[c];
    }
    long[][] joint = new long[names.size()][names.size()];
    List<Suspect> suspects = new ArrayList<>();
    for (int i : compared) {
      int confident = confident(probabilities[i], thresholds);
      if (confident >= 0) {
        joint[label[i]][confident]++;
        if (confident != label[i]) {
          suspects.add(
              new Suspect(
                  rows.get(i),
                  names.get(label[i]),
                  names.get(confident),
                  probabilities[i][label[i]],
                  probabilities[i][confident]));
        }
      }
    }
    suspects.sort(Comparator.comparingDouble(Suspect::margin).thenComparingInt(Suspect::row));
    return new LabelErrors(
        names, thresholds, joint, labelled, suspects, label.length - (long) compared.length);
  }

  private static boolean complete(double[] probabilities, int classes, int sample) {
    if (probabilities.length != classes) {
      throw new IllegalArgumentException(
          "sample %d has %d probabilities, expected %d"
              .formatted(sample, probabilities.length, classes));
    }
    boolean complete = true;
    for (double p : probabilities) {
      if (p < 0 || p > 1) {
        throw new IllegalArgumentException(
            "sample %d has the probability %s, expected 0 to 1".formatted(sample, p));
      }
      complete &= !Double.isNaN(p);
    }
    return complete;
  }

  /** The most probable class among those that reach their threshold; -1 if none does. */
  private static int confident(double[] probabilities, double[] thresholds) {
    int best = -1;
    for (int c = 0; c < probabilities.length; c++) {
      if (probabilities[c] >= thresholds[c]
          && (best < 0 || probabilities[c] > probabilities[best])) {
        best = c;
      }
    }
    return best;
  }

  /**
   * Returns the contradicted labels.
   *
   * @return the most suspect first, unmodifiable
   */
  public List<Suspect> suspects() {
    return suspects;
  }

  /**
   * Returns the most suspect labels.
   *
   * @param most how many at most, 0 or more
   * @return fewer if there are not so many suspects
   */
  public List<Suspect> top(int most) {
    return suspects.subList(0, Math.min(most, suspects.size()));
  }

  /**
   * Returns the classes.
   *
   * @return in the order of {@link #thresholds}
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Returns how sure the network is, on average, of each class where it is the label.
   *
   * @return a copy, 0 to 1 per class; NaN for a class that no sample is labelled with, and which is
   *     therefore never suggested
   */
  public double[] thresholds() {
    return thresholds.clone();
  }

  /**
   * The confident joint: row is the label, column the class that the network is confident of.
   * Samples of which it is confident of nothing are not in it.
   */
  long[][] confidentJoint() {
    return Arrays.stream(joint).map(long[]::clone).toArray(long[][]::new);
  }

  /**
   * Returns the estimated number of wrong labels: the confident joint, calibrated so that each row
   * has the sum that the labels have (equation 3), off the diagonal. A row in which the network is
   * confident of nothing adds nothing. It counts the network's own errors too: of a weak network it
   * is far too large.
   *
   * @return 0 or more
   */
  public double estimatedErrors() {
    double errors = 0;
    for (int i = 0; i < joint.length; i++) {
      long confident = Arrays.stream(joint[i]).sum();
      if (confident > 0) {
        errors += labelled[i] * (double) (confident - joint[i][i]) / confident;
      }
    }
    return errors;
  }

  /**
   * Returns how many samples were compared.
   *
   * @return samples with a label and probabilities
   */
  public long compared() {
    return Arrays.stream(labelled).sum();
  }

  /**
   * Returns how many samples were left out.
   *
   * @return samples without a label among the classes, or without probabilities
   */
  public long leftOut() {
    return leftOut;
  }

  /**
   * {@inheritDoc}
   *
   * <p>One row per suspect: {@code row, given, suggested, p_given, p_suggested, margin}.
   */
  @Override
  public Table table() {
    return Table.create(
        "suspect labels",
        IntColumn.create("row", suspects.stream().mapToInt(Suspect::row).toArray()),
        MetricResult.texts("given", suspects, Suspect::given),
        MetricResult.texts("suggested", suspects, Suspect::suggested),
        MetricResult.numbers("p_given", suspects, Suspect::givenProbability),
        MetricResult.numbers("p_suggested", suspects, Suspect::suggestedProbability),
        MetricResult.numbers("margin", suspects, Suspect::margin));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d labels are contradicted with confidence (%,d samples left out); about %.0f wrong labels estimated",
        suspects.size(),
        compared(),
        leftOut,
        estimatedErrors());
  }
}
