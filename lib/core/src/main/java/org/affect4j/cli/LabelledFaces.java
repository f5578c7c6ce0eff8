package org.affect4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.analysis.FeatureTable;
import org.affect4j.compound.CompoundSet;
import org.affect4j.compound.FewShotCompound;
import org.affect4j.compound.LabelledFeatures;
import org.affect4j.face.CompoundExpression;
import picocli.CommandLine.Option;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Options that say what is learned from labelled faces and how it is measured, the same for every
 * command that does so: the labels, the persons to judge by, the shots and the draws.
 */
public final class LabelledFaces {
  @Option(
      names = "--labels",
      required = true,
      paramLabel = "FILE",
      description = "CSV file with a row per crop.")
  private Path labels;

  @Option(
      names = "--name-column",
      paramLabel = "C",
      description = "Column that names the crop by its place beside the labels file.")
  private String nameColumn = "file";

  @Option(names = "--label-column", paramLabel = "C", description = "Column to learn.")
  private String labelColumn = "category";

  @Option(
      names = "--person-column",
      paramLabel = "C",
      description = "Column that names the person, who stays on one side.")
  private String personColumn = "person";

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "CLASS",
      description =
          "Classes to tell apart, or one of the sets raf_db, emotionet, abaw, du; default: all.")
  private List<String> classes = List.of();

  @Option(
      names = "--test-persons",
      split = ",",
      paramLabel = "PERSON",
      description =
          "Persons to judge by; 30-39 is a range; all others are learned from. Default: a quarter of"
              + " the faces, by whole persons.")
  private List<String> testPersons = List.of();

  @Option(
      names = "--shots",
      split = ",",
      paramLabel = "K",
      description = "Faces per class, ascending; all for all.")
  private List<String> shots = List.of("1", "5", "10", "20", "all");

  @Option(names = "--draws", paramLabel = "N", description = "Repetitions with other shots.")
  private int draws = FewShotCompound.standard().draws();

  @Option(names = "--seed", paramLabel = "S", description = "Seed of draws and classifiers.")
  private long seed = FewShotCompound.standard().seed();

  /** Made by picocli. */
  public LabelledFaces() {}

  /**
   * Returns the experiment, with the classifiers of {@link FewShotCompound#standard()}.
   *
   * @return the shots, draws and seed asked for
   * @throws IllegalArgumentException if they make no experiment
   */
  public FewShotCompound experiment() {
    Integer[] sizes =
        shots.stream()
            .map(s -> s.equals("all") ? FewShotCompound.ALL_SHOTS : number(s))
            .toArray(Integer[]::new);
    return FewShotCompound.standard().withShots(sizes).withDraws(draws).withSeed(seed);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a number or 'all', got '" + text + "'", e);
    }
  }

  /**
   * Reads the labels.
   *
   * @return every column as text
   * @throws IOException if the file cannot be read
   */
  public Table table() throws IOException {
    return Table.read()
        .usingOptions(
            CsvReadOptions.builder(labels.toFile())
                .columnTypes(name -> ColumnType.STRING)
                .missingValueIndicator(""));
  }

  /**
   * Sets the labels beside features, and divides the faces by persons.
   *
   * @param table from {@link #table()}
   * @param features named by files in the folder of the labels, or below it
   * @return faces to learn from, and faces to judge by
   * @throws IllegalArgumentException if labels and faces do not fit, or a person is unknown
   */
  public LabelledFeatures.Division divide(Table table, FeatureTable features) {
    LabelledFeatures all =
        LabelledFeatures.join(
            features.relativeTo(labels.toAbsolutePath().getParent()),
            table,
            nameColumn,
            labelColumn,
            personColumn);
    if (!classes.isEmpty()) {
      all = all.withClasses(classNames());
    }
    return testPersons.isEmpty() ? all.divide(.25, seed) : all.divideByPersons(testPersons);
  }

  private List<String> classNames() {
    if (classes.size() == 1) {
      for (CompoundSet set : CompoundSet.values()) {
        if (set.name().equalsIgnoreCase(classes.get(0).replace('-', '_'))) {
          return set.categories().stream().map(CompoundExpression::label).toList();
        }
      }
    }
    return classes;
  }
}
