package org.affect4j.dataset;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The columns of a table that is being filled. */
final class Columns {
  private final StringColumn image = StringColumn.create("image");
  private final StringColumn split = StringColumn.create("split");
  private final StringColumn subject = StringColumn.create("subject");
  private final IntColumn frame = IntColumn.create("frame");
  private final StringColumn expression = StringColumn.create("expression");
  private final DoubleColumn valence = DoubleColumn.create("valence");
  private final DoubleColumn arousal = DoubleColumn.create("arousal");
  private final Map<ActionUnit, DoubleColumn> units = new EnumMap<>(ActionUnit.class);
  private final StringColumn compound = StringColumn.create("compound");
  private final StringColumn age = StringColumn.create("age");
  private final StringColumn gender = StringColumn.create("gender");
  private final StringColumn race = StringColumn.create("race");
  private final IntColumn row = IntColumn.create("row");
  private final Map<String, DoubleColumn> extras = new LinkedHashMap<>();
  private final Map<String, StringColumn> texts = new LinkedHashMap<>();

  Columns() {
    ActionUnit.ALL.forEach(unit -> units.put(unit, DoubleColumn.create(unit.column())));
  }

  int size() {
    return row.size();
  }

  Set<String> images() {
    return image.asSet();
  }

  void append(RowBuilder r) {
    image.append(r.image);
    split.append(r.split);
    subject.append(r.subject);
    if (r.frame < 0) {
      frame.appendMissing();
    } else {
      frame.append(r.frame);
    }
    expression.append(r.expression);
    valence.append(r.valence);
    arousal.append(r.arousal);
    for (ActionUnit unit : ActionUnit.ALL) {
      units.get(unit).append(r.units[unit.ordinal()]);
    }
    compound.append(r.compound);
    age.append(r.age);
    gender.append(r.gender);
    race.append(r.race);
    for (Map.Entry<String, Double> extra : r.extras.entrySet()) {
      DoubleColumn column =
          extras.computeIfAbsent(
              extra.getKey(), name -> pad(DoubleColumn.create(name), row.size()));
      column.append(extra.getValue().doubleValue());
    }
    for (Map.Entry<String, String> text : r.texts.entrySet()) {
      texts
          .computeIfAbsent(text.getKey(), name -> pad(StringColumn.create(name), row.size()))
          .append(text.getValue());
    }
    row.append(row.size());
    extras.values().forEach(column -> pad(column, row.size()));
    texts.values().forEach(column -> pad(column, row.size()));
  }

  /** Adds missing values up to a size. */
  private static <C extends Column<?>> C pad(C column, int rows) {
    while (column.size() < rows) {
      column.appendMissing();
    }
    return column;
  }

  Table toTable(String name) {
    Table table = Table.create(name, image, split, subject, frame, expression, valence, arousal);
    units.values().forEach(table::addColumns);
    table.addColumns(compound, age, gender, race, row);
    texts.values().forEach(table::addColumns);
    extras.values().forEach(table::addColumns);
    return table;
  }
}
