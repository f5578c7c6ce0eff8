package org.affect4j.evaluate;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.Fold;
import org.affect4j.metric.ActionUnitThresholds;
import org.affect4j.metric.FairnessAudit;
import org.affect4j.metric.LabelMetrics;
import org.affect4j.metric.LabelTask;
import org.affect4j.metric.Measurement;
import org.affect4j.metric.MetricResult;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A model measured on a dataset. Rows whose face was not read are counted, and stand beside the
 * figures; they are never dropped in silence.
 *
 * <p>Intervals resample persons where every row names one, else rows. Immutable.
 *
 * @param dataset the dataset that was judged by
 * @param scores the figures over all rows: the official protocol
 * @param scoresWithoutDuplicates the figures over the rows whose photo occurs in no other split;
 *     empty if they were not asked for, or no row is left
 * @param disagreements the faces whose expression the model contradicts, the most confident first;
 *     empty where the predictions have no probabilities
 * @param notes what has to be known to read the figures, as sentences
 * @param provenance how the figures came about: dataset and model with their checksums, rows,
 *     thresholds, seed, version and machine
 * @param valenceArousal annotated valence, annotated arousal, predicted valence, predicted arousal
 *     of the rows that have all four
 */
public record Evaluation(
    AffectDataset dataset,
    Measurements scores,
    Optional<Measurements> scoresWithoutDuplicates,
    List<Disagreement> disagreements,
    List<String> notes,
    Map<String, String> provenance,
    double[][] valenceArousal)
    implements MetricResult {
  /** Copies the collections. */
  public Evaluation {
    disagreements = List.copyOf(disagreements);
    notes = List.copyOf(notes);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    valenceArousal = copy(valenceArousal);
  }

  /**
   * Compares predictions with labels; every action unit counts as active from the same threshold.
   *
   * @param dataset the dataset
   * @param rows the rows to judge by: its table, or a filtered part that kept all columns of {@link
   *     FaceColumns#DATASET}; further columns may be named as attributes
   * @param predictions what the model said of them
   * @param options how to measure
   * @return the figures
   * @throws IllegalArgumentException if there are no rows, no prediction fits, no label can be
   *     compared, or an attribute is missing
   */
  public static Evaluation of(
      AffectDataset dataset, FaceTable rows, Predictions predictions, EvaluationOptions options) {
    return new EvaluationRun(dataset, rows, predictions, options)
        .evaluate(
            ActionUnitThresholds.fixed(ActionUnitThresholds.DEFAULT),
            ActionUnitThresholds.DEFAULT + " for all action units");
  }

  /**
   * Compares predictions with labels; the threshold of each action unit is the one with the highest
   * F1 on validation rows ({@link ActionUnitThresholds#chosenOn}).
   *
   * @param dataset the dataset
   * @param rows the rows to judge by, as in {@link #of(AffectDataset, FaceTable, Predictions,
   *     EvaluationOptions)}
   * @param validation other rows of the same dataset, on which thresholds are chosen
   * @param predictions what the model said of both
   * @param options how to measure
   * @return the figures over {@code rows}
   * @throws IllegalArgumentException as above, or if a row is in both parts, or no action unit can
   *     be compared on the validation rows
   */
  public static Evaluation of(
      AffectDataset dataset,
      FaceTable rows,
      FaceTable validation,
      Predictions predictions,
      EvaluationOptions options) {
    EvaluationRun work = new EvaluationRun(dataset, rows, predictions, options);
    Set<Integer> both = numbers(rows);
    both.retainAll(numbers(validation));
    if (!both.isEmpty()) {
      throw new IllegalArgumentException(
          "%d rows are in the test part and in the validation part; thresholds chosen on what they are judged by look better than they are"
              .formatted(both.size()));
    }
    List<String> people = new Fold("", rows, validation).sharedSubjects();
    if (!people.isEmpty()) {
      work.notes.add(
          "%d persons are in the test part and in the validation part".formatted(people.size()));
    }
    JudgedRows samples =
        new JudgedRows(validation, predictions, work.matches, options.relatedness());
    ActionUnitThresholds chosen =
        EvaluationRun.thresholds(samples)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "none of the %d validation rows has an action unit that is annotated and predicted; leave the validation part out, or predict it too"
                            .formatted(samples.size())));
    return work.evaluate(
        chosen,
        "highest F1 on %d validation rows (%s): %s"
            .formatted(
                samples.all(samples::hasUnits).length, EvaluationRun.splits(samples), chosen));
  }

  private static Set<Integer> numbers(FaceTable rows) {
    return Arrays.stream(rows.rowNumbers()).boxed().collect(Collectors.toSet());
  }

  /** Returns a copy. */
  @Override
  public double[][] valenceArousal() {
    return copy(valenceArousal);
  }

  private static double[][] copy(double[][] values) {
    return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Returns one row per figure: {@code rows, task, measure, of, value, low, high, level, n, note}.
   */
  @Override
  public Table table() {
    Table table = rows(scores);
    scoresWithoutDuplicates.ifPresent(unique -> table.append(rows(unique)));
    return table.setName("evaluation");
  }

  private static Table rows(Measurements scores) {
    Table table = Measurement.table(scores.figures());
    String[] rows = new String[table.rowCount()];
    Arrays.fill(rows, scores.rows());
    return table.insertColumn(0, StringColumn.create("rows", rows));
  }

  /** Returns the figures of each task as a whole, the verdicts and the notes as lines of text. */
  @Override
  public String toString() {
    String all = "%s, %d rows".formatted(dataset.name(), scores.count());
    return Stream.of(
            text(all, scores),
            scoresWithoutDuplicates.stream()
                .flatMap(s -> text("%s, %d rows".formatted(s.rows(), s.count()), s)),
            notes.stream().map(note -> "note: " + note))
        .flatMap(Function.identity())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static Stream<String> text(String rows, Measurements scores) {
    String coverage =
        scores.coverage().entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return Stream.concat(
        Stream.of(rows + ": " + coverage),
        scores.figures().stream()
            .filter(
                f ->
                    f.of().isEmpty()
                        || f.task() == LabelTask.VALENCE_AROUSAL && f.metric() == LabelMetrics.CCC
                        || f.metric() == LabelMetrics.FAIRNESS_GAP)
            .map(f -> "  " + f));
  }

  /**
   * Returns the audits of all attributes.
   *
   * @return unmodifiable list, empty where no attribute has two groups
   */
  public List<FairnessAudit> fairness() {
    return scores.fairness();
  }
}
