package org.affect4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.affect4j.compound.CompoundSet;
import org.affect4j.dataset.LabelFile;
import org.affect4j.dataset.PhotoNames;
import org.affect4j.face.CompoundExpression;
import org.affect4j.learn.LabelledFeatures;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTable;
import org.affect4j.table.FaceTableBuilder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tech.tablesaw.api.Table;

/**
 * Options that say what is learned from labelled faces, the same for every command that does so:
 * the labels and the persons to judge by.
 */
public final class LabelOptions {
  @Option(
      names = "--labels",
      required = true,
      paramLabel = "FILE",
      description =
          "List with a line of column names and a row per crop; columns are separated by commas,"
              + " semicolons or tabs.")
  private Path labels;

  @Option(
      names = "--name-column",
      paramLabel = "C",
      description =
          "Column that names the crop: by its place, absolute or beside the labels file, or by the"
              + " end of it, if only one crop fits. Default: file, image, name or the like.")
  private Optional<String> nameColumn;

  @Option(
      names = "--label-column",
      paramLabel = "C",
      description =
          "Column to learn. Default: the first of expression, emotion, category, label, class.")
  private Optional<String> labelColumn;

  @Option(
      names = {"--persons", "--person-column"},
      paramLabel = "C",
      description =
          "Column that names the person, who stays on one side. Default: person, subject or the"
              + " like. 'none' if persons are not known: shots of one person may then be on both"
              + " sides.")
  private Optional<String> persons;

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
          "Persons to judge by; 30-39 is a range; all others are learned from. Default: a quarter"
              + " of the faces, by whole persons.")
  private List<String> testPersons = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Made by picocli. */
  public LabelOptions() {}

  /**
   * Reads the labels.
   *
   * @return every column as text
   * @throws IOException if the file cannot be read
   */
  public Table table() throws IOException {
    return LabelFile.read(labels);
  }

  /**
   * Returns the column that names the faces.
   *
   * @param table from {@link #table()}
   * @return name of one of its columns
   * @throws IllegalArgumentException if there is none
   */
  public String nameColumn(Table table) {
    return column(table, nameColumn, LabelFile.nameColumn(table), "the face", "--name-column");
  }

  /**
   * Sets the labels beside features, and divides the faces by persons. What does not fit is told on
   * standard output.
   *
   * @param table from {@link #table()}
   * @param features one row per face, named by its file
   * @param seed decides the division, unless the persons to judge by are named
   * @return faces to learn from, and faces to judge by
   * @throws IllegalArgumentException if labels and faces do not fit, or a person is unknown
   */
  public LabelledFeatures.Division divide(Table table, FaceTable features, long seed) {
    String column =
        column(table, labelColumn, LabelFile.classColumn(table), "the class", "--label-column");
    return divide(table, features, column, seed);
  }

  /**
   * Sets one column of labels beside features, whatever column the options name, and divides the
   * faces by persons. What does not fit is told on standard output.
   *
   * @param table from {@link #table()}, with further columns where these are to be learned
   * @param features one row per face, named by its file
   * @param column the column to learn
   * @param seed decides the division, unless the persons to judge by are named
   * @return faces to learn from, and faces to judge by
   * @throws IllegalArgumentException if labels and faces do not fit, or a person is unknown
   */
  public LabelledFeatures.Division divide(
      Table table, FaceTable features, String column, long seed) {
    String names = nameColumn(table);
    String person = personColumn(table);
    LabelledFeatures all =
        LabelledFeatures.join(
            named(features, table, names),
            labels(table, names, column, person),
            "label",
            person.isEmpty() ? "" : "person");
    if (!all.leftOut().isEmpty()) {
      say(command.commandLine().getOut(), all.report().toString());
    }
    if (!classes.isEmpty()) {
      all = all.withClasses(classNames());
    }
    return testPersons.isEmpty() ? all.divide(.25, seed) : all.divideByPersons(testPersons);
  }

  /** Names, labels and persons alone, as texts: the file's own columns may have any type. */
  private static FaceTable labels(Table table, String names, String column, String person) {
    FaceTableBuilder builder = new FaceTableBuilder("labels", List.of(FaceColumns.INPUT));
    for (int row = 0; row < table.rowCount(); row++) {
      builder.set(FaceColumns.INPUT, table.getString(row, names));
      builder.set("label", table.getString(row, column));
      builder.set("person", person.isEmpty() ? "" : table.getString(row, person)).add();
    }
    return builder.build();
  }

  /** The features under the names that the labels have for them. */
  private FaceTable named(FaceTable features, Table table, String column) {
    PhotoNames photos =
        PhotoNames.of(features.texts(FaceColumns.INPUT), labels.toAbsolutePath().getParent());
    Map<String, String> labelled = new HashMap<>();
    for (String name : table.stringColumn(column)) {
      photos
          .find(name)
          .ifPresent(
              photo -> {
                String other = labelled.putIfAbsent(photo, name);
                if (other != null && !other.equals(name)) {
                  throw new IllegalArgumentException(
                      "'%s' and '%s' of the labels are one photo, %s; keep one row of each"
                          .formatted(other, name, photo));
                }
              });
    }
    return features.renamed(file -> labelled.getOrDefault(file, file));
  }

  private String personColumn(Table table) {
    if (persons.filter("none"::equals).isPresent()) {
      if (!testPersons.isEmpty()) {
        throw new IllegalArgumentException(
            "--test-persons needs a column of persons: leave out --persons none");
      }
      say(
          command.commandLine().getErr(),
          "warning: persons are not known, so that faces of one person may be both learned from and"
              + " judged by, which makes every figure too good");
      return "";
    }
    return column(
        table,
        persons,
        LabelFile.personColumn(table),
        "the person",
        "--persons (or --persons none, if persons are not known)");
  }

  private static String column(
      Table table, Optional<String> wanted, Optional<String> usual, String meaning, String option) {
    if (wanted.isEmpty() ? usual.isEmpty() : !table.containsColumn(wanted.get())) {
      throw new IllegalArgumentException(
          "the labels have no column %s; they have %s: name that of %s with %s"
              .formatted(
                  wanted.map(w -> "'" + w + "'").orElse("for " + meaning),
                  table.columnNames(),
                  meaning,
                  option));
    }
    return wanted.or(() -> usual).map(name -> table.column(name).name()).orElseThrow();
  }

  private static void say(PrintWriter to, String text) {
    to.println(text);
    to.flush();
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
