package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SplitsTest {
  /** 37 persons of 5 to 40 rows, of whom every third only ever smiles; then 50 without a name. */
  private static Table people() {
    StringColumn subject = StringColumn.create("subject");
    StringColumn expression = StringColumn.create("expression");
    StringColumn split = StringColumn.create("split");
    IntColumn row = IntColumn.create("row");
    Random random = new Random(3);
    for (int p = 0; p < 37; p++) {
      int rows = 5 + random.nextInt(36);
      for (int i = 0; i < rows; i++) {
        subject.append("p" + p);
        expression.append(p % 3 == 0 || random.nextInt(4) == 0 ? "happiness" : "neutral");
        split.append(p < 30 ? "train" : "test");
        row.append(row.size());
      }
    }
    for (int i = 0; i < 50; i++) {
      subject.append("");
      expression.append("neutral");
      split.append("train");
      row.append(row.size());
    }
    return Table.create("people", subject, expression, split, row);
  }

  private static double share(Table part, String label) {
    return (double) part.stringColumn("expression").isEqualTo(label).size() / part.rowCount();
  }

  @Test
  void foldsCoverEveryRowOnceWithoutLeakingAPerson() {
    Table people = people();
    List<Fold> folds = Splits.folds(people, 3, "expression", 7);
    IntColumn tested = IntColumn.create("row");
    for (Fold fold : folds) {
      assertEquals(List.of(), fold.sharedSubjects());
      assertEquals(people.rowCount(), fold.training().rowCount() + fold.test().rowCount());
      assertEquals(people.rowCount() / 3., fold.test().rowCount(), people.rowCount() * .03);
      assertEquals(share(people, "happiness"), share(fold.test(), "happiness"), .05);
      tested.append(fold.test().intColumn("row"));
    }
    assertEquals(people.rowCount(), tested.unique().size());
  }

  @Test
  void holdOutIsStratifiedAndSeeded() {
    Table people = people();
    Fold fold = Splits.holdOut(people, .2, "expression", 7);
    assertEquals(List.of(), fold.sharedSubjects());
    assertEquals(people.rowCount() * .2, fold.test().rowCount(), people.rowCount() * .02);
    assertEquals(share(people, "happiness"), share(fold.test(), "happiness"), .05);
    List<Integer> rows = fold.test().intColumn("row").asList();
    assertEquals(
        rows, Splits.holdOut(people, .2, "expression", 7).test().intColumn("row").asList());
    assertNotEquals(
        rows, Splits.holdOut(people, .2, "expression", 8).test().intColumn("row").asList());
  }

  @Test
  void everyFoldGetsAPersonAndTooFewPersonsFail() {
    Table people = people();
    Table three = people.where(people.stringColumn("subject").isIn("p1", "p2", "p3"));
    for (Fold fold : Splits.folds(three, 3, "", 1)) {
      assertTrue(fold.test().rowCount() > 0);
    }
    assertThrows(IllegalArgumentException.class, () -> Splits.folds(three, 4, "", 1));
    assertThrows(
        IllegalArgumentException.class, () -> Splits.official(people, "train", "validation"));
    assertEquals(List.of(), Splits.official(people, "train", "test").sharedSubjects());
  }
}
