package org.affect4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages of a module as floors, and the rules that every module keeps. */
public final class House {
  private static final int LONGEST_WORDS = 120;

  private final String root;
  private final List<String> floors;
  private final JavaClasses classes;

  /**
   * Reads the classes of a module.
   *
   * @param root such as {@code "org.affect4j.training"}
   * @param floors the packages below the root from top to bottom; empty text is the root itself
   */
  public House(String root, List<String> floors) {
    this.root = root;
    this.floors = floors.stream().map(f -> f.isEmpty() ? root : root + "." + f + "..").toList();
    // Names tell the packages; the classes of all libraries need not be read for that.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(root);
  }

  /** Fails where a class uses one of a floor above its own. */
  public void importsRunDownward() {
    for (int floor = 1; floor < floors.size(); floor++) {
      noClasses()
          .that()
          .resideInAPackage(floors.get(floor))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(floors.subList(0, floor).toArray(String[]::new))
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  /** Fails where the list of floors lacks a package. */
  public void everyPackageHasItsFloor() {
    noClasses().should().resideOutsideOfPackages(floors.toArray(String[]::new)).check(classes);
  }

  /** Fails where packages use each other in a circle. */
  public void thereAreNoCircles() {
    slices().matching(root + ".(**)").should().beFreeOfCycles().check(classes);
  }

  /**
   * Fails where a package uses the internals of others.
   *
   * @param floor the package below the root; empty text is the whole module
   */
  public void internalsOfOthersAreLeftAloneBy(String floor) {
    String own = (floor.isEmpty() ? root : root + "." + floor) + "..";
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.affect4j..internal..").and(resideOutsideOfPackage(own)))
        .check(classes);
  }

  /**
   * Draws the floors.
   *
   * @param sources the folder of the module's source files, whose package-info says what each is
   *     for
   * @return a picture in SVG
   * @throws IOException if a package-info cannot be read
   */
  public String picture(Path sources) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < floors.size(); i++) {
      String floor = floors.get(i).replace("..", "");
      String info =
          Files.readString(sources.resolve(floor.replace('.', '/') + "/package-info.java"));
      Matcher sentence = Pattern.compile("/\\*\\*(.*?)[.;]\\s", Pattern.DOTALL).matcher(info);
      String words =
          sentence.find()
              ? sentence.group(1).replaceAll("\\{@\\w+ ([^}]*)}", "$1").replaceAll("[\\s*]+", " ")
              : "";
      if (words.length() > LONGEST_WORDS) {
        words = words.replaceAll(":.*", "");
      }
      rows.append(
          """
          <rect x="4" y="%d" width="912" height="30" rx="3" fill="#eef3f8" stroke="#4a6a8a"/>
          <text x="16" y="%d" font-weight="bold">%s</text><text x="110" y="%d">%s</text>
          """
              .formatted(
                  4 + 34 * i,
                  24 + 34 * i,
                  floor.substring(root.length() + 1),
                  24 + 34 * i,
                  words.strip().replace("<", "&lt;")));
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="920" height="%d" font-family="sans-serif" font-size="13">
        <title>The packages of the library from top to bottom; each uses only those below</title>
        %s</svg>
        """
        .formatted(34 * floors.size() + 4, rows);
  }
}
