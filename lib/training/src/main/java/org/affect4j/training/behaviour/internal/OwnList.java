package org.affect4j.training.behaviour.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.affect4j.dataset.AffectDataset;
import org.affect4j.dataset.DatasetBuilder;
import org.affect4j.dataset.DatasetFormatException;
import org.affect4j.dataset.LabelFile;
import org.affect4j.face.ActionUnit;
import org.affect4j.face.AnnotatedExpression;
import org.affect4j.image.FaceImage;
import org.affect4j.table.FaceColumns;
import org.affect4j.table.FaceTableBuilder;
import tech.tablesaw.api.Table;

/** A list of photos with labels of one's own as a dataset. */
final class OwnList {
  /** Photos up to this side are taken for face crops. */
  private static final int CROP = 256;

  private static final List<String> NUMBERS =
      Stream.concat(
              Stream.of(FaceColumns.VALENCE, FaceColumns.AROUSAL),
              ActionUnit.ALL.stream().map(ActionUnit::column))
          .toList();

  private OwnList() {}

  /**
   * Reads a list: a column of photos, named from the list's folder on ({@code file, image} or the
   * like), and any of {@code expression} (or the like), {@code valence}, {@code arousal}, {@code
   * au01} and so on, {@code person} (or the like) and {@code split}. An empty cell is not
   * annotated.
   */
  static AffectDataset load(String name, Path file) throws IOException {
    Table list = LabelFile.read(file);
    String photo =
        LabelFile.nameColumn(list)
            .orElseThrow(
                () ->
                    new DatasetFormatException(
                        "%s has no column that names the photos, such as 'file'; it has %s"
                            .formatted(file, list.columnNames())));
    Optional<String> expression = LabelFile.classColumn(list);
    Optional<String> person = LabelFile.personColumn(list);
    FaceTableBuilder rows = new FaceTableBuilder(name, List.of(FaceColumns.INPUT));
    for (int row = 0; row < list.rowCount(); row++) {
      rows.set(FaceColumns.INPUT, list.getString(row, photo));
      if (expression.isPresent() && !list.getString(row, expression.get()).isEmpty()) {
        String label = list.getString(row, expression.get());
        rows.set(FaceColumns.EXPRESSION, AnnotatedExpression.ofLabel(label).label());
      }
      if (person.isPresent()) {
        rows.set(FaceColumns.SUBJECT, list.getString(row, person.get()));
      }
      if (list.containsColumn(FaceColumns.SPLIT)) {
        rows.set(FaceColumns.SPLIT, list.getString(row, FaceColumns.SPLIT));
      }
      for (String column : NUMBERS) {
        if (list.containsColumn(column) && !list.getString(row, column).isEmpty()) {
          rows.set(column, number(list.getString(row, column), column, row, file));
        }
      }
      rows.add();
    }
    if (rows.size() == 0) {
      throw new DatasetFormatException(file + " names no photo");
    }
    Path folder = file.toAbsolutePath().getParent();
    DatasetBuilder dataset = new DatasetBuilder(rows.build(), folder).name(name);
    FaceImage first = FaceImage.read(folder.resolve(list.getString(0, photo)));
    return (Math.max(first.width(), first.height()) <= CROP ? dataset.ofCrops() : dataset).build();
  }

  private static double number(String text, String column, int row, Path file)
      throws DatasetFormatException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new DatasetFormatException(
          "%s, row %d: %s is '%s', expected a number or nothing"
              .formatted(file, row + 1, column, text),
          e);
    }
  }
}
