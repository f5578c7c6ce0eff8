package org.affect4j.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A list of labels as people write it: a line of column names, then a row per photo, separated by
 * commas, semicolons or tabs, in UTF-8 or with a byte-order mark, with any line end, quoted or not.
 */
public final class LabelFile {
  /** What the column that names the photo is called, the first of these counts. */
  static final String[] NAMES = {
    "file", "image", "name", "path", "filename", "file_name", "image_name", "image_path", "photo"
  };

  /** What the column of classes is called. */
  static final String[] CLASSES = {"expression", "emotion", "category", "label", "class"};

  /** What the column that names the person is called. */
  static final String[] PERSONS = {"person", "subject", "participant", "person_id", "subject_id"};

  /** What the column of splits is called. */
  static final String[] SPLITS = {"split", "set", "usage", "partition"};

  private LabelFile() {}

  /**
   * Reads a list.
   *
   * @param file the list
   * @return every column as text, without surrounding space and quotes; an empty cell is missing.
   *     Columns without a name are called {@code column 1} and so on
   * @throws IOException if the file cannot be read, or a row has more or fewer values than there
   *     are columns
   */
  public static Table read(Path file) throws IOException {
    LabelPlaces.require(file, "a list of labels with a line of column names");
    try (Rows rows = Rows.of(file)) {
      List<StringColumn> columns = new ArrayList<>();
      for (String name : rows.header()) {
        String unique = name.isEmpty() ? "column " + (columns.size() + 1) : name;
        if (columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(unique))) {
          throw new DatasetFormatException(
              "%s has two columns '%s'; expected different names, found %s"
                  .formatted(file, unique, rows.header()));
        }
        columns.add(StringColumn.create(unique));
      }
      while (rows.next()) {
        for (int c = 0; c < columns.size(); c++) {
          columns.get(c).append(rows.get(c));
        }
      }
      return Table.create(file.getFileName().toString(), columns.toArray(StringColumn[]::new));
    }
  }

  /**
   * Finds the column that names the photos.
   *
   * @param labels a list
   * @return the first there is of {@code file, image, name, path, filename} and their like, in any
   *     case
   */
  public static Optional<String> nameColumn(Table labels) {
    return first(labels, NAMES);
  }

  /**
   * Finds the column of classes.
   *
   * @param labels a list
   * @return the first there is of {@code expression, emotion, category, label, class}, in any case
   */
  public static Optional<String> classColumn(Table labels) {
    return first(labels, CLASSES);
  }

  /**
   * Finds the column that names the persons.
   *
   * @param labels a list
   * @return the first there is of {@code person, subject, participant} and their like, in any case
   */
  public static Optional<String> personColumn(Table labels) {
    return first(labels, PERSONS);
  }

  private static Optional<String> first(Table labels, String... names) {
    return Arrays.stream(names)
        .filter(labels::containsColumn)
        .findFirst()
        .map(name -> labels.column(name).name());
  }
}
