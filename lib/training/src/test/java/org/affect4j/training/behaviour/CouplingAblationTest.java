package org.affect4j.training.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CouplingAblationTest {
  private static CouplingAblation.Run run(Coupling coupling, long seed, double figure) {
    return new CouplingAblation.Run(coupling, seed, 60, Map.of("some_figure", figure));
  }

  private static CouplingAblation three() {
    List<CouplingAblation.Run> runs = new ArrayList<>();
    double[] none = {.5, .6, .7};
    double[] both = {.6, .8, 1};
    for (int seed = 0; seed < none.length; seed++) {
      runs.add(run(Coupling.NONE, seed, none[seed]));
      runs.add(run(Coupling.BOTH, seed, both[seed]));
    }
    return new CouplingAblation(runs);
  }

  @Test
  void differencesArePairedBySeed() {
    List<CouplingAblation.Cell> cells = three().cells();
    assertEquals(2, cells.size());
    CouplingAblation.Cell both = cells.get(1);
    assertEquals(Coupling.BOTH, both.kind().coupling());
    assertEquals(.8, both.mean(), 1e-12);
    assertEquals(.2, both.standardDeviation(), 1e-12);
    // Differences .1, .2, .3: mean .2, deviation .1, and t(2; .975) = 4.302653.
    assertEquals(3, both.pairs());
    assertEquals(.2, both.difference(), 1e-12);
    assertEquals(.2 - 4.302653 * .1 / Math.sqrt(3), both.low(), 1e-6);
    assertEquals(.2 + 4.302653 * .1 / Math.sqrt(3), both.high(), 1e-6);
    assertEquals(0, cells.get(0).difference());
  }

  @Test
  void aSeedWithoutItsPairOnlyCountsForTheMean() {
    List<CouplingAblation.Run> runs = new ArrayList<>(three().runs());
    runs.add(run(Coupling.BOTH, 9, 0));
    CouplingAblation.Cell both = new CouplingAblation(runs).cells().get(1);
    assertEquals(4, both.runs());
    assertEquals(3, both.pairs());
    assertEquals(.2, both.difference(), 1e-12);
  }

  @Test
  void oneRunHasNoSpread() {
    CouplingAblation one = new CouplingAblation(List.of(run(Coupling.MATCHING, 1, .25)));
    CouplingAblation.Cell cell = one.cells().get(0);
    assertTrue(Double.isNaN(cell.standardDeviation()) && Double.isNaN(cell.difference()));
    assertTrue(one.markdown().contains("| some figure | 0.250 |"), one.markdown());
    assertFalse(one.markdown().contains("NaN"), one.markdown());
  }

  @Test
  void tablesHoldEverything() {
    CouplingAblation ablation = three();
    assertEquals(2, ablation.table().rowCount());
    assertEquals(6, ablation.runTable().rowCount());
    assertEquals(
        List.of("coupling", "seed", "seconds", "some_figure"), ablation.runTable().columnNames());
    assertTrue(
        ablation.markdown().contains("| some figure | 0.600 ± 0.100 | 0.800 ± 0.200 |"),
        ablation.markdown());
    assertTrue(
        ablation.markdown().contains("| some figure | 0.200 [-0.048, 0.448] |"),
        ablation.markdown());
  }

  @Test
  void runsThatCannotBeComparedAreRefused() {
    CouplingAblation.Run other =
        new CouplingAblation.Run(Coupling.BOTH, 1, 60, Map.of("other", .5));
    CouplingAblation.Run some = run(Coupling.NONE, 1, .5);
    assertThrows(IllegalArgumentException.class, () -> new CouplingAblation(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new CouplingAblation(List.of(some, other)));
    assertThrows(IllegalArgumentException.class, () -> new CouplingAblation(List.of(some, some)));
  }

  @Test
  void theNineRowsOfThePaperAreTold() {
    List<CouplingAblation.Run> runs = new ArrayList<>();
    for (String table : List.of("du", "empirical")) {
      for (Coupling coupling : Coupling.values()) {
        CouplingAblation.Kind kind = new CouplingAblation.Kind(coupling, table);
        if (coupling != Coupling.NONE || table.equals("du")) {
          runs.add(new CouplingAblation.Run(kind, 1, 60, Map.of("some_figure", .5)));
        }
      }
    }
    assertEquals(
        List.of(
            "none",
            "hard-co-annotation",
            "co-annotation",
            "matching",
            "both",
            "hard-co-annotation-empirical",
            "co-annotation-empirical",
            "matching-empirical",
            "both-empirical"),
        new CouplingAblation(runs).cells().stream().map(c -> c.kind().label()).toList());
    assertEquals(
        new CouplingAblation.Kind(Coupling.NONE, "du"),
        new CouplingAblation.Kind(Coupling.NONE, "empirical"));
  }
}
