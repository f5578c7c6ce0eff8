package org.affect4j.dataset;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.affect4j.face.ActionUnit;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

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

  Columns() {
    ActionUnit.ALL.forEach(unit -> units.put(unit, DoubleColumn.create(unit.column())));
  }

  int size() {
    return row.size();
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
          extras.computeIfAbsent(extra.getKey(), name -> missing(name, row.size()));
      column.append(extra.getValue().doubleValue());
    }
    row.append(row.size());
    for (DoubleColumn column : extras.values()) {
      if (column.size() < row.size()) {
        column.appendMissing();
      }
    }
  }

  private static DoubleColumn missing(String name, int rows) {
    DoubleColumn column = DoubleColumn.create(name);
    for (int i = 0; i < rows; i++) {
      column.appendMissing();
    }
    return column;
  }

  Table toTable(String name) {
    Table table = Table.create(name, image, split, subject, frame, expression, valence, arousal);
    units.values().forEach(table::addColumns);
    table.addColumns(compound, age, gender, race, row);
    extras.values().forEach(table::addColumns);
    return table;
  }
}
