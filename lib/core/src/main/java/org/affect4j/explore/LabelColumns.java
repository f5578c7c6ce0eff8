package org.affect4j.explore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.face.CompoundExpression;
import tech.tablesaw.api.CategoricalColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Columns that a table must have, and the order in which labels are listed. */
final class LabelColumns {
  private static final List<String> KNOWN =
      Stream.concat(
              Arrays.stream(AnnotatedExpression.values()).map(AnnotatedExpression::label),
              CompoundExpression.ALL.stream().map(CompoundExpression::label))
          .distinct()
          .toList();

  /** Expressions in their usual order, then compound ones, then the rest by the alphabet. */
  static final Comparator<String> USUAL =
      Comparator.comparingInt(LabelColumns::rank).thenComparing(Comparator.naturalOrder());

  private LabelColumns() {}

  private static int rank(String label) {
    int index = KNOWN.indexOf(label);
    return index < 0 ? KNOWN.size() : index;
  }

  /** The values of a column that names things; a missing value is the empty text. */
  static List<String> texts(Table table, String column) {
    Column<?> found = column(table, column);
    if (!(found instanceof CategoricalColumn<?>)) {
      throw new IllegalArgumentException(
          "column '%s' holds %s; expected a column of labels, such as expression or split"
              .formatted(column, found.type()));
    }
    return found instanceof StringColumn named ? named.asList() : found.asStringColumn().asList();
  }

  /** A column of numbers; a missing one is NaN. */
  static NumericColumn<?> numbers(Table table, String column) {
    if (column(table, column) instanceof NumericColumn<?> numbers) {
      return numbers;
    }
    throw new IllegalArgumentException(
        "column '%s' holds %s; expected numbers".formatted(column, table.column(column).type()));
  }

  static Column<?> column(Table table, String name) {
    if (!table.containsColumn(name)) {
      throw new IllegalArgumentException(
          "the table has no column '%s'; it has %s".formatted(name, table.columnNames()));
    }
    return table.column(name);
  }
}
