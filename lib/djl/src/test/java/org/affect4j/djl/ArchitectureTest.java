package org.affect4j.djl;

import java.util.List;
import org.affect4j.House;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One package, which leaves the internals of the library alone. */
@Tag("slow")
class ArchitectureTest {
  private static final House HOUSE = new House("org.affect4j.djl", List.of(""));

  @Test
  void everyPackageHasItsFloor() {
    HOUSE.everyPackageHasItsFloor();
  }

  @Test
  void internalsOfTheLibraryAreLeftAlone() {
    HOUSE.internalsOfOthersAreLeftAloneBy("");
  }
}
