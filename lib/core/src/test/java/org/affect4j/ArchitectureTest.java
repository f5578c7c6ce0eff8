package org.affect4j;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Imports run downward through the packages, and never in a circle. */
class ArchitectureTest {
  /** From top to bottom. */
  private static final List<String> HOUSE =
      List.of(
          "cli",
          "evaluate",
          "notebook",
          "chart",
          "learn",
          "compound",
          "analysis",
          "explore",
          "dataset",
          "metric",
          "detect",
          "behaviour",
          "model",
          "image",
          "table",
          "face");

  private static final House CORE = new House("org.affect4j", HOUSE);

  @Test
  void importsRunDownward() {
    CORE.importsRunDownward();
  }

  @Test
  void everyPackageHasItsFloor() {
    CORE.everyPackageHasItsFloor();
  }

  @Test
  void thereAreNoCircles() {
    CORE.thereAreNoCircles();
  }

  /** What the command line needs, a user of the library needs too. */
  @Test
  void theCommandLineUsesNoInternals() {
    CORE.internalsOfOthersAreLeftAloneBy("cli");
  }

  @Test
  void noTrainingEngineAndNoSparkIsPulledIn() {
    for (String name : List.of("ai.djl.pytorch.engine.PtEngine", "org.apache.spark.SparkContext")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
    }
  }
}
