package org.affect4j.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.CompoundExpression;
import org.affect4j.face.Relatedness;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class LabelStatisticsTest {
  private static final double NONE = Double.NaN;

  /** Six rows; the units not named are annotated nowhere. */
  private static FaceTable table() {
    Table table =
        Table.create(
            StringColumn.create(
                "expression", "happiness", "happiness", "happiness", "anger", "neutral", ""),
            StringColumn.create("split", "train", "train", "test", "test", "", "train"));
    for (ActionUnit unit : ActionUnit.ALL) {
      table.addColumns(
          switch (unit.number()) {
            case 12 -> DoubleColumn.create("au12", 1, NONE, 0, 0, .4, 1);
            case 4 -> DoubleColumn.create("au04", NONE, NONE, NONE, 1, 0, 1);
            default -> DoubleColumn.create(unit.column(), NONE, NONE, NONE, NONE, NONE, NONE);
          });
    }
    return FaceTable.of(table);
  }

  @Test
  void labelsAreCountedPerGroupAndMissingOnesApart() {
    LabelCounts counts = LabelCounts.of(table(), "expression", "split");
    assertEquals(List.of("neutral", "anger", "happiness"), counts.labels());
    assertEquals(List.of("test", "train", LabelCounts.UNKNOWN), counts.groups());
    assertEquals(2, counts.count("train", "happiness"));
    assertEquals(3, counts.size("train"));
    assertEquals(2, counts.annotated("train", "anger"));
    assertEquals(1, counts.share("train", "happiness"));
    assertEquals(.5, counts.share("test", "anger"));
    assertEquals(9, counts.table().rowCount());
    assertEquals(5, LabelCounts.of(table(), "expression").annotated(LabelCounts.ALL, "anger"));
    assertTrue(counts.toString().contains("train: 3 rows, 1 not annotated"), counts.toString());
  }

  @Test
  void unitsThatAreNotAnnotatedAreNotInactive() {
    LabelCounts counts = LabelCounts.ofUnits(table(), "", .5);
    assertEquals(5, counts.annotated(LabelCounts.ALL, "AU12"));
    assertEquals(2, counts.count(LabelCounts.ALL, "AU12"));
    assertTrue(Double.isNaN(counts.share(LabelCounts.ALL, "AU1")));
    assertEquals(1, LabelCounts.ofUnits(table(), "split", .5).annotated("test", "AU4"));
  }

  @Test
  void probabilityOfAUnitIsOverAnnotatedRowsOnly() {
    UnitsByLabel units = UnitsByLabel.of(table(), "expression", .5);
    assertEquals(2, units.annotated("happiness", ActionUnit.ofNumber(12)));
    assertEquals(.5, units.probability("happiness", ActionUnit.ofNumber(12)));
    assertTrue(Double.isNaN(units.probability("happiness", ActionUnit.ofNumber(4))));
    assertEquals(1, units.probability("anger", ActionUnit.ofNumber(4)));
    assertEquals(1, units.unlabelled());
    assertEquals(
        1,
        UnitsByLabel.of(table(), "expression", .3).probability("neutral", ActionUnit.ofNumber(12)));
    assertEquals(3 * 17, units.table().rowCount());
    assertTrue(units.table().doubleColumn("probability").countMissing() > 40);
  }

  @Test
  void relatednessHoldsTheFractionsOfTheCategories() {
    Relatedness own = UnitsByLabel.of(table(), "expression", .5).relatedness("mine");
    assertEquals(Set.of(CompoundExpression.HAPPY, CompoundExpression.ANGRY), own.categories());
    assertEquals(.5, own.weight(CompoundExpression.HAPPY, ActionUnit.ofNumber(12)));
    assertEquals(0, own.weight(CompoundExpression.HAPPY, ActionUnit.ofNumber(4)));
    assertEquals("mine", own.name());
    FaceTable onlyNeutral = table().where(t -> t.stringColumn("expression").isEqualTo("neutral"));
    assertThrows(
        IllegalStateException.class,
        () -> UnitsByLabel.of(onlyNeutral, "expression", .5).relatedness("none"));
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    FaceTable table = table();
    assertThrows(IllegalArgumentException.class, () -> LabelCounts.of(table, "emotion"));
    assertThrows(IllegalArgumentException.class, () -> LabelCounts.of(table, "au12"));
    assertThrows(IllegalArgumentException.class, () -> UnitsByLabel.of(table, "expression", 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> UnitsByLabel.of(table, "expression", table.rows(0, 1), .5));
    FaceTable unlabelled = table.where(t -> t.stringColumn("expression").isEqualTo(""));
    assertThrows(
        IllegalArgumentException.class, () -> UnitsByLabel.of(unlabelled, "expression", .5));
    assertThrows(
        IllegalArgumentException.class,
        () -> LabelCounts.of(table, "expression").count("test", "anger"));
  }
}
