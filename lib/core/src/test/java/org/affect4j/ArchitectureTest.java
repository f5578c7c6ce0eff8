package org.affect4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.affect4j");

  @Test
  void importsRunDownward() {
    for (int floor = 1; floor < HOUSE.size(); floor++) {
      String[] above =
          HOUSE.subList(0, floor).stream()
              .map(p -> "org.affect4j." + p + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("org.affect4j." + HOUSE.get(floor) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageHasItsFloor() {
    String[] known = HOUSE.stream().map(p -> "org.affect4j." + p + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("org.affect4j..")
        .should()
        .resideOutsideOfPackages(known)
        .check(CLASSES);
  }

  @Test
  void thereAreNoCircles() {
    slices().matching("org.affect4j.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noTrainingEngineAndNoSparkIsPulledIn() {
    for (String name : List.of("ai.djl.pytorch.engine.PtEngine", "org.apache.spark.SparkContext")) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(name), name);
    }
  }
}
