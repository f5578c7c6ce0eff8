package org.affect4j.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SplitsTest {
  /** 37 persons of 5 to 40 rows, of whom every third only ever smiles; then 50 without a name. */
  private static FaceTable people() {
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
    return FaceTable.of(Table.create("people", subject, expression, split, row));
  }

  private static double share(FaceTable part, String label) {
    return (double) part.texts("expression").stream().filter(label::equals).count() / part.size();
  }

  @Test
  void foldsCoverEveryRowOnceWithoutLeakingAPerson() {
    FaceTable people = people();
    List<Fold> folds = Splits.folds(people, 3, "expression", 7);
    IntColumn tested = IntColumn.create("row");
    for (Fold fold : folds) {
      assertEquals(List.of(), fold.sharedSubjects());
      assertEquals(people.size(), fold.training().size() + fold.test().size());
      assertEquals(people.size() / 3., fold.test().size(), people.size() * .03);
      assertEquals(share(people, "happiness"), share(fold.test(), "happiness"), .05);
      tested.append(fold.test().table().intColumn("row"));
    }
    assertEquals(people.size(), tested.unique().size());
  }

  @Test
  void holdOutIsStratifiedAndSeeded() {
    FaceTable people = people();
    Fold fold = Splits.holdOut(people, .2, "expression", 7);
    assertEquals(List.of(), fold.sharedSubjects());
    assertEquals(people.size() * .2, fold.test().size(), people.size() * .02);
    assertEquals(share(people, "happiness"), share(fold.test(), "happiness"), .05);
    List<Integer> rows = fold.test().table().intColumn("row").asList();
    assertEquals(
        rows, Splits.holdOut(people, .2, "expression", 7).test().table().intColumn("row").asList());
    assertNotEquals(
        rows, Splits.holdOut(people, .2, "expression", 8).test().table().intColumn("row").asList());
  }

  @Test
  void everyFoldGetsAPersonAndTooFewPersonsFail() {
    FaceTable people = people();
    FaceTable three = people.where(t -> t.stringColumn("subject").isIn("p1", "p2", "p3"));
    for (Fold fold : Splits.folds(three, 3, "", 1)) {
      assertTrue(fold.test().size() > 0);
    }
    assertThrows(IllegalArgumentException.class, () -> Splits.folds(three, 4, "", 1));
    assertThrows(
        IllegalArgumentException.class, () -> Splits.official(people, "train", "validation"));
    assertEquals(List.of(), Splits.official(people, "train", "test").sharedSubjects());
  }

  @Test
  void partsAreNamedAndDrawnRowsRepeat() {
    FaceTable people = people();
    assertEquals(people.size(), Splits.part(people, Splits.ALL).size());
    assertEquals(List.of("test", "train"), List.copyOf(Splits.names(people)));
    FaceTable drawn = Splits.draw(people, 20, 5);
    assertEquals(20, IntStream.of(drawn.rowNumbers()).distinct().count());
    assertArrayEquals(drawn.rowNumbers(), Splits.draw(people, 20, 5).rowNumbers());
    assertThrows(IllegalArgumentException.class, () -> Splits.draw(people, 0, 5));
  }
}
