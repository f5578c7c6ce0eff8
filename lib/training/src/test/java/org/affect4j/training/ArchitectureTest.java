package org.affect4j.training;

import java.util.List;
import org.affect4j.House;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports run downward through the packages, and never into the internals of the library. */
@Tag("slow")
class ArchitectureTest {
  /** From top to bottom. */
  private static final List<String> FLOORS =
      List.of(
          "cli",
          "tune",
          "head",
          "sequence",
          "landmark",
          "detector",
          "behaviour",
          "scene",
          "train",
          "quantise",
          "export",
          "loss",
          "network",
          "batch");

  private static final House HOUSE = new House("org.affect4j.training", FLOORS);

  @Test
  void importsRunDownward() {
    HOUSE.importsRunDownward();
  }

  @Test
  void everyPackageHasItsFloor() {
    HOUSE.everyPackageHasItsFloor();
  }

  @Test
  void thereAreNoCircles() {
    HOUSE.thereAreNoCircles();
  }

  @Test
  void internalsOfTheLibraryAreLeftAlone() {
    HOUSE.internalsOfOthersAreLeftAloneBy("");
  }
}
