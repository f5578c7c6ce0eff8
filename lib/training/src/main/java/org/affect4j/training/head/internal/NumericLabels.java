package org.affect4j.training.head.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.affect4j.face.ActionUnit;
import org.affect4j.training.network.EfficientNet.Answer;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Action units, or valence and arousal, of a table of labels in which every column is text. An
 * empty cell is no label. Immutable.
 */
public final class NumericLabels {
  /** The column of {@link #table()} that is missing where a face has none of these labels. */
  public static final String ANY = "label to learn";

  private static final List<String> AFFECT = List.of("valence", "arousal");

  private final Answer answer;
  private final Table table;
  private final Map<String, double[]> byName;

  private NumericLabels(Answer answer, Table table, Map<String, double[]> byName) {
    this.answer = answer;
    this.table = table;
    this.byName = byName;
  }

  /**
   * Reads action units: columns {@code au01 …}, strengths or probabilities from 0 to 1. Units
   * without a column are not annotated.
   *
   * @param labels every column as text
   * @param nameColumn the column that names the faces
   * @param activeFrom strength from which on a unit counts as active, above 0 and up to 1
   * @return labels 0 and 1, NaN where there is none
   * @throws IllegalArgumentException if there is no such column, or a cell is no number of its
   *     range
   */
  public static NumericLabels actionUnits(Table labels, String nameColumn, double activeFrom) {
    if (!(activeFrom > 0 && activeFrom <= 1)) {
      throw new IllegalArgumentException(
          "a unit is active from a strength above 0 and up to 1, got " + activeFrom);
    }
    List<String> units = ActionUnit.ALL.stream().map(ActionUnit::column).toList();
    if (units.stream().noneMatch(labels::containsColumn)) {
      throw new IllegalArgumentException(
          "the labels have none of the columns %s; they have %s"
              .formatted(units, labels.columnNames()));
    }
    // Strengths are often floats that were written as doubles.
    return read(
        Answer.ACTION_UNITS,
        labels,
        nameColumn,
        units,
        0,
        v -> (float) v >= (float) activeFrom ? 1 : 0);
  }

  /**
   * Reads the columns {@code valence} and {@code arousal}, -1 to 1.
   *
   * @param labels every column as text
   * @param nameColumn the column that names the faces
   * @return the labels, NaN where there is none
   * @throws IllegalArgumentException if a column is missing, or a cell is no number of its range
   */
  public static NumericLabels valenceArousal(Table labels, String nameColumn) {
    for (String column : AFFECT) {
      if (!labels.containsColumn(column)) {
        throw new IllegalArgumentException(
            "the labels have no column '%s'; they have %s".formatted(column, labels.columnNames()));
      }
    }
    return read(Answer.VALENCE_AROUSAL, labels, nameColumn, AFFECT, -1, v -> v);
  }

  private static NumericLabels read(
      Answer answer,
      Table labels,
      String nameColumn,
      List<String> columns,
      double least,
      DoubleUnaryOperator meaning) {
    if (!labels.containsColumn(nameColumn)) {
      throw new IllegalArgumentException(
          "the labels have no column '%s'; they have %s"
              .formatted(nameColumn, labels.columnNames()));
    }
    Map<String, double[]> byName = new HashMap<>();
    StringColumn any = StringColumn.create(ANY);
    for (int row = 0; row < labels.rowCount(); row++) {
      double[] values = new double[columns.size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = number(labels, nameColumn, row, columns.get(c), least, meaning);
      }
      byName.put(labels.stringColumn(nameColumn).get(row), values);
      if (Arrays.stream(values).allMatch(Double::isNaN)) {
        any.appendMissing();
      } else {
        any.append("yes");
      }
    }
    return new NumericLabels(answer, labels.copy().addColumns(any), byName);
  }

  private static double number(
      Table labels,
      String nameColumn,
      int row,
      String column,
      double least,
      DoubleUnaryOperator meaning) {
    if (!labels.containsColumn(column) || labels.stringColumn(column).isMissing(row)) {
      return Double.NaN;
    }
    String text = labels.stringColumn(column).get(row).strip();
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= 1)) {
      throw new IllegalArgumentException(
          "'%s' has %s = '%s', expected a number from %.0f to 1, or an empty cell where it is not annotated"
              .formatted(labels.stringColumn(nameColumn).get(row), column, text, least));
    }
    return meaning.applyAsDouble(value);
  }

  /**
   * Returns what a head learns from these labels.
   *
   * @return action units, or valence and arousal
   */
  public Answer answer() {
    return answer;
  }

  /**
   * Returns the table of labels with the column {@link #ANY}, to set features beside.
   *
   * @return a copy
   */
  public Table table() {
    return table.copy();
  }

  /** The labels of faces, one row each. */
  double[][] of(List<String> names) {
    return names.stream().map(n -> byName.get(n).clone()).toArray(double[][]::new);
  }

  /** What the columns of {@link #of} are. */
  List<String> names() {
    return answer == Answer.ACTION_UNITS
        ? ActionUnit.ALL.stream().map(ActionUnit::column).toList()
        : AFFECT;
  }
}
