package org.affect4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.affect4j.analysis.FeatureTable;
import org.affect4j.compound.CompoundSet;
import org.affect4j.compound.LabelledFeatures;
import org.affect4j.face.CompoundExpression;
import picocli.CommandLine.Option;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Options that say what is learned from labelled faces, the same for every command that does so:
 * the labels and the persons to judge by.
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

  /** Made by picocli. */
  public LabelledFaces() {}

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
   * Returns the column that names the faces.
   *
   * @return name of a column of {@link #table()}
   */
  public String nameColumn() {
    return nameColumn;
  }

  /**
   * Sets the labels beside features, and divides the faces by persons.
   *
   * @param table from {@link #table()}
   * @param features named by files in the folder of the labels, or below it
   * @param seed decides the division, unless the persons to judge by are named
   * @return faces to learn from, and faces to judge by
   * @throws IllegalArgumentException if labels and faces do not fit, or a person is unknown
   */
  public LabelledFeatures.Division divide(Table table, FeatureTable features, long seed) {
    return divide(table, features, labelColumn, seed);
  }

  /**
   * Sets one column of labels beside features, whatever column the options name, and divides the
   * faces by persons.
   *
   * @param table from {@link #table()}, with further columns where these are to be learned
   * @param features named by files in the folder of the labels, or below it
   * @param column the column to learn
   * @param seed decides the division, unless the persons to judge by are named
   * @return faces to learn from, and faces to judge by
   * @throws IllegalArgumentException if labels and faces do not fit, or a person is unknown
   */
  public LabelledFeatures.Division divide(
      Table table, FeatureTable features, String column, long seed) {
    LabelledFeatures all =
        LabelledFeatures.join(
            features.relativeTo(labels.toAbsolutePath().getParent()),
            table,
            nameColumn,
            column,
            personColumn);
    if (!classes.isEmpty()) {
      all = all.withClasses(classNames());
    }
    return testPersons.isEmpty() ? all.divide(.25, seed) : all.divideByPersons(testPersons);
  }

  /**
   * Tells whether classes were named.
   *
   * @return false to learn all classes there are
   */
  public boolean namesClasses() {
    return !classes.isEmpty();
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
