package org.affect4j.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.affect4j.face.Expression;
import org.affect4j.metric.LabelScorer;
import org.affect4j.series.FaceSeries;
import org.affect4j.series.Filling;
import org.affect4j.series.Smoothing;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;

/**
 * What is done to predictions along time before they are judged: gaps are filled, then each kind of
 * output is filtered. Nothing reaches across a cut, or from one clip or face to another.
 *
 * @param filling the longest gap that is filled
 * @param rate frames a second of clips that come as numbered pictures, which have no times;
 *     positive
 * @param expressions filter of the probabilities of expressions, which add up to 1 again afterwards
 * @param affect filter of valence and arousal
 * @param units filter of action units
 */
public record TimeSteps(
    Filling filling, double rate, Smoothing expressions, Smoothing affect, Smoothing units) {
  /** The filters among which {@link EvaluationOverTime#chosenOn} chooses. */
  public static final List<Smoothing> CANDIDATES =
      IntStream.of(5, 15, 31)
          .boxed()
          .flatMap(frames -> Stream.of(Smoothing.mean(frames), Smoothing.median(frames)))
          .toList();

  /** Checks the rate. */
  public TimeSteps {
    if (!(rate > 0)) {
      throw new IllegalArgumentException(
          "a clip has a positive number of frames a second, got " + rate);
    }
  }

  /**
   * Fills gaps and filters nothing.
   *
   * @param filling the longest gap that is filled
   * @param rate frames a second of clips that come as numbered pictures
   * @return the steps
   */
  public static TimeSteps of(Filling filling, double rate) {
    return new TimeSteps(filling, rate, Smoothing.none(), Smoothing.none(), Smoothing.none());
  }

  /**
   * Sets the filters.
   *
   * @param affect filter of expressions, valence and arousal
   * @param unit filter of action units
   * @return changed copy
   */
  public TimeSteps smoothed(Smoothing affect, Smoothing unit) {
    return new TimeSteps(filling, rate, affect, affect, unit);
  }

  /**
   * The rows after these steps: the columns that were read hold the new values.
   *
   * @param rows of clips with frames, times and faces; photos stay as they are
   */
  FaceTable apply(FaceTable rows) {
    FaceTable all =
        FaceSeries.of(rows)
            .filled(filling)
            .smoothed(expressions, units)
            .smoothed(affect, units)
            .table();
    FaceTable result = all.selectColumns(rows::has);
    double[] frames = all.numbers(FaceColumns.FRAME);
    for (String column : rows.columns()) {
      String step = filter(column);
      if (!step.isEmpty()) {
        double[] read = all.numbers(column);
        double[] values = all.numbers(column + "_" + step);
        for (int i = 0; i < values.length; i++) {
          values[i] = Double.isNaN(frames[i]) ? read[i] : values[i];
        }
        result = result.with(DoubleColumn.create(column, values));
      }
    }
    return withExpressions(result);
  }

  /** The step of which a column is the outcome; empty for columns that have no place in time. */
  private String filter(String column) {
    if (FaceSeries.UNITS.contains(column)) {
      return units.suffix();
    }
    if (!FaceSeries.AFFECT.contains(column)) {
      return "";
    }
    boolean dimension = JudgedRows.AFFECT.contains(column);
    return dimension ? affect.suffix() : expressions.suffix();
  }

  /** Medians of probabilities add up to nearly 1; the label is that of the highest. */
  private static FaceTable withExpressions(FaceTable rows) {
    List<String> columns = Expression.ALL.stream().map(Expression::column).toList();
    if (!columns.stream().allMatch(rows::has)) {
      return rows;
    }
    double[][] values = rows.values(columns);
    String[] labels = rows.texts(FaceColumns.EXPRESSION).toArray(String[]::new);
    for (int i = 0; i < values.length; i++) {
      double sum = Arrays.stream(values[i]).sum();
      if (sum > 0) {
        for (int e = 0; e < values[i].length; e++) {
          values[i][e] /= sum;
        }
        labels[i] = Expression.ALL.get(LabelScorer.best(values[i])).label();
      }
    }
    FaceTable result = rows.with(StringColumn.create(FaceColumns.EXPRESSION, labels));
    for (int e = 0; e < columns.size(); e++) {
      int which = e;
      result =
          result.with(
              DoubleColumn.create(
                  columns.get(e), Arrays.stream(values).mapToDouble(v -> v[which])));
    }
    return result;
  }

  /** Returns the steps in words, as they stand in reports. */
  @Override
  public String toString() {
    return "gaps of up to %s s filled; expressions %s, valence and arousal %s, action units %s"
        .formatted(filling.maximumGapSeconds(), expressions, affect, units);
  }
}
