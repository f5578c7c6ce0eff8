package org.affect4j.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.affect4j.explore.ToolComparison.Side;
import org.affect4j.face.ActionUnit;
import org.affect4j.table.FaceTable;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class ToolComparisonTest {
  private static final ActionUnit AU12 = ActionUnit.ofNumber(12);

  private static FaceTable ours() {
    return FaceTable.of(
        Table.create(
            StringColumn.create(
                "input", "p/a.jpg", "p/b.jpg", "p/c.jpg", "p/d.jpg", "p/e.jpg", "p/e.jpg",
                "p/f.jpg"),
            StringColumn.create(
                "expression", "happiness", "neutral", "anger", "neutral", "fear", "fear", ""),
            DoubleColumn.create("au12", .1, .4, .6, .9, .5, .5, Double.NaN),
            DoubleColumn.create("au01", 0, 0, 0, 0, 0, 0, 0)));
  }

  private static FaceTable theirs() {
    return FaceTable.of(
        Table.create(
            StringColumn.create("input", "d", "c", "b", "a", "e", "x", "f"),
            StringColumn.create("expression", "", "anger", "happiness", "happiness", "", "", ""),
            DoubleColumn.create("au12", 1, 0, 0, 0, 1, 1, 1),
            DoubleColumn.create("au12_intensity", 5, 2, 3, 1, 0, 0, 0),
            DoubleColumn.create("au01", 0, 0, 0, 0, 0, 0, 0)));
  }

  @Test
  void pairsByNameAndCountsTheRest() {
    ToolComparison c = ToolComparison.of(Side.of("ours", ours()), Side.of("theirs", theirs()));
    assertEquals(5, c.matched());
    assertTrue(c.toString().contains("5 in both, 0 and 1 in one alone, 1 with several"));
    assertEquals(1, c.ambiguous());
    assertArrayEquals(new double[][] {{.1, .4, .6, .9}, {0, 0, 0, 1}}, c.values(AU12));
    ToolComparison.Unit unit = c.of(AU12);
    assertEquals(4, unit.count());
    assertEquals(.75, unit.agreement());
    assertEquals(.5, unit.activeFirst());
    assertEquals(.25, unit.activeSecond());
    assertEquals(.5, unit.kappa(), 1e-12);
    assertEquals(3, c.expressions().orElseThrow().total());
    assertEquals(2 / 3., c.expressions().orElseThrow().accuracy(), 1e-12);
    assertEquals(2, c.table().rowCount());
  }

  @Test
  void unitsThatOneToolNeverGivesAreNotCompared() {
    FaceTable silent = ours().with(DoubleColumn.create("au01", 7));
    ToolComparison c = ToolComparison.of(Side.of("silent", silent), Side.of("theirs", theirs()));
    assertEquals(List.of(AU12), c.units().stream().map(ToolComparison.Unit::unit).toList());
  }

  /** Differences by hand: (.1, .2), (.4, .6), (.6, .4), (.9, 1): .1, .2, -.2, .1. */
  @Test
  void limitsOfAgreementOnIntensities() {
    ToolComparison c =
        ToolComparison.of(Side.of("ours", ours()), Side.ofIntensities("theirs", theirs()));
    ToolComparison.Unit unit = c.of(AU12);
    double sd = Math.sqrt((.0025 + .0225 + .0625 + .0025) / 3);
    assertEquals(.05, unit.bias(), 1e-12);
    assertEquals(.05 - 1.96 * sd, unit.lower(), 1e-12);
    assertEquals(.05 + 1.96 * sd, unit.upper(), 1e-12);
    assertEquals(List.of(AU12), c.units().stream().map(ToolComparison.Unit::unit).toList());
    assertThrows(IllegalArgumentException.class, () -> c.of(ActionUnit.ofNumber(1)));
  }

  @Test
  void aUnitThatNeitherToolEverFindsHasNoCorrelationAndNoKappa() {
    ToolComparison.Unit unit =
        ToolComparison.of(Side.of("ours", ours()), Side.of("theirs", theirs()))
            .of(ActionUnit.ofNumber(1));
    assertTrue(Double.isNaN(unit.pearson()));
    assertTrue(Double.isNaN(unit.kappa()));
    assertEquals(1, unit.agreement());
  }

  @Test
  void framesCanBeCountedFromZeroOrOne() {
    Table zero =
        Table.create(
            StringColumn.create("input", "clip.avi", "clip.avi", "clip.avi"),
            IntColumn.create("frame", 0, 1, 2),
            DoubleColumn.create("au12", .2, .5, .8));
    Table one =
        Table.create(
            StringColumn.create("input", "clip", "clip", "clip"),
            IntColumn.create("frame", 1, 2, 3),
            DoubleColumn.create("au12", .2, .5, .8));
    Side first = Side.of("ours", FaceTable.of(zero));
    Side second = Side.of("OpenFace", FaceTable.of(one));
    assertEquals(3, ToolComparison.of(first, second, -1).matched());
    assertEquals(1, ToolComparison.of(first, second, -1).of(AU12).ccc(), 1e-12);
    assertEquals(2, ToolComparison.of(first, second, 0).matched());
    assertThrows(
        IllegalArgumentException.class, () -> ToolComparison.of(first, Side.of("x", ours())));
  }
}
