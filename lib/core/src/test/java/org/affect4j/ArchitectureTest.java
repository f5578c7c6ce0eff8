package org.affect4j;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports run downward through the packages, and never in a circle. */
@Tag("slow")
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
          "series",
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

  /** The picture in docs is the house as it is; a newer one is written for you to copy. */
  @Test
  void theirPictureIsThatOfTheList() throws IOException {
    Path root = Path.of(System.getProperty("affect4j.root"));
    String picture = CORE.picture(root.resolve("lib/core/src/main/java"));
    Path file = root.resolve("docs/floors.svg");
    if (!Files.exists(file) || !Files.readString(file).equals(picture)) {
      Path drawn = Files.createDirectories(root.resolve("build")).resolve("floors.svg");
      Files.writeString(drawn, picture);
      fail(file + " shows another house; look at " + drawn + " and copy it there");
    }
  }

  @Test
  void noTrainingEngineAndNoSparkIsPulledIn() {
    for (String name : List.of("ai.djl.pytorch.engine.PtEngine", "org.apache.spark.SparkContext")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
    }
  }
}
