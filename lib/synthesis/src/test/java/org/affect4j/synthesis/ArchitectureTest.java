package org.affect4j.synthesis;

import java.util.List;
import org.affect4j.House;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports run downward through the packages, and never into the internals of the library. */
@Tag("slow")
class ArchitectureTest {
  /** From top to bottom; the last is the package that holds the others. */
  private static final List<String> FLOORS =
      List.of(
          "cli",
          "internal.clip",
          "internal.sample",
          "internal.render",
          "internal.shape",
          "facs",
          "internal.appearance",
          "internal.geometry",
          "internal.common",
          "");

  private static final House HOUSE = new House("org.affect4j.synthesis", FLOORS);

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
